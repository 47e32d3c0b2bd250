"""Our own generator of hostile, broken and mistaken files; no foreign byte in it.

``ATTACKS`` are cases with the finding they must end in; ``HARMLESS`` look odd and must be read;
``NOTED`` are read and remarked on; ``BUNDLES`` are zips of forms where a bad member costs itself;
``HEAVY`` are more of the first two, for benchmarks.
"""

from __future__ import annotations

from attack_archives import BROKEN, LYING, MISTAKEN
from attack_bundles import BUNDLES, Bundle
from attack_files import (
    HEAD,
    MAIN,
    Attack,
    honest_parts,
    ods,
    ods_table,
    ole,
    relations,
    row_xml,
    sheet_xml,
    strings_xml,
    styles_xml,
    with_sheet,
    workbook,
    xls,
    zipped,
)
from attack_harmless import NOTED, ODD
from attack_markup import ENTITIES, MARKUP, SLOW_TEXTS
from attack_sheets import ODS, OLD, SHEETS
from attack_snapshots import SNAPSHOTS

__all__ = [
    "ATTACKS",
    "BROKEN",
    "BUNDLES",
    "HARMLESS",
    "HEAD",
    "HEAVY",
    "HOSTILE",
    "MAIN",
    "MISTAKEN",
    "NOTED",
    "Attack",
    "Bundle",
    "honest_parts",
    "ods",
    "ods_table",
    "ole",
    "relations",
    "row_xml",
    "sheet_xml",
    "strings_xml",
    "styles_xml",
    "with_sheet",
    "workbook",
    "xls",
    "zipped",
]

_MARKED = (*LYING, *ENTITIES, *MARKUP, *SLOW_TEXTS, *SHEETS, *ODS, *OLD, *SNAPSHOTS, *ODD)
HEAVY = tuple(one for one in _MARKED if one.heavy)
HOSTILE = tuple(one for one in _MARKED if one.code and not one.heavy)
HARMLESS = tuple(one for one in _MARKED if not one.code and not one.heavy)
ATTACKS = (*MISTAKEN, *BROKEN, *HOSTILE)
