"""How every verb changes work items: lock in id order, refuse row by row, write once, leave one Activity each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from worklists import overtaken
from worklists.domain import transitions
from worklists.domain.transitions import Status
from worklists.models import Activity, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.restored import only_adds, still_stand

Items = WorkItemQuerySet | Sequence[int]
Check = Callable[[WorkItem], str]
"""Answers why one locked item must be left alone, or "" when it may be changed."""

BATCH = 2000
NOT_SEEN = "This item does not exist, or is at another facility."


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item that was left as it was, and why, in words for the person who asked."""

    item_id: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did and what it refused, by item id, in id order."""

    done: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)
    """By item, in words, the parts that were closed together of a claim that its payer split."""

    def or_refuse(self) -> Done:
        """For a form about one item: a refusal becomes the answer (422) instead of a line in a list."""
        if self.refused and not self.done:
            raise Refused(self.refused[0].sentence)
        return self


def lock(items: Items, user: User | None) -> tuple[list[WorkItem], list[Refusal]]:
    """The rows locked in id order, so that two bulk changes cannot deadlock; ids nobody may see come back refused.

    `user` None is the pipeline, which sees every row.
    """
    ids = list(items.values_list("pk", flat=True)) if isinstance(items, WorkItemQuerySet) else list(items)
    rows = WorkItem.objects.filter(pk__in=ids) if user is None else WorkItem.objects.visible_to(user).filter(pk__in=ids)
    found = list(rows.select_related("assignee", "claim").select_for_update(of=("self",), no_key=True).order_by("pk"))
    missing = sorted(set(ids) - {row.pk for row in found})
    return found, [Refusal(pk, NOT_SEEN) for pk in missing]


def sort_out(rows: Iterable[WorkItem], action: str, *checks: Check) -> tuple[list[WorkItem], list[Refusal]]:
    """Parts the rows that `action` may be done to from those that it may not; the table of transitions asks first."""
    fit, refused = [], []
    for row in rows:
        sentence = next(filter(None, (check(row) for check in (_in_a_state_for(action), *checks))), "")
        if sentence:
            refused.append(Refusal(row.pk, sentence))
        else:
            fit.append(row)
    return fit, refused


def write(
    rows: Iterable[WorkItem],
    action: str,
    kind: Activity.Kind,
    actor: User | None,
    *,
    text: str = "",
    facts: Mapping[str, Any] | None = None,
    **values: Any,
) -> list[int]:
    """Gives the locked rows these values and the state that `action` leads to, with one Activity each."""
    target = transitions.ACTIONS[action].target
    now = timezone.now()
    remaining, done = iter(rows), []
    while batch := list(islice(remaining, BATCH)):
        ids = [row.pk for row in batch]
        WorkItem.objects.filter(pk__in=ids).update(
            **{**_left_behind(target), **_since(target, values, now), **values},
            version=F("version") + 1,
            updated_at=now,
        )
        Activity.objects.bulk_create(
            Activity(
                item=row,
                kind=kind,
                actor=actor,
                status_from=row.status if target else "",
                status_to=target.value if target else "",
                text=text,
                facts=dict(facts or {}),
            )
            for row in batch
        )
        if target is None and only_adds(kind, values):
            still_stand(ids)
        if target is Status.RESOLVED:
            overtaken.close_questions([row.pk for row in batch if row.status == Status.ASKING])
        done += ids
    return done


def write_each(items: Sequence[WorkItem], fields: Sequence[str], activities: Iterable[Activity]) -> None:
    """Saves locked items that each got values of their own, set-based, together with what is written about them."""
    now = timezone.now()
    for item in items:
        item.version += 1
        item.updated_at = now
    WorkItem.objects.bulk_update(items, [*fields, "version", "updated_at"], batch_size=500)
    Activity.objects.bulk_create(activities, batch_size=BATCH)
    overtaken.close_questions([item.pk for item in items if item.status == Status.RESOLVED])


def do_each(items: Items, verb: Callable[[int], object]) -> Done:
    """Does `verb`, which is about one item, to each in the order of ids; what it refuses stays as it was."""
    ids = list(items.values_list("pk", flat=True)) if isinstance(items, WorkItemQuerySet) else items
    done, refused = [], []
    for pk in sorted(ids):
        try:
            with transaction.atomic():
                verb(pk)
            done.append(pk)
        except Refused as answer:
            refused.append(Refusal(pk, answer.sentence))
    return Done(done, refused)


def must_be_current(rows: Sequence[WorkItem], user: User | None, expected_version: int | None) -> None:
    """Raises Conflict when the one item was changed after this form was shown, but not by this person's own evidence,
    which is gathered in a part of the same page.
    """
    if expected_version is None or len(rows) != 1 or rows[0].version == expected_version:
        return
    if _only_own_evidence_since(rows[0], user, expected_version):
        return
    latest = rows[0].activities.select_related("actor").first()
    who = str(latest.actor) if latest and latest.actor else "The system"
    what = f" ({latest.get_kind_display().lower()})" if latest else ""
    if latest and user and latest.actor_id == user.pk:
        who, what = "You", f" in another window{what}"
    raise Conflict(
        f"{who} changed this item after you opened it{what}. Nothing was overwritten: look at it again, then repeat."
    )


def _in_a_state_for(action: str) -> Check:
    def check(row: WorkItem) -> str:
        return "" if transitions.is_allowed(action, row.status) else transitions.refusal(action, row.status)

    return check


def _left_behind(target: Status | None) -> dict[str, Any]:
    """What a state takes with it when it ends: a date to come back on, a date to ask again, a day of taking."""
    if target is None:
        return {}
    values: dict[str, Any] = {"status": target.value}
    if target is not Status.POSTPONED:
        values |= {"postponed_until": None, "postponed_because": ""}
    if target is not Status.WAITING:
        values |= {"follow_up_on": None}
    if target is Status.NEW:
        values |= {"taken_at": None}
    return values


def _since(target: Status | None, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """From when on somebody has what changes hands in its state: from now, not from when the one before took it."""
    names = {"assignee", "assignee_id"} & values.keys()
    if target is not None or not names:
        return {}
    if all(values[name] is None for name in names):
        return {"taken_at": None}
    return {"taken_at": Case(When(status=Status.NEW.value, then=None), default=Value(now))}


def _only_own_evidence_since(item: WorkItem, user: User | None, version: int) -> bool:
    """Each change counts the version up by one and leaves one Activity; no evidence is written without that."""
    missed = item.version - version
    if user is None or missed < 0:
        return False
    latest = item.activities.values_list("kind", "actor")[:missed]
    return list(latest) == [(Activity.Kind.EVIDENCE, user.pk)] * missed
