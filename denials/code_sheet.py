"""What the page of one code shows: the official record, our handling, and the readings, each apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import Change, Facility, User
from denials import code_search, code_uses
from denials.code_uses import Use
from denials.domain.cells import as_list
from denials.domain.code_flags import FLAG_WORDS
from denials.domain.readings import OPERATIONAL, RULE, WORDS
from denials.handling_form import RULES, HandlingForm
from denials.models import Code, CodeHandling, CodeReading, Payer
from denials.models.readings import SCOPE_FIELDS

IN_WORDS = ("category", "owner_team", "denial_rule", "escalation_path")
STATES = {"active": 0, "suggestion": 1, "retired": 2}
MOST_LISTED = 300
CALLED = WORDS | {"facility_npi": WORDS["facility"]}


@dataclass(frozen=True, slots=True)
class ShownReading:
    """A reading in words."""

    row: CodeReading
    scope: str
    changes: Sequence[tuple[str, str]]
    change: Change | None
    """The change by which it stands as it is; None for one as it was shipped."""


def of_code(code: Code, user: User) -> dict[str, Any]:
    handling = code_search.handling_of(code)
    name = (code.system, code.code)
    return {
        "code": code,
        "periods": list(code.periods.all()) if code.pk else [],
        "handling": handling,
        "flags": [words for flag, words in FLAG_WORDS.items() if getattr(handling, flag, False)],
        "readings": readings_of(code),
        "uses": [use for use in uses_of(name, user) if not use.words.startswith("Reading:")],
        **_in_words(handling),
    }


def uses_of(name: tuple[str, str], user: User) -> list[Use]:
    return code_uses.uses_of([name], user).get(name, [])


def readings_of(code: Code) -> list[ShownReading]:
    return shown(CodeReading.objects.filter(system=code.system, code=code.code))


def every_reading() -> list[ShownReading]:
    return shown(CodeReading.objects.all()[:MOST_LISTED])


def shown(rows: Any) -> list[ShownReading]:
    """In words, those in use first, then suggestions, then retired ones."""
    found = sorted(rows, key=lambda row: (STATES[row.state], row.pk))
    names = {
        "payer_key": dict(Payer.objects.values_list("key", "name")),
        "facility_npi": dict(Facility.objects.values_list("npi", "name")),
        "payer_kind": dict(Payer.Kind.choices),
    }
    words = HandlingForm.words()
    changes = _changes_of([row.pk for row in found])
    return [ShownReading(row, _scope(row, names), _overrides(row, words), changes.get(row.pk)) for row in found]


def _scope(row: CodeReading, names: Mapping[str, Mapping[str, str]]) -> str:
    said = [
        f"{CALLED[name]} is {names.get(name, {}).get(value, value)}"
        for name in SCOPE_FIELDS
        if (value := getattr(row, name))
    ]
    return ", and ".join(said) or "every decision with this code"


def _overrides(row: CodeReading, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = []
    for name in (*OPERATIONAL, RULE):
        if value := row.overrides.get(name):
            label = "When it is a denial" if name == RULE else name.replace("_", " ").capitalize()
            told.append((label, _written(name, value, words)))
    return told


def _written(name: str, value: Any, words: Mapping[str, Any]) -> str:
    if name == "evidence":
        return "; ".join(as_list(value))
    if name == RULE:
        return RULES.get(value, str(value))
    choices = dict(getattr(CodeHandling._meta.get_field(name), "choices", None) or [])
    told: object = words[name](value) if name in words else choices.get(value, value)
    return str(told)


def _changes_of(ids: Sequence[int]) -> dict[int, Change]:
    """The newest change of each reading that took effect, with its people."""
    kind = ContentType.objects.get_for_model(CodeReading)
    applied = Change.objects.filter(content_type=kind, object_id__in=ids, state=Change.State.ACTIVE)
    return {change.object_id or 0: change for change in applied.select_related("author", "approver").order_by("pk")}


def _in_words(handling: CodeHandling | None) -> dict[str, str]:
    if handling is None:
        return dict.fromkeys(IN_WORDS, "")
    words = HandlingForm.words()
    return {name: words[name](getattr(handling, name)) for name in IN_WORDS}
