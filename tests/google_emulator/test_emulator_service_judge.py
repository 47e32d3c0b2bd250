"""Google's own description judges the stand-in: what it may be sent, what it may answer."""

from __future__ import annotations

import pytest
from callers import OFFICE, SPREADSHEET, asked

from sheetsync_emulator import discovery, drive
from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.discovery import Description, Judge, strict
from sheetsync_emulator.routes import ROUTES, Api, Route, find
from sheetsync_emulator.service import DEEDS, Emulator


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


@pytest.fixture
def file(emulator: Emulator) -> str:
    return emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)


def judge_of(emulator: Emulator) -> Judge:
    assert emulator.judge is not None
    return emulator.judge


def test_tests_are_always_judged(emulator: Emulator) -> None:
    assert discovery.available()
    assert emulator.judge is not None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.id)
def test_every_address_is_the_published_one(route: Route) -> None:
    described = discovery.description(route.api).methods[route.id]
    prefix = "/" if route.path.startswith("/v4/") else "/drive/v3/"

    assert route.verb == described["httpMethod"]
    assert route.path == prefix + described.get("flatPath", described["path"])
    assert route.name in DEEDS


@pytest.mark.parametrize(
    ("verb", "path", "name", "places"),
    [
        ("GET", "/v4/spreadsheets/A/values/%D0%9E!A1:B2", "spreadsheets.values.get", {"spreadsheetId": "A", "range": "О!A1:B2"}),
        ("POST", "/v4/spreadsheets/A/values/x%2Fy!A1:append", "spreadsheets.values.append", {"spreadsheetId": "A", "range": "x/y!A1"}),
        ("GET", "/v4/spreadsheets/A/values:batchGet", "spreadsheets.values.batchGet", {"spreadsheetId": "A"}),
        ("POST", "/v4/spreadsheets/A:batchUpdate", "spreadsheets.batchUpdate", {"spreadsheetId": "A"}),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(verb: str, path: str, name: str, places: dict[str, str]) -> None:
    found = find(verb, path)

    assert found is not None
    assert (found.route.name, found.places) == (name, places)


@pytest.mark.parametrize(
    ("verb", "tail", "body"),
    [
        ("POST", ":batchUpdate", {"requests": [{"addSheet": {"properties": {"titel": "x"}}}]}),
        ("POST", ":batchUpdate", {"requests": [{"addSheets": {}}]}),
        ("POST", ":batchUpdate", {"requests": [{"deleteSheet": {"sheetId": "7"}}]}),
        ("POST", ":batchUpdate", {"requests": [{"deleteSheet": {"sheetId": 2**31}}]}),
        ("POST", ":batchUpdate", {"requests": [{"mergeCells": {"mergeType": "MERGE_SOME"}}]}),
        ("PUT", "/values/A1?valueInputOption=RAW", {"values": "x"}),
        ("PUT", "/values/A1?valueInputOption=RAWER", {"values": [["x"]]}),
        ("GET", "?withGridData=true", None),
        ("GET", "?includeGridData=maybe", None),
        ("GET", "?fields=sheets(propertys)", None),
        ("GET", "?fields=sheets(data(rowData(values(chipRuns(chip(richLink))))))", None),
    ],
)
def test_what_sheets_does_not_know_is_400(
    emulator: Emulator, file: str, verb: str, tail: str, body: dict[str, object] | None
) -> None:
    answer = asked(emulator, verb, f"/v4/spreadsheets/{file}{tail}", body)

    assert (answer.status, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert len(judge_of(emulator).breaches) == 1


def test_null_is_an_absent_field(emulator: Emulator, file: str) -> None:
    body = {
        "requests": [{"addSheet": {"properties": {"title": "Ещё", "index": None}}}],
        "responseRanges": None,
    }

    assert asked(emulator, "POST", f"/v4/spreadsheets/{file}:batchUpdate", body).status == 200


def test_drive_bears_unknown_names_and_they_are_remembered(emulator: Emulator, file: str) -> None:
    answer = asked(emulator, "PATCH", f"/drive/v3/files/{file}?colour=red", {"nmae": "x"})
    warned = [(one.side, one.problems[0].startswith("unknown name")) for one in judge_of(emulator).warnings]

    assert answer.status == 200
    assert warned == [("parameters", True), ("request", True)]
    assert judge_of(emulator).breaches == []


def test_what_gspread_sends_beside_the_schema_is_no_warning(emulator: Emulator, file: str) -> None:
    asked(emulator, "GET", f"/drive/v3/files/{file}?includeItemsFromAllDrives=true&fields=id")
    body = {"type": "anyone", "role": "reader", "withLink": False}
    asked(emulator, "POST", f"/drive/v3/files/{file}/permissions", body)

    assert judge_of(emulator).warnings == []


def test_a_wrong_type_is_400_on_drive_too(emulator: Emulator) -> None:
    assert asked(emulator, "POST", "/drive/v3/files", {"name": 7}).status == 400


def test_a_broken_answer_of_ours_is_500_and_remembered(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(drive.DEEDS, "about.get", lambda *_: {"user": {"email": OFFICE}})  # type: ignore[arg-type]
    monkeypatch.setattr("sheetsync_emulator.service.DEEDS", {**DEEDS, "about.get": drive.DEEDS["about.get"]})
    answer = asked(emulator, "GET", "/drive/v3/about?fields=user")

    assert answer.status == 500
    assert [one.side for one in judge_of(emulator).breaches] == ["response"]
    assert "drive.about.get, response" in str(judge_of(emulator).breaches[0])


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"text"'])
def test_a_body_that_is_no_object_is_400(emulator: Emulator, file: str, body: bytes) -> None:
    assert emulator.handle("POST", f"/v4/spreadsheets/{file}:batchUpdate", {}, body).status == 400


def test_without_the_documents_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo runs where neither google-api-python-client nor jsonschema is installed."""
    monkeypatch.setattr(discovery, "find_spec", lambda name: None)
    emulator = Emulator(OFFICE, HandClock())
    office = emulator.person(OFFICE)
    file = office.creates("Отчёт", SPREADSHEET)
    office.types(file, "A1", "текст")

    assert emulator.judge is None
    assert office.reads(file, "A1") == [["текст"]]


def test_a_load_test_may_do_without_the_judge() -> None:
    assert Emulator(OFFICE, check=False).judge is None


def test_schemas_know_no_unnamed_field() -> None:
    schema = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "format": "int32"},
            "marks": {"type": "object", "additionalProperties": {"type": "string"}},
            "when": {"type": "string", "format": "date-time"},
            "any": {"type": "any"},
            "free": {"type": "object"},
            "many": {"type": "array", "items": {"$ref": "Other"}},
            "kind": {"type": "string", "enum": ["A"]},
        },
    }
    assert strict(schema) == {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
            "marks": {"type": "object", "additionalProperties": {"type": "string"}},
            "when": {"type": "string", "format": "date-time"},
            "any": {},
            "free": {"type": "object"},
            "many": {"type": "array", "items": {"$ref": "#/$defs/Other"}},
            "kind": {"type": "string", "enum": ["A"]},
        },
        "additionalProperties": False,
    }


def test_marks_of_any_name_pass_a_mask() -> None:
    document = {
        "schemas": {
            "F": {"type": "object", "properties": {"marks": {"type": "object", "additionalProperties": {}}}}
        },
        "methods": {"m": {"id": "drive.m", "response": {"$ref": "F"}}},
    }
    route = Route("GET", "/drive/v3/m", "m")

    assert list(Description(document).wrong_mask(route, {"marks": {"school": None}, "*": None})) == []
    assert list(Description(document).wrong_mask(route, {"mark": None})) == [
        "Cannot find matching fields for path 'mark'"
    ]


@pytest.mark.parametrize("check", [True, False])
def test_a_request_that_says_nothing_is_answered_all_the_same(*, check: bool) -> None:
    """Every address and every kind of request, with hardly anything in it: an answer, never a crash."""
    emulator = Emulator(OFFICE, HandClock(), check=check)
    file = emulator.person(OFFICE).creates("Отчёт", SPREADSHEET)
    names = ("spreadsheetId", "fileId", "range", "sheetId", "metadataId", "permissionId")
    kinds = discovery.description(Api.SHEETS).schemas["Request"]["properties"]
    bodies = [{}, {"data": [{}]}, {"dataFilters": [{}]}, *({"requests": [{kind: {}}]} for kind in kinds)]
    for route in (one for one in ROUTES if one.verb != "DELETE"):
        url = route.path.format(**dict.fromkeys(names, "1") | dict.fromkeys(names[:2], file))
        for body in [None, *bodies] if route.name.endswith("atchUpdate") else [None, *bodies[:3]]:
            assert asked(emulator, route.verb, url, body).status != 500
