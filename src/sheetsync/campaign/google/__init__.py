"""What the campaign does in Google: forms made there, copies read from there, the свод shown there.

logging_in, kept, signing_in, checkup*   the office's sign-in: made, kept, used, and its doctor
marks, folder, forgotten                 which files on Drive are the campaign's
issuing, filling, linking                forms become spreadsheets of schools
listing, fetching, readings,             what changed is read, and what was read is a copy
    copies, receiving
remarks, remark_cells, own_words         remarks beside the answers of a school
district_sheet, district_panel,          the свод in the district spreadsheet: what may go there,
    showing, publishing, withholding,    what was decided there, and its tick «Собрать сейчас»
    decisions, tick
destroying                               what ``purge`` finds of all that
notices, told                            the words
"""
