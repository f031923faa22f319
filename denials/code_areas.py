"""Codes and readings as governed rules: how they are drafted and approved, and what follows when they take effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.governance import areas
from accounts.governance.areas import SWITCH, Area, was_empty
from accounts.models import Change, User
from denials import code_changes, code_uses
from denials.code_uses import CodeName, Use, Uses
from denials.handling_form import HandlingForm
from denials.models import CodeHandling, CodeReading, Playbook
from denials.reading_form import ReadingForm


def code_address(system: str, code: str) -> str:
    return reverse("code", args=[system.lower(), code])


CODES = areas.register(
    Area(
        key="codes",
        title="Code dictionary",
        singular="Code",
        model=CodeHandling,
        form=HandlingForm,
        address=lambda row: code_address(row.code.system, row.code.code),
        list_page="codes",
        fills_gap=lambda row, edits: row is not None and was_empty(row, edits),
    )
)
READINGS = areas.register(
    Area(
        key="readings",
        title="Readings of codes",
        singular="Reading",
        model=CodeReading,
        form=ReadingForm,
        address=lambda row: reverse("reading", args=[row.pk]),
        list_page="readings",
        new_address=lambda seed: reverse("reading_new", args=[seed["system"].lower(), seed["code"]]),
        retirement=SWITCH,
    )
)


def _handling_changed(change: Change, row: CodeHandling) -> None:
    _tell(change, (row.code.system, row.code.code))


def _reading_changed(change: Change, row: CodeReading) -> None:
    _tell(change, (row.system, row.code))


def _tell(change: Change, name: CodeName) -> None:
    because = f"{' '.join(name)} is read otherwise since change {change.pk}."
    code_changes.announce(because, change.approver or change.author, [name])


def _touched(change: Change, row: Any) -> Iterable[areas.Touched]:
    """What hangs on the code. Counts only what the author of the change may see."""
    name = _named(change, row)
    for use in code_uses.uses_of([name], change.author).get(name, []):
        yield areas.Touched(use.words, 1, use.address)


def _named(change: Change, row: Any) -> CodeName:
    if isinstance(row, CodeHandling):
        return row.code.system, row.code.code
    return (row.system, row.code) if row is not None else (change.seed["system"], change.seed["code"])


def _readings_on(codes: Collection[CodeName], user: User) -> Uses:
    found: dict[CodeName, list[Use]] = defaultdict(list)
    for row in CodeReading.objects.filter(_any_of(codes, "system", "code")):
        found[row.system, row.code].append(Use(f"Reading: {row.title} ({row.state})", READINGS.address(row)))
    return found


def _playbooks_on(codes: Collection[CodeName], user: User) -> Uses:
    wanted, found = set(codes), defaultdict(list)
    for playbook in Playbook.objects.filter(is_active=True):
        named = {
            (system, code)
            for binding in playbook.bindings
            for fact, system in (("carc", "CARC"), ("rarc", "RARC"))
            for code in binding.get(fact, [])
        }
        for name in named & wanted:
            found[name].append(Use(f"Playbook: {playbook.title}", reverse("playbook", args=[playbook.key])))
    return found


def _any_of(codes: Collection[CodeName], system: str, code: str) -> Q:
    by_system: dict[str, list[str]] = defaultdict(list)
    for name in codes:
        by_system[name[0]].append(name[1])
    found = Q(pk__in=[])
    for each, those in by_system.items():
        found |= Q(**{system: each, f"{code}__in": those})
    return found


def listen() -> None:
    areas.after("codes", _handling_changed)
    areas.after("readings", _reading_changed)
    areas.touches("codes", _touched)
    areas.touches("readings", _touched)
    code_uses.register("readings", _readings_on)
    code_uses.register("playbooks", _playbooks_on)


def seed_of(system: str, code: str) -> Mapping[str, Any]:
    """What a new reading has that its form does not ask."""
    return {"system": system, "code": code}
