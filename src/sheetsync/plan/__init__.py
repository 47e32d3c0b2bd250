"""An order becomes a plan: blocks of text -> tables -> activities, deadlines, parties, passport.

Pure: takes a neutral ``Document`` and gives an ``Order``; the files are read in ``documents``.
"""
