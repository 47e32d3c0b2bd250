"""A plan becomes forms: one model of the form, rendered by a workbook."""
