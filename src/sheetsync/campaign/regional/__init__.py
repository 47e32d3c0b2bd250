"""The region: workbooks of many districts become one.

sources     what was named on the command line: campaign folders, workbooks, folders of them
reading     one workbook becomes facts; runs in this process or in another
pool        many of them, in several processes, as they come
memory      what was read before, by size, time and sha256 of the workbook
freshness   whether a campaign has received something since it was consolidated
rows        the rows of the districts, as values; row_files: the same as Parquet
drawing     the region's workbook: opened or made, its tables replaced, written whole
rolling_up  the use case
"""
