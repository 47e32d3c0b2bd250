"""LibreOffice as xlwings' Excel: an engine of ours over the UNO interface of a running office.

``reaching`` finds the office, ``connect`` makes an engine of it, ``beyond`` does what xlwings has no word
for. The other modules are what xlwings sees (books, sheets, ranges, tables, names, notes), each asking
for deeds of the folder ``inside``, which run in the office itself.
"""
