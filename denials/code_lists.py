"""Bringing in a list of codes: kept as it came, compared with what we have, applied once in one transaction.

Official wording goes into `Code.licensed_text` alone, and leaves the list when it is applied or thrown away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials import code_changes, code_uses
from denials.code_uses import Use
from denials.domain.code_lists import NEEDED, Became, Comparison, Difference, Held, compare, guess, guess_system
from denials.models import Code, CodeHandling, CodeList, CodeSystem, CodeValidity
from denials.tables import MOST_BYTES, read_table

TELLING = (Became.ADDED, Became.DEACTIVATED, Became.REACTIVATED, Became.REWORDED)
"""Changes of what a code is; a text that is only attached changes nothing that anybody works by."""
MOST_SHOWN = 200
MOST_READ = MOST_BYTES + 1
"""Bytes of an upload that are looked at: one more than a list may have, so that a larger one is noticed."""
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One changed code, with what hangs on it."""

    difference: Difference
    title: str
    """Ours, where we have one."""
    uses: Sequence[Use]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do. `parts` holds the changes by kind, the first `MOST_SHOWN` of each."""

    comparison: Comparison
    parts: Sequence[tuple[str, int, Sequence[Shown]]]
    unchanged: int
    attached: int

    @property
    def changes_nothing(self) -> bool:
        return not self.comparison.changes


@transaction.atomic
def upload(
    user: User, name: str, content: bytes, *, system: str, kind: str, list_version: str, listed_on: date, licence: str
) -> CodeList:
    """Keeps a list to look at; nothing about any code changes. Raises Refused for what cannot be read."""
    if kind == CodeList.Kind.OFFICIAL and not licence.strip():
        raise Refused("Say under which licence the official text may stand here. Nothing was kept.")
    table = read_table(name, content)
    mapping = guess(table.columns)
    codes = [row[mapping["code"]] for row in table.rows] if "code" in mapping else []
    return CodeList.objects.create(
        system=system or guess_system(codes),
        kind=kind,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        columns=list(table.columns),
        rows=[list(row) for row in table.rows],
        mapping=mapping,
        notes=list(table.notes),
        list_version=list_version,
        listed_on=listed_on,
        licence_note=licence.strip(),
        uploaded_by=user,
    )


def with_their_people() -> QuerySet[CodeList]:
    return CodeList.objects.select_related("uploaded_by", "applied_by")


def latest(most: int) -> Sequence[CodeList]:
    return list(with_their_people().defer("rows")[:most])


@transaction.atomic
def map_columns(row: CodeList, mapping: Mapping[str, int]) -> None:
    """Says which column holds what, where the guess was wrong."""
    held = _open(row.pk)
    held.mapping = dict(mapping)
    held.save(update_fields=["mapping"])


def preview(row: CodeList, user: User) -> Preview | None:
    """What the list would change, and what hangs on it; None while it is not known where the codes and texts stand."""
    if any(what not in row.mapping for what in NEEDED):
        return None
    found = _compared(row)
    titles = dict(Code.objects.filter(system=row.system).values_list("code", "title"))
    shown = [each for became in TELLING for each in found.of(became)[:MOST_SHOWN]]
    uses = code_uses.uses_of([(row.system, each.listed.code) for each in shown], user)
    parts = [
        (became.value, len(found.of(became)), _shown(row.system, found.of(became)[:MOST_SHOWN], titles, uses))
        for became in TELLING
    ]
    return Preview(found, parts, len(found.of(Became.UNCHANGED)), len(found.of(Became.TEXT_ATTACHED)))


@transaction.atomic
def apply(row: CodeList, user: User) -> CodeList:
    """Brings the official records up to the list. Raises Refused when it changes nothing, Conflict when it is done."""
    held = _open(row.pk)
    if any(what not in held.mapping for what in NEEDED):
        raise Refused("Say first which columns hold the codes and their texts. Nothing was changed.")
    found = _compared(held)
    if not found.changes:
        raise Refused("This list says what we have already. Nothing was changed.")
    codes = {code.code: code for code in Code.objects.select_for_update().filter(system=held.system)}
    for each in found.changes:
        _write(held, each, codes.get(each.listed.code))
    _close(held, user, found)
    told = [(held.system, each.listed.code) for became in TELLING for each in found.of(became)]
    code_changes.announce(f"The code list {held.list_version} was brought in.", user, told)
    return held


@transaction.atomic
def discard(row: CodeList) -> None:
    held = _open(row.pk)
    held.state, held.rows = CodeList.State.DISCARDED, []
    held.save(update_fields=["state", "rows"])


def _open(pk: int) -> CodeList:
    held = CodeList.objects.select_for_update().get(pk=pk)
    if held.state != CodeList.State.UPLOADED:
        raise Conflict(f"This list is {held.get_state_display().lower()} already. Nothing was changed.")
    return held


def _compared(row: CodeList) -> Comparison:
    is_official = row.kind == CodeList.Kind.OFFICIAL
    held = {code.code: _held(code, is_official) for code in Code.objects.filter(system=row.system).defer("details")}
    return compare(row.system, _cells(row), held, is_official=is_official)


def _cells(row: CodeList) -> Iterable[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(row.rows, start=2):
        yield number, {what: cells[column] for what, column in row.mapping.items() if column < len(cells)}


def _held(code: Code, is_official: bool) -> Held:
    return Held(
        code=code.code,
        text=code.licensed_text if is_official else code.title,
        is_active=code.is_active,
        is_alert=code.is_alert,
        requires_remark=code.requires_remark,
        started_on=code.started_on,
        modified_on=code.modified_on,
        deactivated_on=code.deactivated_on,
    )


def _shown(
    system: str, differences: Sequence[Difference], titles: Mapping[str, str], uses: Mapping[Name, list[Use]]
) -> list[Shown]:
    return [
        Shown(each, titles.get(each.listed.code, ""), uses.get((system, each.listed.code), [])) for each in differences
    ]


def _write(row: CodeList, each: Difference, code: Code | None) -> None:
    listed, is_official = each.listed, row.kind == CodeList.Kind.OFFICIAL
    text: dict[str, Any] = {"title": listed.text[:300]}
    if is_official:
        text = {"licensed_text": listed.text, "licence_note": row.licence_note}
    if each.became is Became.TEXT_ATTACHED and code is not None:
        _set(code, text)
        return
    values: dict[str, Any] = {
        **text,
        "modified_on": listed.modified_on or (code.modified_on if code else None),
        "is_active": listed.stopped_on is None,
        "deactivated_on": listed.stopped_on,
        "list_version": row.list_version,
        "list_date": row.listed_on,
        **(_flags(row.system, each) if is_official else {}),
    }
    if code is None:
        code = Code.objects.create(
            system=row.system, code=listed.code, started_on=listed.started_on, **{"title": "", **values}
        )
        CodeHandling.objects.create(code=code)
    else:
        _set(code, values)
    _write_period(row, each, code)


def _set(code: Code, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(code, name, value)
    code.save(update_fields=list(values))


def _flags(system: str, each: Difference) -> dict[str, bool]:
    if system == CodeSystem.RARC:
        return {"is_alert": each.listed.is_alert, "satisfies_required_remark": not each.listed.is_alert}
    return {"requires_remark": True} if each.listed.requires_remark else {}


def _write_period(row: CodeList, each: Difference, code: Code) -> None:
    """A code that stops ends its period; one that is new, or comes back, begins another."""
    listed = each.listed
    last = code.periods.last()
    if each.became in (Became.ADDED, Became.REACTIVATED) or last is None:
        CodeValidity.objects.create(
            code=code,
            started_on=_begins(row, each, last),
            ended_on=listed.stopped_on,
            list_version=row.list_version,
        )
    elif listed.stopped_on:
        last.ended_on, last.ended_words = listed.stopped_on, ""
        last.started_on = min(filter(None, (last.started_on, listed.stopped_on)), default=None)
        last.save(update_fields=["ended_on", "ended_words", "started_on"])


def _begins(row: CodeList, each: Difference, last: CodeValidity | None) -> date | None:
    """The day that the list gives, where it lies after the last period; else the day of its change, else the list's."""
    listed = each.listed
    if last is None:
        return listed.started_on
    after = last.ended_on or last.started_on or date.min
    return next((day for day in (listed.started_on, listed.modified_on) if day and day > after), row.listed_on)


def _close(row: CodeList, user: User, found: Comparison) -> None:
    row.changes = {became.value: [each.listed.code for each in found.of(became)] for became in TELLING}
    row.changes[Became.TEXT_ATTACHED.value] = len(found.of(Became.TEXT_ATTACHED))
    row.state, row.rows, row.applied_by, row.applied_at = CodeList.State.APPLIED, [], user, TransactionNow()
    row.save(update_fields=["changes", "state", "rows", "applied_by", "applied_at"])
    row.refresh_from_db()
