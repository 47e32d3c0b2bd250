"""The list of trusted folders in LibreOffice's settings: one entry in, one entry out, the rest untouched."""

from __future__ import annotations

import pytest
from lxml import etree

from sheetsync.office.lo_settings import (
    EMPTY_SETTINGS,
    MacroSettings,
    NotLibreOfficeSettings,
    is_inside,
    macro_settings,
    with_trusted,
    without_trusted,
)

URL = "file:///home/user/%D0%9F%D0%BB%D0%B0%D0%B2%D1%81%D0%BA%202023"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
SCRIPTING = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
THEIRS = '<prop oor:name="SecureURL" oor:op="fuse"><value>{}</value></prop>'
OTHER = '<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>\n'
PROFILES = {
    "new": EMPTY_SETTINGS.decode(),
    "used": f"{HEAD}{OTHER}</oor:items>\n",
    "trusting others": f"{HEAD}{OTHER}{SCRIPTING}{THEIRS.format('<it>file:///srv/a</it><it>$(home)/b</it>')}</item>\n</oor:items>\n",
    "with a list that was emptied": f"{HEAD}{SCRIPTING}{THEIRS.format('')}</item>\n{OTHER}</oor:items>\n",
    "with the level in the same item": (
        f'{HEAD}{SCRIPTING}<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>'
        f"{THEIRS.format('<it>file:///srv/a</it>')}</item>\n</oor:items>\n"
    ),
}


def meaning(data: bytes) -> str:
    return etree.tostring(etree.fromstring(data), method="c14n").decode()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_folder_is_trusted_once_and_for_all(profile: str) -> None:
    before = PROFILES[profile].encode()
    once = with_trusted(before, URL)

    assert macro_settings(once).trusted == (*macro_settings(before).trusted, URL)
    assert with_trusted(once, URL) == once
    assert with_trusted(once, "file:///home/user/Плавск 2023/") == once, "the same folder, spelt otherwise"


@pytest.mark.parametrize("profile", [name for name in PROFILES if "emptied" not in name])
def test_taking_it_back_leaves_what_was_there(profile: str) -> None:
    before = PROFILES[profile].encode()
    back = without_trusted(with_trusted(before, URL), URL)

    assert back == before


def test_taking_back_what_is_not_there_changes_nothing() -> None:
    before = PROFILES["trusting others"].encode()

    assert without_trusted(before, URL) == before


def test_an_emptied_list_means_the_same_as_none() -> None:
    before = PROFILES["with a list that was emptied"].encode()
    back = without_trusted(with_trusted(before, URL), URL)

    assert macro_settings(back) == macro_settings(before) == MacroSettings()
    assert OTHER in back.decode()


def test_a_list_written_as_one_text_is_read_and_kept() -> None:
    plain = THEIRS.replace("<value>", '<value oor:separator=";">').format("file:///srv/a b;file:///srv/c")
    before = f"{HEAD}{SCRIPTING}{plain}</item>\n</oor:items>\n".encode()

    assert macro_settings(before).trusted == ("file:///srv/a b", "file:///srv/c")
    assert macro_settings(with_trusted(before, URL)).trusted == ("file:///srv/a b", "file:///srv/c", URL)


def test_every_other_item_keeps_its_meaning() -> None:
    odd = '<item oor:path="/x"><node oor:name="a&quot;б" oor:op="replace"></node></item>\n'
    before = f"{HEAD}{odd}{OTHER}</oor:items>\n".encode()
    after = without_trusted(with_trusted(before, URL), URL)

    assert meaning(after) == meaning(before)


@pytest.mark.parametrize(
    "data", [b"", b"<oor:items", b"<items/>", b"\x00\x01", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_what_is_not_libreoffice_settings_is_refused(data: bytes) -> None:
    with pytest.raises(NotLibreOfficeSettings):
        macro_settings(data)


@pytest.mark.parametrize(
    ("folder", "trusted", "inside"),
    [
        ("file:///a/b", "file:///a/b", True),
        ("file:///a/b", "file:///a/b/", True),
        ("file:///a/b/c", "file:///a/b", True),
        ("file:///a/bc", "file:///a/b", False),
        ("file:///a", "file:///a/b", False),
        ("file:///%D0%90%20b", "file:///А b", True),
    ],
)
def test_what_a_trusted_folder_covers(folder: str, trusted: str, inside: bool) -> None:
    assert is_inside(folder, trusted) is inside
