"""A corrected or new claim went out for some parts of a claim that the payer split; the item stays with the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials.models import Denial
from worklists import clock_steps, last_days, split
from worklists.changes import Done, Items, lock, must_be_current, sort_out, write
from worklists.denial_facts import modalities_of_each, reason_of
from worklists.models import Activity, Resolution, WorkItem
from worklists.permission import free_or_own, must_work
from worklists.ranking import Ranker
from worklists.routing.router import freeze
from worklists.wording import day, not_too_long

STANDS_FOR = ("denial", "category", "reason", "modalities", "provider", "denied_on", "routed_facts", *last_days.DATED)


@dataclass(frozen=True, slots=True)
class Held:
    """What an item holds of a claim that the payer split, in words."""

    offered: Sequence[tuple[int, str]] = ()
    """The parts of which one may be named; none where no more than one is to be answered."""
    with_payer: str = ""
    """Those whose claim went out again, beside one that is to be answered."""


def held_by(item: WorkItem) -> Held:
    if not split.holds_more(item):
        return Held()
    parts = split.parts_of([item])[item.pk]
    sent, to_answer = split.sent_again(parts), split.to_answer(parts)
    beside = [part for part in parts if part not in to_answer]
    offered = [(part.pk, _offer(part)) for part in to_answer] if len(to_answer) > 1 else []
    return Held(offered, split.in_words(beside, sent))


@transaction.atomic
def send(
    items: Items,
    user: User,
    *,
    parts: Collection[int],
    resolution: str,
    root_cause: str = "",
    preventable: bool | None = None,
    text: str = "",
    expected_version: int | None = None,
) -> Done:
    """The days of these parts end with it, those of the others run on, and the item stands for one of them."""
    must_work(user)
    not_too_long(root_cause)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "resolve", free_or_own(user))
    done: list[int] = []
    for row in fit:
        known = split.to_answer(split.parts_of([row])[row.pk])
        sent = [part for part in known if part.pk in parts]
        rest = [part for part in known if part.pk not in parts]
        if not sent or not rest:
            raise Refused("Nothing was changed: the parts of this claim are other ones by now. Look at the item again.")
        clock_steps.parts_sent(sent, timezone.localdate())
        said = " ".join(filter(None, [_told(resolution, sent, rest), root_cause, text]))
        values: dict[str, Any] = {"resolution": resolution, "root_cause": root_cause, "preventable": preventable}
        facts = {"route": resolution, "parts": [part.pk for part in sent]}
        values |= _with_the_rest(row, rest)
        done += write([row], "note", Activity.Kind.SENT, user, text=said, facts=facts, **values)
    return Done(sorted(done), missing + refused)


def take_back(items: Sequence[WorkItem], parts: Collection[int], user: User) -> None:
    """For locked items as they were before: nothing went out for these parts after all."""
    held = [part for each in split.parts_of(items).values() for part in each if part.pk in parts]
    clock_steps.parts_not_sent(held)
    last_days.save(items, last_days.catch_up(items), user)


def _with_the_rest(row: WorkItem, rest: Sequence[Denial]) -> dict[str, Any]:
    """What the item says of itself, where the part that it stood for is among those sent."""
    row.refresh_from_db(fields=["routed_facts"])
    if row.denial_id not in {part.pk for part in rest}:
        freeze(row, row.denial)
        first = split.first_to_answer(rest)
        split.stand_for(row, first, modalities_of_each([first])[first.pk])
    row.deadline, row.last_safe_on = split.first_of(rest)
    Ranker.of([row.denial]).rank(row, row.denial)
    return {name: getattr(row, name) for name in STANDS_FOR}


def _told(resolution: str, sent: Sequence[Denial], rest: Sequence[Denial]) -> str:
    went = ", ".join(split.called(part) for part in sent)
    stays = "; ".join(f"{split.called(part)}{_until(part)}" for part in rest)
    return f"{Resolution(resolution).label} for {went}. Still to be worked: {stays}."


def _offer(part: Denial) -> str:
    return f"{split.called(part)}, {reason_of(part)}{_until(part)}"


def _until(part: Denial) -> str:
    return f", to be answered by {day(part.deadline)}" if part.deadline else ""
