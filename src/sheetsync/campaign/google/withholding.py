"""What of the свод does not go to Google: personal data, and texts where only numbers are sent."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.columns import DISTRICT_LAYOUT, ENTRIES, PANEL, TEXTS_KEPT_HOME, TableSpec
from sheetsync.district.reading import find_participant
from sheetsync.findings import grouped, make
from sheetsync.grid import text_of
from sheetsync.model import Finding, GoogleScope, Origin, Plan, Privacy
from sheetsync.notices import say
from sheetsync.privacy.shield import Shield
from sheetsync.workbooks.port import Out, TableBody

_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s?%?")
_NOTHING: Final = Out()
_SPECS: Final = {spec.name: spec for spec in DISTRICT_LAYOUT}
_Row = tuple[Out, ...]


@dataclass
class Withholding:
    """Takes out of tables and cells what must not leave; ``findings`` tell what was taken.

    The shield is up whatever the campaign does with personal data at home.
    """

    plan: Plan
    _found: list[Finding] = field(default_factory=list)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._shield = dataclasses.replace(Shield.of(self.plan), mode=Privacy.MASK)
        self._only_numbers = self.plan.settings.google_sends is GoogleScope.NUMBERS

    @property
    def findings(self) -> tuple[Finding, ...]:
        return grouped(self._found)

    def bodies(self, bodies: Mapping[str, TableBody]) -> dict[str, TableBody]:
        """The tables as they may be sent."""
        return {name: self._body(_SPECS[name], body) for name, body in bodies.items()}

    def cells(self, cells: Mapping[str, Out]) -> dict[str, Out]:
        """The named cells of «Панель» as they may be sent."""
        finding = make("G612", origin=Origin(sheet=PANEL))
        return {name: self._sent(out, finding) for name, out in cells.items()}

    def _body(self, spec: TableSpec, body: TableBody) -> TableBody:
        at_home = TEXTS_KEPT_HOME.get(spec.name, ()) if self._only_numbers else ()
        if set(at_home) == set(spec.keys):
            return replace(body, rows=())
        places = {body.headers.index(spec.column(key).header) for key in at_home}
        rows = (self._row(spec, body, row, places) for row in body.rows)
        return replace(body, rows=tuple(rows))

    def _row(self, spec: TableSpec, body: TableBody, row: _Row, at_home: set[int]) -> _Row:
        told = [_number_only(out) if place in at_home else out for place, out in enumerate(row)]
        if not any(map(self._personal, told)):
            return tuple(told)
        participant, activity = self._whose(spec, dict(zip(body.headers, row, strict=True)))
        origin = Origin(sheet=spec.sheet)
        finding = make("G612", participant=participant, activity=activity, origin=origin)
        return tuple(self._sent(out, finding) for out in told)

    def _whose(self, spec: TableSpec, row: Mapping[str, Out]) -> tuple[str | None, str | None]:
        """The participant and the activity a row is about, where it is about any."""
        said = {one.key: _text(row.get(one.header, _NOTHING)) for one in spec.columns}
        participant = find_participant(said.get("participant", ""), self.plan.participants)
        return (participant.code if participant else None), (said["key"] if spec is ENTRIES else None)

    def _sent(self, out: Out, finding: Finding) -> Out:
        """A cell as it may be sent: a word stands in the place of anything personal."""
        kinds = self._personal(out)
        if not kinds:
            return out
        self._found.append(replace(finding, params=(("what", ", ".join(kinds)),)))
        return Out(say(GoogleNotice.NOT_SENT))

    def _personal(self, out: Out) -> tuple[str, ...]:
        """Kinds of personal data in a cell, its note and its link."""
        found = [*self._kinds(_text(out)), *self._kinds(out.note or "")]
        if out.link and not out.link.startswith("#"):
            found += (kind.value for kind, _ in self._shield.link(out.link).found)
        return tuple(dict.fromkeys(found))

    def _kinds(self, text: str) -> tuple[str, ...]:
        if text and text not in self._known:
            self._known[text] = tuple(kind.value for kind, _ in self._shield.covered(text).found)
        return self._known.get(text, ())


def _text(out: Out) -> str:
    return text_of(out.value) if isinstance(out.value, str | int | float) else ""


def _number_only(out: Out) -> Out:
    """A number stays, also one a school typed as text; words do not."""
    if isinstance(out.value, str) and not _NUMBER.fullmatch(out.value.strip()):
        return _NOTHING
    return Out(out.value)
