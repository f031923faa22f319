"""Playbooks: loaded from the shipped ones, chosen for a denial when it is looked at, never stored with it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import Team
from accounts.statements import make_room
from denials import codes
from denials.domain import playbooks as domain
from denials.domain.playbooks import Asked, Binding, Choice, choose
from denials.models import Denial, Playbook
from denials.versions import last_changes

SHIPPED = (
    "title", "summary", "not_for", "causes", "checks", "evidence", "steps", "letter", "prevention", "feedback",
    "bindings", "source",
)  # fmt: skip


class Chosen(NamedTuple):
    """The playbook of a denial with the reason for it, and the others that speak of the denial, with theirs."""

    playbook: Playbook
    because: str
    others: list[tuple[Playbook, str]]


class _Active(NamedTuple):
    stamp: tuple[int, ...]
    by_key: dict[str, Playbook]
    bindings: list[Binding]
    choices: dict[Hashable, Choice]
    """What was chosen already. Denials differ in few of the facts that playbooks are bound to."""


_latest: _Active | None = None


@transaction.atomic
def load() -> int:
    """Brings the shipped playbooks in; one that a person edited stays as it is. Returns how many are shipped."""
    shipped = json.loads((codes.FOLDER / "playbooks.json").read_text(encoding="utf-8"))["playbooks"]
    known = Playbook.objects.select_for_update().in_bulk([row["key"] for row in shipped], field_name="key")
    for row in shipped:
        values = {name: row[name] for name in SHIPPED}
        playbook = known.get(row["key"])
        if playbook is None:
            Playbook.objects.create(key=row["key"], **values)
        elif not playbook.is_edited and any(getattr(playbook, name) != values[name] for name in SHIPPED):
            Playbook.objects.filter(pk=playbook.pk).update(**values, version=playbook.version + 1)
    return len(shipped)


def chosen_for(denial: Denial, stamp: tuple[int, ...] | None = None) -> Chosen | None:
    """The playbook of a denial whose payer, facility and claim payment are loaded; None when nothing is bound to it.

    `stamp` is `versions.last_changes(Playbook)`, for who has read it already.
    """
    active = _current(stamp)
    asked = asked_of(denial)
    if asked not in active.choices:
        make_room(active.choices)
        active.choices[asked] = choose(asked, active.bindings)
    choice = active.choices[asked]
    if choice.won is None:
        return None
    return Chosen(
        active.by_key[choice.won.playbook],
        choice.won.because,
        [(active.by_key[match.playbook], match.because) for match in choice.lost],
    )


def asked_of(denial: Denial) -> Asked:
    return Asked(
        carc=denial.primary_code,
        remarks=tuple(denial.remarks),
        group=denial.primary_group,
        category=denial.category,
        payer_kind=denial.payer.kind,
        service_line=denial.facility.service_line,
        status=denial.remitted_claim.status,
    )


def uncovered(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of these codes ("CARC", "197"), those that no playbook in use is bound to by name."""
    return domain.uncovered(found, _current().bindings)


def _current(stamp: tuple[int, ...] | None = None) -> _Active:
    """The playbooks in use, read again only after one was changed."""
    global _latest
    stamp = stamp or last_changes(Playbook)
    if _latest is None or _latest.stamp != stamp:
        rows = {row.key: row for row in Playbook.objects.filter(is_active=True)}
        for row in rows.values():
            row.kept_by = " ".join(map(str, [row.key, *stamp]))
        bindings = [
            Binding(row.key, {fact: tuple(values) for fact, values in wanted.items()})
            for row in rows.values()
            for wanted in row.bindings
            if not domain.check(wanted)
        ]
        _latest = _Active(stamp, rows, bindings, {})
    return _latest


def matching(text: str) -> list[Playbook]:
    """The playbooks in use in which each word stands, or that are bound to a code of that name."""
    rows = list(Playbook.objects.filter(is_active=True))
    words = text.casefold().split()
    return [row for row in rows if all(word in _searched(row) for word in words)]


def steps_in_words(playbook: Playbook) -> list[dict[str, Any]]:
    """Each step with who does it and by which business day."""
    names = team_names()
    return [
        {"text": row["text"], "sub": f"{called(row['team'], names)} · by business day {row['day']}"}
        for row in playbook.steps
    ]


def told(playbook: Playbook) -> list[str]:
    """Who should hear of it, so that it does not happen again."""
    names = team_names()
    return [called(key, names) for key in playbook.feedback]


def bound_to(playbook: Playbook) -> list[str]:
    """Each of its bindings as a sentence: "Reason code 16 or 31, and remark N382"."""
    sentences = (domain.described(wanted) for wanted in playbook.bindings)
    return [f"{sentence[:1].upper()}{sentence[1:]}" for sentence in sentences]


def team_names() -> dict[str, str]:
    return dict(Team.objects.values_list("key", "name"))


def called(team: str, names: dict[str, str]) -> str:
    """A team by its name; one that this site does not have, in plain words."""
    return names.get(team) or team.replace("_", " ").capitalize()


def _searched(row: Playbook) -> str:
    codes = [value for wanted in row.bindings for values in wanted.values() for value in values]
    steps = [step["text"] for step in row.steps]
    return " ".join([row.key, row.title, row.summary, *row.causes, *steps, *codes]).casefold()
