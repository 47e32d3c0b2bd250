"""The only modules that know a spreadsheet program, behind one small port."""
