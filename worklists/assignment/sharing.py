"""What a reassignment would do, before anybody says yes: who gets what, and what is refused and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import F

from accounts.models import User
from worklists.assignment import effort
from worklists.assignment.absent import away_on
from worklists.assignment.effort import Capacity
from worklists.changes import Refusal
from worklists.domain import skills, transitions
from worklists.domain.splitting import Piece, Receiver, by_capacity, evenly, fitting
from worklists.domain.transitions import DEADLINE_RUNS, Status
from worklists.models import Queue
from worklists.models.items import WorkItemQuerySet
from worklists.wording import day

WEEK = timedelta(days=7)


class How(StrEnum):
    """Ways to give items away."""

    ONE = "one"
    EVENLY = "evenly"
    CAPACITY = "capacity"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the plan reads of one item. `needs` are the skills that its queue asks for, as written."""

    pk: int
    status: str
    facility: int
    owner: int | None
    amount: Decimal
    deadline: date | None
    last_safe: date | None
    minutes: int
    needs: tuple[str, ...]
    queue: str

    def is_due_by(self, last: date) -> bool:
        day = self.last_safe or self.deadline
        return day is not None and day <= last and self.status in DEADLINE_RUNS


@dataclass(frozen=True, slots=True)
class Share:
    """What one receiver gets; `who` None: their queues. `kept` are dealt to the person who has them already."""

    who: User | None
    items: list[int]
    dollars: Decimal
    due_this_week: int
    kept: int = 0
    days_before: Decimal | None = None
    days_after: Decimal | None = None
    warnings: tuple[str, ...] = ()
    able: int = 0
    asked: int = 0
    """How many of all these items the person's facilities and skills allow."""

    @classmethod
    def of(cls, who: User | None, items: list[int]) -> Share:
        """Without figures, for what nobody looks at before."""
        return cls(who, items, Decimal("0.00"), 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get which items."""

    how: How
    shares: list[Share]
    refused: list[Refusal]

    @property
    def count(self) -> int:
        return sum(len(share.items) for share in self.shares)

    @property
    def asked(self) -> int:
        return self.count + len(self.refused) + sum(share.kept for share in self.shares)

    @property
    def fingerprint(self) -> str:
        """Changes whenever somebody would get another item than before."""
        told = [(share.who.pk if share.who else 0, share.items) for share in self.shares]
        return hashlib.sha256(repr((self.how.value, told)).encode()).hexdigest()[:32]


def plan(items: WorkItemQuerySet, user: User, how: How, receivers: Sequence[User], today: date) -> Plan:
    """Shares out what `user` may give away of `items`, the most pressing first.

    `receivers` come with their facilities. A split respects facilities and skills; one chosen person is given what
    they may see, with a warning about skills.
    """
    fit, refused = _sort_out(candidates(items), user, how, receivers)
    if how is How.QUEUE:
        return Plan(how, [_share(None, fit, 0, today)] if fit else [], refused)
    people = effort.capacities(receivers, without=[row.pk for row in fit])
    share = by_capacity if how is How.CAPACITY else evenly
    hands = [_receiver(person) for person in people]
    pieces = [_piece(row, how) for row in fit]
    split = share(pieces, hands)
    able = fitting(pieces, hands)
    rows = {row.pk: row for row in fit}
    refused += [Refusal(pk, _why_left(rows[pk], people, hands)) for pk in split.left]
    away = away_on(today)
    shares = []
    for person in people:
        dealt = [rows[pk] for pk in split.given.get(person.user.pk, [])]
        share_of = _to_person(person, dealt, today, away.get(person.user.pk))
        shares.append(replace(share_of, able=able[person.user.pk], asked=len(fit)))
    return Plan(how, shares, sorted(refused, key=lambda refusal: refusal.item_id))


def rest_to_queues(made: Plan, items: WorkItemQuerySet, today: date) -> Plan:
    """The same plan, in which what none of the receivers may have goes back to its queue."""
    rest = candidates(items.filter(pk__in=[refusal.item_id for refusal in made.refused]))
    return Plan(made.how, [*made.shares, _share(None, rest, 0, today)], []) if rest else made


def candidates(items: WorkItemQuerySet) -> list[Candidate]:
    """The items in the order of their urgency, in two queries however many there are."""
    queues = {queue.pk: queue for queue in Queue.objects.all()}
    rows: Iterable[dict[str, Any]] = items.order_by("rank_key", "pk").values(
        "pk",
        "status",
        "facility",
        "deadline",
        owner=F("assignee"),
        amount=F("amount_at_risk"),
        last_safe=F("last_safe_on"),
        minutes=effort.minutes(),
        home=F("queue"),
    )
    found = []
    for row in rows:
        queue = queues[row.pop("home")]
        found.append(Candidate(needs=tuple(queue.skills), queue=str(queue), **row))
    return found


def _sort_out(
    rows: list[Candidate], user: User, how: How, receivers: Sequence[User]
) -> tuple[list[Candidate], list[Refusal]]:
    only = receivers[0] if how is How.ONE else None
    names = {person.pk: str(person) for person in User.objects.filter(pk__in={row.owner for row in rows})}
    fit, refused = [], []
    for row in rows:
        sentence = _not_given(row, user, how, only, names)
        if sentence:
            refused.append(Refusal(row.pk, sentence))
        else:
            fit.append(row)
    return fit, refused


def _not_given(row: Candidate, user: User, how: How, only: User | None, names: dict[int, str]) -> str:
    if not transitions.is_allowed("hand_over", row.status):
        return transitions.refusal("hand_over", row.status)
    if row.owner is not None and row.owner != user.pk and not user.may_manage:
        return f"{names[row.owner]} has this item: ask them or a manager to hand it over."
    if how is How.QUEUE and row.owner is None:
        return "Nobody has this item."
    return f"{only} has this item already." if only and row.owner == only.pk else ""


def _piece(row: Candidate, how: How) -> Piece:
    return Piece(row.pk, row.facility, row.minutes, frozenset() if how is How.ONE else skills.known(row.needs))


def _receiver(person: Capacity) -> Receiver:
    places = None if person.user.all_facilities else frozenset(place.pk for place in person.user.facilities.all())
    return Receiver(person.user.pk, person.a_day, person.held, places, skills.known(person.skills))


def _why_left(row: Candidate, people: list[Capacity], hands: list[Receiver]) -> str:
    seeing = [hand for hand in hands if hand.facilities is None or row.facility in hand.facilities]
    if not seeing:
        who = f"{people[0].user} does not work" if len(people) == 1 else "None of those chosen works"
        return f"{who} for this item's facility."
    if any(skills.known(row.needs) <= hand.skills for hand in seeing):
        return "Whoever could have it works no minutes a day."
    return f"Nobody of those chosen has the skills that {row.queue} asks for: {', '.join(row.needs)}."


def _share(who: User | None, rows: list[Candidate], kept: int, today: date) -> Share:
    dollars = sum((row.amount for row in rows), Decimal("0.00"))
    return Share(who, [row.pk for row in rows], dollars, sum(row.is_due_by(today + WEEK) for row in rows), kept)


def _to_person(person: Capacity, dealt: list[Candidate], today: date, away_until: date | None) -> Share:
    moved = [row for row in dealt if row.owner != person.user.pk]
    share = _share(person.user, moved, len(dealt) - len(moved), today)
    before = person.held + sum(row.minutes for row in dealt if row.owner == person.user.pk)
    after = person.held + sum(row.minutes for row in dealt)
    return Share(
        who=share.who,
        items=share.items,
        dollars=share.dollars,
        due_this_week=share.due_this_week,
        kept=share.kept,
        days_before=person.days(before),
        days_after=person.days(after),
        warnings=tuple(_warnings(person, dealt, away_until)) if moved else (),
    )


def _warnings(person: Capacity, dealt: list[Candidate], away_until: date | None) -> list[str]:
    told = []
    if away_until is not None:
        told.append(f"Away until {day(away_until)}.")
    taken = person.taken + sum(row.status == Status.TAKEN for row in dealt)
    if person.most_taken is not None and taken > person.most_taken:
        told.append(f"{taken:,} in work at once, more than the {person.most_taken:,} of the work profile.")
    lacking = [row for row in dealt if skills.missing(row.needs, person.skills)]
    if lacking:
        told.append(f"{len(lacking):,} ask for skills that the work profile does not name.")
    return told
