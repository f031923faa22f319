"""Why an item stands where it stands in the order, in words and numbers that a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from denials.models import Payer
from worklists.domain.chances import BETWEEN, LEVELS, path
from worklists.domain.priority import Weights, Worth, days_earlier, in_lane
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Experience, OrderWeights, Resolution, WorkItem
from worklists.ranking import as_weights, facts_of
from worklists.wording import day

AGES = {"young": "denied within 45 days", "middle": "denied after 45 to 120 days", "old": "denied after 120 days"}


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about one group of denials."""

    group: str
    decided: int
    paid: int
    timed: int

    @property
    def rate(self) -> float | None:
        return self.paid / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class ItemOrder:
    """The parts of one item's place, and where each comes from."""

    chance: float
    decided: Source | None
    """The narrowest group with decided outcomes."""
    expected: Decimal
    minutes: float
    timed: Source | None
    a_minute: float
    counts_as: date
    shift: str
    """How the value moves the day."""
    lane: str
    """Why it is in the deadline lane; empty outside."""
    is_thin: bool
    thin_below: int
    sources: list[Source]


def known_about(item: WorkItem) -> QuerySet[Experience]:
    """What is known about the groups of the item's denial. Expects the denial and the claim to be loaded with it."""
    return Experience.objects.filter(key__in=_groups_of(item))


def order_of(item: WorkItem, today: date, row: OrderWeights, known: Iterable[Experience]) -> ItemOrder | None:
    """None for an item that asks for no work now. `known` is `known_about` it."""
    if item.status not in DEADLINE_RUNS:
        return None
    weights, by_key = as_weights(row), {each.key: each for each in known}
    sources = [_source(by_key[key], item.payer) for key in _groups_of(item) if key in by_key]
    worth = Worth(item.chance, item.expected_amount, item.expected_minutes)
    return ItemOrder(
        chance=item.chance,
        decided=next((each for each in reversed(sources) if each.decided), None),
        expected=item.expected_amount,
        minutes=item.expected_minutes,
        timed=next((each for each in reversed(sources) if each.timed), None),
        a_minute=worth.a_minute,
        counts_as=date.fromordinal(max(1, int(item.rank_key))),
        shift=_shift(item, worth, weights),
        lane=_lane(item, today, weights),
        is_thin=item.is_thin,
        thin_below=weights.thin_below,
        sources=sources[::-1],
    )


def _groups_of(item: WorkItem) -> list[str]:
    """From the widest to the narrowest."""
    return path(facts_of(item.denial, item.claim.service_from))


def _source(row: Experience, payer: Payer) -> Source:
    return Source(group_in_words(row.key.split(BETWEEN), str(payer)), row.decided, row.paid, row.timed)


def group_in_words(parts: Sequence[str], payer: str) -> str:
    """`Blue Cross, CO-197 with N54, appealed` for the keys of a path of groups."""
    named = dict(zip(LEVELS, parts, strict=False))
    if "category" not in named:
        return "all denials"
    if "code" not in named:
        return named["category"].replace("_", " ") or "no category"
    code = named["code"] or "no reason code"
    if "codes" in named:
        code += f" with {named['codes']}" if named["codes"] else " without a remark"
    words = [code] if "payer" not in named else [payer, code]
    if action := named.get("action"):
        words.append(Resolution(action).label.lower() if action in Resolution.values else action.replace("_", " "))
    if age := named.get("age"):
        words.append(AGES[age])
    return ", ".join(words)


def _shift(item: WorkItem, worth: Worth, weights: Weights) -> str:
    days = round(days_earlier(worth.a_minute, weights))
    start = f"its last safe day, {day(item.last_safe_on)}" if item.last_safe_on else "the day without a deadline"
    if days == 0:
        return f"as {start}"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'before' if days > 0 else 'after'} {start}"


def _lane(item: WorkItem, today: date, weights: Weights) -> str:
    if not in_lane(item.last_safe_on, item.deadline, today, weights):
        return ""
    assert item.last_safe_on is not None
    left = (item.last_safe_on - today).days
    if left < 0:
        return f"its last safe day was {day(item.last_safe_on)}; it can still arrive in time by the quickest way"
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return f"its last safe day is {when}"
