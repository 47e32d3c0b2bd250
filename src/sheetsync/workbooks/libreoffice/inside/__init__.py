"""Deeds on a LibreOffice document, done inside the office itself.

A call from another process costs 0.2 ms and every object got by one costs 1.2 ms more, so a thousand
links set from outside take five seconds and from inside a fifth of one. LibreOffice's own Python can
load a file: ``door.py`` opens this folder there, and a deed is then one call. Where the office has no
Python, the same functions run here, on the same objects seen from outside, only slower.

Hence the rules of this folder: it knows nothing of sheetsync and of xlwings, only the standard library
and ``uno``; it runs on every Python from 3.9; deeds take and give plain values (text, numbers, booleans,
tuples). Cells are counted from 0 here.
"""
