"""Forms for thousands of schools: the product makes one, the others are that one under another name.

The forms of schools that owe the same rows differ in three places alone: the code, the name and the
mark. So one form is made by the product and the others by putting these in, part by part, packed as the
product packs; several of them are made both ways each time and must be equal byte for byte. What is
remembered of each form is the product's own doing, in as many processes as there are cores.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from xml.sax.saxutils import escape

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import journal_of, open_template, open_workbook, read_workbook_plan
from sheetsync.campaign.form_names import form_name
from sheetsync.campaign.issued import IssuedForms
from sheetsync.campaign.issuing import plan_digest, plan_to_send
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.journal import IssuedForm
from sheetsync.model import Event, JournalLine, Participant, Plan
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.templates import Template

_COMPARED = 5
_CHUNK = 50


def issue(campaign: store.Campaign, now: datetime) -> Plan:
    """Forms of all schools lie in «Формы» and are known to the journal, as after ``sheetsync issue``.

    Returns the plan they were made from. Raises ``AssertionError`` where a form is not what the product
    makes.
    """
    with store.one_writer(campaign, now, "issue"), journal_of(campaign) as journal:
        plan = plan_to_send(read_workbook_plan(open_workbook(campaign), 1).plan, journal)
        digest, run = plan_digest(plan), journal.next_run()
        lines, known = [], []
        for one, data in forms(campaign, plan, plan.participants):
            name, known_as = form_name(one), store.sha256(data)
            known.append(known_as)
            _keep(campaign, known_as, name, data)
            journal.add_form(IssuedForm(one.code, plan.issue, known_as, name, digest, run), now)
            lines.append(JournalLine(run, now, Event.ISSUED, one.short_name, name))
        journal.add_lines(lines)
        journal.commit()
    _remember_all(campaign, plan, known)
    return plan


def _remember_all(campaign: store.Campaign, plan: Plan, known: Sequence[str]) -> None:
    """The first form gives the kind; whoever remembers the others finds it on the disk."""
    remember = partial(_remember, campaign=campaign, plan=replace(plan, participants=()))
    remember(known[:1])
    rest = [known[at : at + _CHUNK] for at in range(1, len(known), _CHUNK)]
    if len(rest) < 2:
        for chunk in rest:
            remember(chunk)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(remember, rest))


def _remember(known: Sequence[str], campaign: store.Campaign, plan: Plan) -> None:
    """As ``sheetsync issue`` does beside the writing of a form."""
    forms = IssuedForms(campaign, (), plan, keep=True)
    for one in known:
        forms.remember(one)


def forms(
    campaign: store.Campaign, plan: Plan, schools: Sequence[Participant]
) -> Iterator[tuple[Participant, bytes]]:
    """The form of each school."""
    first = schools[0]
    pattern = Package.from_bytes(_made(campaign, plan, first))
    parts = {name: pattern.read(name) for name in pattern.names()}
    step = max(1, len(schools) // _COMPARED)
    for place, one in enumerate(schools):
        data = _named(parts, first, one)
        if place % step == 0 or place == len(schools) - 1:
            assert data == _made(campaign, plan, one), f"the form of {one.code} is not what the product makes"
        yield one, data


def _made(campaign: store.Campaign, plan: Plan, one: Participant) -> bytes:
    workbook = open_template(Template.FORM, campaign.folder)
    fill_form(workbook, form_of(plan, one.code))
    return workbook.to_bytes()


def _named(parts: dict[str, bytes], first: Participant, one: Participant) -> bytes:
    changes = {
        f"<t>{first.code}</t>": f"<t>{one.code}</t>",
        f"участник {first.code} ": f"участник {one.code} ",
        f"/{first.code}/": f"/{one.code}/",
        f"<t>{escape(first.name)}</t>": f"<t>{escape(one.name)}</t>",
    }
    changed = {}
    for name, data in parts.items():
        for old, new in changes.items():
            data = data.replace(old.encode(), new.encode())  # noqa: PLW2901
        changed[name] = data
    return Package(changed).to_bytes()


def _keep(campaign: store.Campaign, digest: str, name: str, data: bytes) -> None:
    """Without waiting for the disk: a corpus cut off is made anew. One file under two names."""
    path = store.original_path(campaign, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o400)
    os.link(path, campaign.forms / name)
