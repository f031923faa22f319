"""A corrected or new claim went out for some parts of a claim that the payer split; the item stays with the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials.models import Denial
from worklists import clock_steps, last_days, split
from worklists.changes import Done, Items, lock, must_be_current, sort_out, write
from worklists.denial_facts import modalities_of_each, reason_of
from worklists.models import Activity, Contact, Resolution, WorkItem
from worklists.permission import free_or_own, must_work
from worklists.ranking import Ranker
from worklists.routing.router import freeze
from worklists.wording import day, not_too_long

REFUSED_PART = "part_refused"
"""The action, as `worklists.item_actions` names it."""
REFUSED = "refused"
"""Of an Activity: by part the day on which the claim had gone out that the payer refused."""
STANDS_FOR = ("denial", "category", "reason", "modalities", "provider", "denied_on", "routed_facts", *last_days.DATED)


@dataclass(frozen=True, slots=True)
class Held:
    """What an item holds of a claim that the payer split, in words."""

    offered: Sequence[tuple[int, str]] = ()
    """The parts of which one may be named; none where no more than one is to be answered."""
    sent: Sequence[tuple[int, str]] = ()
    """Those whose claim went out again, beside one that is to be answered."""

    @property
    def with_payer(self) -> str:
        return ", ".join(words for _, words in self.sent)


def held_by(item: WorkItem) -> Held:
    if not split.holds_more(item):
        return Held()
    parts = split.parts_of([item])[item.pk]
    sent, to_answer = split.sent_again(parts), split.to_answer(parts)
    beside = [part for part in parts if part not in to_answer]
    offered = [(part.pk, _offer(part)) for part in to_answer] if len(to_answer) > 1 else []
    return Held(offered, [(part.pk, split.in_words([part], sent)) for part in beside])


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


@transaction.atomic
def refused(
    items: Items,
    user: User,
    *,
    parts: Collection[int],
    on: date,
    channel: str,
    reference: str,
    spoke_to: str = "",
    text: str = "",
    expected_version: int | None = None,
) -> Done:
    """The payer said, and no remittance tells, that it refuses what went out again for these parts: their days run on
    as if nothing had gone out.
    """
    must_work(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, left = sort_out(rows, "resolve", free_or_own(user))
    done: list[int] = []
    for row in fit:
        held = split.parts_of([row])[row.pk]
        sent = split.sent_again(held)
        meant = [part for part in held if part.pk in parts and part.pk in sent]
        if not meant or len(meant) != len(set(parts)):
            raise Refused("Nothing was changed: the parts of this claim are other ones by now. Look at the item again.")
        if on < max(sent[part.pk] for part in meant):
            raise Refused("Nothing was changed: the payer cannot have refused it before the day on which it went out.")
        clock_steps.parts_not_sent(meant)
        moved = last_days.catch_up([row]).get(row.pk, "")
        named = ", ".join(split.called(part) for part in meant)
        facts = {
            "channel": channel,
            "contact": {"reference": reference} | ({"spoke_to": spoke_to} if spoke_to else {}),
            REFUSED: {str(part.pk): sent[part.pk].isoformat() for part in meant},
        }
        told = " ".join(
            filter(None, [f"On {day(on)} the payer refused what went out again for {named}.", text.strip(), moved])
        )
        values = {name: getattr(row, name) for name in last_days.DATED}
        done += write([row], "note", Activity.Kind.NOTED, user, text=told, facts=facts, **values)
        outcome = f"Refused what went out again for {named}."
        Contact.objects.create(
            item=row, channel=channel, reference=reference, spoke_to=spoke_to, outcome=outcome[:300], by=user
        )
    return Done(sorted(done), missing + left)


def not_refused(items: Sequence[WorkItem], user: User) -> None:
    """For locked items as they were before: the payer still has what it was said to have refused."""
    for item in items:
        told = item.activities.filter(facts__has_key=REFUSED).order_by("-pk").first()
        days = told.facts[REFUSED] if told else {}
        for part in split.parts_of([item])[item.pk]:
            if str(part.pk) in days:
                clock_steps.parts_sent([part], date.fromisoformat(days[str(part.pk)]))
    last_days.save(items, last_days.catch_up(items), user)


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
