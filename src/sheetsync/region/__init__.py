"""Districts become a region: what their workbooks show is counted, matched and added up. Pure.

facts       the tables of one district workbook -> what is counted in it
choosing    which workbooks count, for which period, compared with which
matching    activities of different plans that are one
rollup      the sums, rates, targets of the region
bodies      the tables of its workbook; records, finding_rows their rows, links where they lead
panel       what stands above the table on its first sheet; as_json the same for programs
"""
