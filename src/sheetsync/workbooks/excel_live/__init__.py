"""A workbook people are looking at, through xlwings: the same code for Excel and for LibreOffice."""
