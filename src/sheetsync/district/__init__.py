"""The consolidation becomes the tables of the district workbook, and back."""
