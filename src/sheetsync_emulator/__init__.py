"""A stand-in for Google Sheets v4 and Drive v3 on this computer, for trials and tests. Not Google.

What it is: it answers thousands of recorded calls as Google did, refuses what Google's published
description does not know, keeps rights, protection, quotas and lags, fails on demand, and calculates
the formulas our forms use. What it is not: a proof of anything Google was not seen to do; no charts are
drawn, no scripts run, an unknown function is «#NAME?» and never a guess. docs/google-emulator.md says
of each where it is known from.

    __main__, server, adapter      a port of this computer, or none at all for tests
    service, routes, call,         a call becomes an answer or a refusal in Google's words
        answers, refusals, trouble
    accounts, sign_in, quota,      who asks, how often, when, and what is to go wrong
        clock, faults
    drive, sharing, uploads,       files: listed, searched, shared
        query, shelf, files, permissions
    sheets, spreadsheet, book,     spreadsheets: told, changed by ``requests_*``, their values and
        sheet, resources, ...      formulas (``values*``, ``formula*``, ``entering``, ``formats``)
    discovery                      Google's own description judges every call
    pages, page_*, people          pages to look at, and people who type in them
"""
