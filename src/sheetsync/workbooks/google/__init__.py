"""Google Sheets: the same workbooks and copies, kept by a service instead of a file.

    port, address               what is asked of Google, and where Google is
    sign_in*                    three ways to sign in, and what is kept of each
    service                     the port over the network: drive and sheets ask (asking) over http, which
                                keeps to a pace, tries again within bounds (retries), signs (session)
    translation, translated_*   an .xlsx of ours becomes one batch of requests; its formulas call what
                                Google has (google_functions), older_form is what it takes the place of
    snapshot*, census_google    one answer of Google's becomes the bytes of a copy, read and counted;
                                spelled tells links that a text says itself
    workbook, workbook_*        the district spreadsheet as a workbook: read once, changed, sent
    ranges, serials             areas and days as Google counts them

Whoever has a network, a file or a clock is in ``service`` and ``sign_in*``; the rest is pure.
"""
