"""Google Sheets: the same workbooks and copies, kept by a service instead of a file."""
