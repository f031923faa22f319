"""Asks the routing rules where denials go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from denials.models import Denial
from worklists.assignment.specialists import Specialists
from worklists.domain import frozen
from worklists.domain.routing import Facts, Routed, Rule, RuleBook
from worklists.models import Queue, WorkItem
from worklists.models.queues import UNROUTED
from worklists.routing import rule_sets
from worklists.routing.payment_facts import EVERYTHING, Said, said_about

LONGEST = WorkItem._meta.get_field("routed_because").max_length or 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where one denial goes: exactly one queue, by which rule of which version and numbered list, when and why."""

    queue_id: int
    rule_id: int | None
    rule_version: int | None
    because: str
    rule_set_id: int
    on: date
    assignee_id: int | None = None
    """The payer's specialist, where the rule prefers one who can take it."""


@dataclass(slots=True)
class Router:
    """The rules and queues as they stood when it was made; make one for each batch."""

    book: RuleBook
    rule_set_id: int
    on: date
    queue_ids: dict[str, int] = field(default_factory=dict)
    said: dict[int, Said] = field(default_factory=dict)
    """By denial what its claim payment says beyond the conclusion; `look_up` fills it for many at once."""

    specialists: Specialists = field(default_factory=Specialists)

    @classmethod
    def current(cls) -> Router:
        queues = dict(Queue.objects.values_list("key", "pk"))
        if UNROUTED not in queues:
            unrouted, _ = Queue.objects.get_or_create(key=UNROUTED, defaults={"name": "Unrouted"})
            queues[UNROUTED] = unrouted.pk
        rule_set, rules = rule_sets.in_force()
        router = cls(RuleBook(rules), rule_set.pk, timezone.localdate(), queues)
        if router.prefers_specialists:
            router.specialists = Specialists.current(router.on)
        return router

    @property
    def prefers_specialists(self) -> bool:
        return any(rule.prefers_specialist for rule in self.book.rules)

    def look_up(self, denials: Sequence[Denial]) -> None:
        """Reads what the rules ask about these denials and their claim payments in a few queries."""
        self.said |= said_about(denials, self.book.asks)

    def place(self, denial: Denial, round: int = 1) -> Place:
        said = self.said.get(denial.pk) or said_about([denial], self.book.asks)[denial.pk]
        facts = facts_of(denial, on=self.on, round=round, said=said)
        return self.place_by(facts, denial.payer_id, denial.facility_id)

    def place_by(self, facts: Facts, payer_id: int, facility_id: int) -> Place:
        """The place of what these facts are about; they have to hold what the rules ask, and may leave out the rest."""
        return self.prefer(self.book.route(facts), payer_id, facility_id)

    def prefer(self, routed: Routed, payer_id: int, facility_id: int) -> Place:
        """Settles it, and names the payer's specialist where the rule prefers one."""
        place = self.settle(routed)
        if routed.rule is None or not routed.rule.prefers_specialist:
            return place
        chosen = self.specialists.choose(payer_id, facility_id, place.queue_id)
        because = f"{_cut(routed.because, LONGEST - len(chosen.because) - 1)} {chosen.because}"
        return replace(place, assignee_id=chosen.person_id, because=_cut(because, LONGEST))

    def queue_for(self, rule: Rule | None) -> int:
        return self.queue_ids[rule.queue_key if rule else UNROUTED]

    def settle(self, routed: Routed) -> Place:
        """The queue's row for its key; `because` no longer than its column."""
        because = _cut(routed.because, LONGEST)
        rule = routed.rule
        return Place(
            self.queue_ids[routed.queue_key],
            rule.id if rule else None,
            rule.version if rule else None,
            because,
            self.rule_set_id,
            self.on,
        )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: max(longest - 1, 0)]}…"


def facts_of(denial: Denial, *, on: date, round: int = 1, said: Said | None = None) -> Facts:
    """What rules may ask about a denial on a day. Expects payer and facility to be loaded with it.

    `round` counts the denials of its claim. `said` is read unless it is given: give it for many (`said_about`).
    """
    if said is None:
        said = said_about([denial], EVERYTHING)[denial.pk]
    return Facts(
        owner_team=denial.owner_team,
        category=denial.category,
        denial_type=denial.denial_type,
        outcome=denial.outcome,
        resolution=denial.resolution,
        group=denial.primary_group,
        carc=denial.primary_code,
        remarks=tuple(denial.remarks),
        codes=(*said.codes, *denial.remarks),
        exceptions=tuple(denial.exceptions),
        evidence=tuple(denial.evidence),
        payer_key=denial.payer.key,
        payer_kind=denial.payer_kind,
        product=denial.product,
        facility_npi=denial.facility.npi,
        service_line=denial.facility.service_line,
        rendering_npi=said.rendering_npi,
        procedures=said.procedures,
        modifiers=said.modifiers,
        amount_at_risk=denial.amount_at_risk,
        days_left=(denial.deadline - on).days if denial.deadline else None,
        age_days=(on - denial.decided_on).days if denial.decided_on else None,
        round=round,
    )


def values_of(place: Place) -> dict[str, Any]:
    """The columns of a work item that nobody owns which say where it is, why, and whom it is given to."""
    return {
        "queue_id": place.queue_id,
        "rule_id": place.rule_id,
        "rule_version": place.rule_version,
        "routed_because": place.because,
        "rule_set_id": place.rule_set_id,
        "routed_on": place.on,
        "routed_facts": None,
        "assignee_id": place.assignee_id,
    }


def facts_about(place: Place) -> dict[str, Any]:
    """What the activity of a routing says besides its words."""
    return {
        "queue": place.queue_id,
        "rule": place.rule_id,
        "rule_version": place.rule_version,
        "rule_set": place.rule_set_id,
        "on": place.on.isoformat(),
        **({"to": place.assignee_id} if place.assignee_id else {}),
    }


def freeze(item: WorkItem, denial: Denial) -> None:
    """Keeps what the rules were asked about: the item stays where it is, while its denial comes to say otherwise."""
    kept = item.routed_facts or {}
    if item.rule_set_id is not None and item.routed_on is not None and not frozen.is_whole(kept):
        item.routed_facts = frozen.kept(facts_of(denial, on=item.routed_on, round=item.round)) | kept
