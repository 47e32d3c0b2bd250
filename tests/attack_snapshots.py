"""Files that say of themselves that they are a snapshot of a Google sheet, and are not, or not a fair one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attack_files import Attack

Json = dict[str, Any]
_BAD = "снимок таблицы Google записан с ошибкой"
_WORD = {"userEnteredValue": {"stringValue": "да"}}


def snapshot(*sheets: Json, names: list[Json] | None = None) -> bytes:
    """A snapshot of these sheets, written as ours are."""
    return _written(
        {"sheetsync": "google-snapshot/1", "spreadsheet": {"sheets": [*sheets], "namedRanges": names or []}}
    )


def sheet(*cells: Json, title: str = "Отчёт", number: int = 0, start: int = 0, **parts: Any) -> Json:
    """A sheet with these cells in one row."""
    return {
        "properties": {"sheetId": number, "title": title},
        "data": [{"startRow": start, "rowData": [{"values": [*cells]}]}],
        **parts,
    }


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _honest() -> bytes:
    return snapshot(sheet(_WORD))


def _altered(old: bytes, new: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        assert old in _honest()
        return _honest().replace(old, new, 1)

    return make


def _instead(cell: Any) -> Callable[[], bytes]:
    """One wrong thing in the place of a cell."""
    return lambda: snapshot(sheet(cell))


def _deep(depth: int) -> bytes:
    return _honest().replace(b'"namedRanges":[]', b'"namedRanges":' + b"[" * depth + b"]" * depth)


def _range(**edges: int) -> Json:
    return {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1, **edges}


_TABLES = [{"name": f"tbl_{number}", "range": _range()} for number in range(301)]
_WRONG: dict[str, Any] = {
    "ячейка — список": [],
    "текст — число": {"userEnteredValue": {"stringValue": 5}},
    "число — текст": {"userEnteredValue": {"numberValue": "5"}},
    "число — истина": {"userEnteredValue": {"numberValue": True}},
    "число без края": {"userEnteredValue": {"numberValue": 10**400}},
    "истина — текст": {"userEnteredValue": {"boolValue": "да"}},
    "значение — текст": {"effectiveValue": "да"},
    "ссылка — список": {"hyperlink": ["https://a.example"]},
    "примечание — пусто": {"note": None},
    "кусок текста — текст": {"textFormatRuns": ["https://a.example"]},
    "ссылка куска — число": {"textFormatRuns": [{"format": {"link": {"uri": 1}}}]},
    "вставка — текст": {"chipRuns": [{"chip": "https://a.example"}]},
    "почта человека — число": {"chipRuns": [{"chip": {"personProperties": {"email": 5}}}]},
    "формат — список": {"effectiveFormat": []},
}

SNAPSHOTS = (
    Attack("снимок оборван", lambda: _honest()[:-20], "F105", _BAD),
    Attack("снимок из одного начала", lambda: _honest()[:50], "F105", _BAD),
    Attack("снимок с пробелами", _altered(b":[", b": ["), "F105", _BAD),
    Attack("снимок с полем дважды", _altered(b'"title":', b'"title":"\xd0\xaf","title":'), "F105", _BAD),
    Attack("снимок не в UTF-8", _altered("да".encode(), "да".encode("cp1251")), "F105", _BAD),
    Attack("снимок с половиной знака", _altered("да".encode(), b"\\ud83d"), "F105", _BAD),
    Attack(
        "снимок с бесконечностью",
        _altered(b'{"stringValue":"\xd0\xb4\xd0\xb0"}', b'{"numberValue":1e999}'),
        "F105",
        _BAD,
    ),
    Attack(
        "снимок с NaN", _altered(b'{"stringValue":"\xd0\xb4\xd0\xb0"}', b'{"numberValue":NaN}'), "F105", _BAD
    ),
    Attack("снимок с чем-то ещё", lambda: _honest() + b"{}", "F105", _BAD),
    *(Attack(f"снимок: {name}", _instead(cell), "F105", _BAD) for name, cell in _WRONG.items()),
    Attack("снимок: строка до первой", lambda: snapshot(sheet(_WORD, start=-1)), "F105", _BAD),
    Attack("снимок: дробный лист", lambda: snapshot(sheet(_WORD, number=1.5)), "F105", _BAD),  # type: ignore[arg-type]
    Attack("снимок: один лист дважды", lambda: snapshot(sheet(), sheet(title="Другой")), "F105", _BAD),
    Attack("снимок: два листа с одним именем", lambda: snapshot(sheet(), sheet(number=1)), "F105", "Отчёт"),
    Attack("снимок без листов", snapshot, "F105", "нет самой книги"),
    Attack(
        "снимок: ячейка дважды",
        lambda: snapshot({**sheet(), "data": sheet(_WORD)["data"] * 2}),
        "F105",
        "A1",
    ),
    Attack("снимок вложен сам в себя", lambda: _deep(20_000), "F106", "вложенность"),
    Attack("снимок: ячейка за краем", lambda: snapshot(sheet(_WORD, start=1 << 20)), "F106", "A1048577"),
    Attack("снимок: объединено всё", lambda: snapshot(sheet(_WORD, merges=[{}])), "F106", "объединённые"),
    Attack("снимок: сотни таблиц", lambda: snapshot(sheet(_WORD), names=_TABLES), "F106", "таблиц"),
    Attack("снимок: текст без конца", _instead({"note": "да" * (1 << 17) + "!"}), "F106", "слишком длинный"),
    Attack(
        "снимок из пустых ячеек", lambda: snapshot(sheet(*[{}] * 500_000)), "F106", "слишком много разметки"
    ),
    Attack("снимок: имена без числа", lambda: snapshot(sheet(_WORD), names=[{}] * 60_001), "F106", "имён"),
    Attack(
        "снимок: тысячи листов",
        lambda: snapshot(*(sheet(number=one, title=str(one)) for one in range(1_001))),
        "F106",
        "листов больше",
    ),
    Attack("снимок: ничего лишнего", _honest),
    Attack(
        "снимок: незнакомые поля", lambda: snapshot(sheet({**_WORD, "pivotTable": {"a": [1]}}, slicers=[5]))
    ),
    Attack(
        "снимок: имя потерянного листа",
        lambda: snapshot(sheet(_WORD), names=[{"name": "x", "range": {"sheetId": 9}}]),
    ),
    Attack(
        "снимок: таблица без краёв", lambda: snapshot(sheet(_WORD), names=[{"name": "tbl_x", "range": {}}])
    ),
)
