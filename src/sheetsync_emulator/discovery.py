"""Google's own description of its services judges every call: the parameters, the body, the answer.

The discovery documents ship in google-api-python-client, the checker is jsonschema; both serve tests and
development only. Without them the emulator answers the same, unjudged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from sheetsync_emulator.masks import ALL, Mask, parsed
from sheetsync_emulator.routes import Api, Route
from sheetsync_emulator.trouble import ApiError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

Json = dict[str, Any]

DOCUMENTS: Final = {Api.SHEETS: "sheets.v4.json", Api.DRIVE: "drive.v3.json"}
TIME: Final = {"type": "string", "format": "date-time"}
FORMATS: Final[Mapping[str, Json]] = {
    "int64": {"type": "string", "pattern": r"^-?\d+$"},
    "uint64": {"type": "string", "pattern": r"^\d+$"},
    "google-datetime": TIME,
    "date-time": TIME,
    "google-fieldmask": {"type": "string", "pattern": r"^(\*|[A-Za-z_][\w.,()/ *]*)$"},
    "google-duration": {"type": "string", "pattern": r"^-?\d+(\.\d+)?s$"},
}
BOUNDS: Final[Mapping[str, Json]] = {
    "int32": {"minimum": -(2**31), "maximum": 2**31 - 1},
    "uint32": {"minimum": 0, "maximum": 2**32 - 1},
}
TOLERATED: Final = {
    "drive.files.get": {"includeItemsFromAllDrives"},
    "drive.permissions.create": {"withLink"},
}
"""What gspread sends to Drive beside the schema and Drive accepts."""


def available() -> bool:
    """Whether the discovery documents and the checker are installed."""
    return find_spec("googleapiclient") is not None and find_spec("jsonschema") is not None


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that is not in Google's description; ``side``: parameters, request, response or mask."""

    method: str
    side: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method}, {self.side}: {'; '.join(self.problems)[:600]}"


@dataclass
class Judge:
    """Checks calls and remembers what broke the description."""

    breaches: list[Breach] = field(default_factory=list)
    warnings: list[Breach] = field(default_factory=list)
    """Unknown fields sent to Drive, which tolerates them."""

    def request(self, route: Route, query: Sequence[tuple[str, str]], body: Json | None) -> None:
        """Refuse what Google would refuse: Sheets any unknown field, Drive only what is wrong.

        The body comes without its ``null``: in a request they count as absent.
        """
        api = description(route.api)
        tolerated = TOLERATED.get(route.id, set())
        asked = [(name, value) for name, value in query if name not in tolerated]
        self._refuse(route, "parameters", list(api.wrong_parameters(route, asked)))
        if body is not None:
            sent = {name: value for name, value in body.items() if name not in tolerated}
            self._refuse(route, "request", list(api.wrong_body(route, "request", sent)))
        mask = dict(query).get("fields")
        if mask:
            self._refuse(route, "mask", list(api.wrong_mask(route, parsed(mask))))

    def _refuse(self, route: Route, side: str, problems: list[str]) -> None:
        if not problems:
            return
        breach = Breach(route.id, side, tuple(problems))
        if route.api is Api.DRIVE and side != "mask" and all(one.startswith(UNKNOWN) for one in problems):
            self.warnings.append(breach)
            return
        self.breaches.append(breach)
        raise _invalid_payload(problems)

    def response(self, route: Route, body: Json) -> None:
        """An answer of ours that Google could not give is a defect of the emulator."""
        problems = list(description(route.api).wrong_body(route, "response", body))
        if problems:
            breach = Breach(route.id, "response", tuple(problems))
            self.breaches.append(breach)
            raise ApiError(500, "INTERNAL", f"The emulator's answer breaks Google's schema. {breach}")


UNKNOWN: Final = "unknown name "


def _invalid_payload(problems: Sequence[str]) -> ApiError:
    violations = [{"field": one.split(":")[0], "description": one} for one in problems]
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
    message = "Invalid JSON payload received. " + "; ".join(problems)[:600]
    return ApiError(400, "INVALID_ARGUMENT", message, reason="invalid", details=(details,))


