"""What the campaign does in Google: forms made there, copies read from there, the свод shown there.

    logging_in, kept, signing_in      the office's sign-in: made, kept, used
    checkup*                          «google doctor»
    marks, folder, forgotten          which files on Drive are the campaign's
    issuing, issued_sheets,           forms become spreadsheets of schools
        filling, linking, left_alone,
        addresses, swapped
    listing, fetching, readings,      what changed is read, and what was read is a copy
        copies, receiving
    remarks, remark_cells,            remarks beside the answers of a school, accepted rows closed
        own_words, locking
    district_sheet, district_panel,   the свод in the district spreadsheet: what may go there, what was
        showing, publishing,          decided there, and its tick «Собрать сейчас»
        withholding, decisions, tick
    destroying                        what ``purge`` finds of all that
    notices, told                     the words

The rest of the campaign knows of Google by these modules only.
"""
