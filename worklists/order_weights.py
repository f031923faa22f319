"""The weights of the order of work as people keep them: their form, what they mean in examples, and what they move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.governance import areas
from accounts.governance.areas import Touched
from accounts.governance.edits import afters, read, sending
from accounts.models import Change, User
from denials import jobs
from worklists import ranking
from worklists.domain.priority import Weights, Worth, days_earlier
from worklists.models import OrderWeights, WorkItem
from worklists.ranking import REORDER, as_weights, current_weights

AREA = "order_weights"
RECOUNTED = ("default_minutes", "default_chance", "prior_strength", "history_days", "thin_below")
"""Weights on which the figures of the groups rest; those are counted again."""


class OrderWeightsForm(forms.ModelForm[OrderWeights]):
    """One row of weights, in the words of the people who set them."""

    class Meta:
        model = OrderWeights
        fields = (
            "tau_days", "reference_per_minute", "lane_days", "no_deadline_days", "thin_share",
            "thin_below", "default_minutes", "default_chance", "prior_strength", "history_days",
        )  # fmt: skip
        labels = {
            "tau_days": "Days that value moves an item",
            "reference_per_minute": "Dollars a minute of an ordinary item",
            "lane_days": "Length of the deadline lane, in days",
            "no_deadline_days": "Days given where no deadline is known",
            "thin_share": "Share of Next for items of which little is known, in percent",
            "thin_below": "Decided outcomes below which little is known",
            "default_minutes": "Minutes assumed for an item",
            "default_chance": "Chance of payment assumed, in percent",
            "prior_strength": "Outcomes after which a group speaks for itself",
            "history_days": "Days of history that count",
        }
        help_texts = {
            "tau_days": "Higher lets money move an item further; lower keeps the order closer to the last safe days.",
            "reference_per_minute": "An item that brings this much stands on its last safe day itself.",
            "lane_days": "So many days before its last safe day an item comes before everything that has more time.",
            "no_deadline_days": "Counted from the payer's decision.",
            "thin_share": "Of what Next gives out beside the lane, so that more is learned. 0 switches it off.",
            "thin_below": "Of the same payer with the same codes.",
            "default_minutes": "Until your own timed work says otherwise.",
            "default_chance": "Until your own outcomes say otherwise.",
            "prior_strength": "With this many a group is believed as much as the wider one above it; with fewer, less.",
            "history_days": "Older outcomes are left out.",
        }

    ORDER = ("tau_days", "reference_per_minute", "lane_days", "no_deadline_days", "thin_share")

    @property
    def about_order(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ORDER]

    @property
    def about_learning(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.ORDER]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What some weights would do: in sentences, and to the open work of now."""

    sentences: list[str]
    earlier: int
    later: int
    lane_now: int
    lane_then: int


def load() -> None:
    """Keeps the shipped weights where a site has none yet."""
    if not OrderWeights.objects.exists():
        OrderWeights.objects.create()


def in_use() -> QuerySet[OrderWeights]:
    """The one row of weights."""
    return OrderWeights.objects.order_by("pk")[:1]


def asked(data: QueryDict, row: OrderWeights) -> OrderWeights | None:
    """The weights that somebody types, not saved; None while they make no sense."""
    form = OrderWeightsForm(data, instance=OrderWeights(pk=row.pk, version=row.version))
    return form.instance if form.is_valid() else None


def meaning_of(row: OrderWeights, user: User, today: date) -> Meaning:
    weights = as_weights(row)
    earlier, later = ranking.moves(weights)
    rows = WorkItem.objects.visible_to(user).open()
    return Meaning(
        sentences=list(sentences(weights)),
        earlier=earlier,
        later=later,
        lane_now=rows.filter(ranking.in_lane(today)).count(),
        lane_then=rows.filter(ranking.in_lane(today, weights.lane_days)).count(),
    )


def sentences(weights: Weights) -> Iterable[str]:
    """What the weights do, with the numbers worked out."""
    ordinary = weights.reference
    ten = days_earlier(ordinary * 10, weights)
    half = -days_earlier(ordinary / 2, weights)
    yield f"Ten times the value counts as due {ten:.0f} days earlier; half the value {half:.0f} days later."
    worth = Worth(0.6, Decimal("1200.00"), 15)
    days = days_earlier(worth.a_minute, weights)
    way = "before" if days >= 0 else "after"
    yield (
        f"A denial with a 60% chance of $1,200 in 15 minutes brings ${worth.a_minute:,.2f} a minute and counts as due"
        f" {abs(days):.0f} days {way} its last safe day."
    )
    yield f"What is within {weights.lane_days} days of its last safe day comes first, whatever it is worth."
    if weights.thin_share:
        every = 100 / weights.thin_share
        yield f"One of {every:.0f} items that Next gives out beside the lane is one of which little is known."
    else:
        yield "No item is given out just to learn about it."


def _proposed(change: Change) -> OrderWeights | None:
    row = OrderWeights.objects.filter(pk=change.object_id).first() if change.object_id else None
    if row is None:
        return None
    form = OrderWeightsForm(sending(OrderWeightsForm(None, instance=row), afters(read(change.edits))), instance=row)
    return form.instance if form.is_valid() else None


def touched_by_weights(change: Change, row: OrderWeights | None) -> Iterable[Touched]:
    """For the page of a change: how many open items it moves in the order, and into or out of the lane."""
    after = _proposed(change) if change.is_open else None
    if after is None:
        return
    weights, today, before = as_weights(after), timezone.localdate(), current_weights()
    earlier, later = ranking.moves(weights)
    yield Touched("Open items that count as due at least a day earlier", earlier)
    yield Touched("Open items that count as due at least a day later", later)
    rows = WorkItem.objects.open()
    yield Touched("Open items in the deadline lane now", rows.filter(ranking.in_lane(today)).count())
    yield Touched(
        "Open items in the deadline lane then", rows.filter(ranking.in_lane(today, weights.lane_days)).count()
    )
    if any(getattr(before, name) != getattr(after, name) for name in RECOUNTED):
        yield Touched("Open items whose expected value is counted again besides", rows.count())


def follow_weights(change: Change, row: Any) -> None:
    """They took effect, or were taken back: open work is ranked again in the background."""
    jobs.ask(REORDER, row.pk, change.author)


def listen() -> None:
    areas.touches(AREA, touched_by_weights)
    areas.after(AREA, follow_weights)