class Description:
    """One discovery document, turned into strict schemas."""

    def __init__(self, document: Json) -> None:
        self.parameters: Json = document.get("parameters", {})
        self.schemas: Json = document["schemas"]
        self.methods: dict[str, Json] = {one["id"]: one for one in _methods(document)}
        self._strict = {name: strict(schema) for name, schema in self.schemas.items()}
        self._validators: dict[str, Draft202012Validator] = {}

    def wrong_parameters(self, route: Route, query: Iterable[tuple[str, str]]) -> Iterator[str]:
        known = self.parameters | self.methods[route.id].get("parameters", {})
        for name, value in query:
            if name not in known:
                yield f"{UNKNOWN}{name!r} in the query"
            elif not _fits(known[name], value):
                yield f"{name}: invalid value {value!r}"

    def wrong_body(self, route: Route, side: str, body: Json) -> Iterator[str]:
        """What the schema of a request or an answer does not allow, each with its path."""
        schema = self.methods[route.id].get(side, {}).get("$ref")
        if schema is None:
            return
        for error in self._validator(schema).iter_errors(body):
            path = "/".join(str(one) for one in error.absolute_path) or "body"
            unknown = error.validator == "additionalProperties"
            yield f"{UNKNOWN if unknown else ''}{path}: {error.message[:160]}"

    def wrong_mask(self, route: Route, mask: Mask) -> Iterator[str]:
        """Paths of a field mask that lead nowhere."""
        schema = self.methods[route.id].get("response", {}).get("$ref")
        if schema is not None:
            yield from self._astray({"$ref": schema}, mask, "")

    def _astray(self, schema: Json, mask: Mask, path: str) -> Iterator[str]:
        while "$ref" in schema or "items" in schema:
            schema = self.schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
        if "additionalProperties" in schema or schema.get("type") == "any":
            return
        for name, inside in mask.items():
            known = schema.get("properties", {}).get(name)
            if name == ALL:
                continue
            if known is None:
                yield f"Cannot find matching fields for path '{path}{name}'"
            elif inside:
                yield from self._astray(known, inside, f"{path}{name}.")

    def _validator(self, schema: str) -> Draft202012Validator:
        from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - not there at run time

        if schema not in self._validators:
            whole = {"$ref": f"#/$defs/{schema}", "$defs": self._strict}
            self._validators[schema] = Draft202012Validator(whole, format_checker=FormatChecker())
        return self._validators[schema]


@cache
def description(api: Api) -> Description:
    """What Google published about one of its services."""
    folder = files("googleapiclient").joinpath("discovery_cache", "documents")
    return Description(json.loads(folder.joinpath(DOCUMENTS[api]).read_text(encoding="utf-8")))


def _methods(part: Json) -> Iterator[Json]:
    yield from part.get("methods", {}).values()
    for inside in part.get("resources", {}).values():
        yield from _methods(inside)


def strict(schema: Json) -> Json:
    """A schema of a discovery document as JSON Schema that knows no field beside the named ones."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    match schema.get("type"):
        case "any":
            return {}
        case "array":
            return {"type": "array", "items": strict(schema["items"])}
        case "object" if "properties" in schema:
            inside = {name: strict(one) for name, one in schema["properties"].items()}
            return {"type": "object", "properties": inside, "additionalProperties": False}
        case "object" if "additionalProperties" in schema:
            return {"type": "object", "additionalProperties": strict(schema["additionalProperties"])}
        case kind:
            form = schema.get("format", "")
            plain = FORMATS[form] if kind == "string" and form in FORMATS else {"type": kind}
            enum = {"enum": schema["enum"]} if "enum" in schema else {}
            return {**plain, **BOUNDS.get(form, {}), **enum}


def _fits(parameter: Json, value: str) -> bool:
    if "enum" in parameter and value not in parameter["enum"]:
        return False
    match parameter.get("type"):
        case "boolean":
            return value.lower() in {"true", "false"}
        case "integer":
            return bool(re.fullmatch(r"-?\d+", value))
        case _:
            return True
