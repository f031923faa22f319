"""A claim with an open item is denied again: the same item goes into its next round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from denials.domain.parts import Result, unclear
from denials.domain.parts import parts_of as parts_in
from denials.models import Denial
from worklists.changes import write_each
from worklists.course import results_of
from worklists.denial_facts import modalities_of_each
from worklists.domain.evidence import Gathered
from worklists.domain.transitions import Status, target_of
from worklists.models import Activity, WorkItem
from worklists.permission import works_here
from worklists.ranking import RANKED, Ranker
from worklists.routing.router import Router, facts_about, freeze, values_of
from worklists.split import count_parts, parts_of, stand_for

FIELDS = [
    "denial", "round", "queue", "rule", "rule_version", "routed_because", "rule_set", "routed_on", "routed_facts",
    "status", "postponed_until", "postponed_because", "follow_up_on", "category", "reason", "denied_amount",
    "amount_at_risk", "deadline", "last_safe_on", *RANKED, "denied_on", "assignee", "evidence_state",
    "modalities", "provider",
]  # fmt: skip


NOTHING = Decimal(0)
FITS_SEVERAL = (
    "A denial of this claim came that fits several of its parts alike. It is counted once it is said for which."
)


@dataclass(slots=True)
class Again:
    """One open item with its denial until now, the one that came in for its claim, and what is written about it."""

    item: WorkItem
    was: Denial
    denial: Denial
    activity: Activity
    modalities: list[str]
    """Of the one that came in."""
    parts: Sequence[Denial]
    """What the item holds with it: more than one where the payer split the claim."""
    routed: Activity | None = None


def deny_again(pairs: Sequence[tuple[WorkItem, Denial]], router: Router) -> None:
    """Takes locked open items to their claims' new denials: amounts, deadline, reason and rank are those of now.

    What waits for the payer returns to its owner. Only items that nobody owns are routed again.
    """
    if not pairs:
        return
    course = results_of(item.claim_id for item, _ in pairs)
    current = Denial.objects.select_related("payer", "facility").in_bulk([item.denial_id for item, _ in pairs])
    ranker = Ranker.of([*current.values(), *(denial for _, denial in pairs)])
    imaged = modalities_of_each([denial for _, denial in pairs])
    parts = parts_of([item for item, _ in pairs], {item.pk: denial for item, denial in pairs})
    changed = []
    for item, denial in pairs:
        was = current[item.denial_id]
        again = Again(item, was, denial, _told(item, denial), imaged[denial.pk], parts[item.pk])
        _meet(again, course[item.claim_id], router)
        changed.append(again)
        ranker.rank(item, denial if item.denial_id == denial.pk else was)
    write_each([again.item for again in changed], FIELDS, [a for again in changed for a in _activities(again)])


def _told(item: WorkItem, denial: Denial) -> Activity:
    facts = {
        "denial": denial.pk,
        "remitted_claim": denial.remitted_claim_id,
        "denied_amount": str(denial.denied_amount),
        "amount_at_risk": str(denial.amount_at_risk),
    }
    return Activity(item=item, kind=Activity.Kind.DENIED_AGAIN, facts=facts)


def _activities(again: Again) -> Iterator[Activity]:
    yield again.activity
    if again.routed:
        yield again.routed


def _meet(again: Again, course: Sequence[Result], router: Router) -> None:
    held = {part.pk for part in again.parts}
    if again.denial.pk not in held:
        new = next(result for result in course if result.denial == again.denial.pk)
        if new.id not in unclear(course):
            again.activity.text = "An older result of this claim came in late. The item stays with the newer one."
            return
        again.activity.text = FITS_SEVERAL
        _come_back(again)
        return
    before = _answered_by(again, course)
    count_parts(again.item, again.parts)
    if again.was.pk not in held:
        _next_round(again, before, router)
    else:
        is_again = before is not None
        said = f"Another part of this claim is denied {'again' if is_again else 'too'}."
        again.activity.text = " ".join([said, *again.denial.because])
        _come_back(again)


def _answered_by(again: Again, course: Sequence[Result]) -> Decimal | None:
    """Dollars by which it pays more than the denial of the same part before it; None where it is a part's first one."""
    by_denial = {result.denial: result for result in course if result.denial}
    new = by_denial[again.denial.pk]
    part = next(part for part in parts_in(course) if any(result is new for result in part))
    earlier = [result for result in part if result.denial and result.order < new.order]
    return new.paid - earlier[-1].paid if earlier else None


def _next_round(again: Again, more: Decimal | None, router: Router) -> None:
    """`more`: dollars by which the new result pays more than the one before: what came of that round."""
    item, denial = again.item, again.denial
    again.activity.facts |= {
        "answered": item.denial_id,
        "action": item.resolution,
        "recovered": str(max(more or NOTHING, NOTHING)),
    }
    if item.assignee_id is not None:
        freeze(item, again.was)
    stand_for(item, denial, again.modalities)
    item.round += 1
    if item.evidence_state == Gathered.COMPLETE:
        item.evidence_state = Gathered.PARTLY.value  # another refusal may ask for something else
    again.activity.text = " ".join([f"Denied again, round {item.round}.", *denial.because])
    again.activity.facts["round"] = item.round
    _come_back(again)
    if item.assignee_id is None:
        _route_again(again, router)


def _come_back(again: Again) -> None:
    """Ends waiting for the payer, and a postponement that would outlast the new deadline."""
    item = again.item
    is_hidden = item.postponed_until and item.deadline and item.postponed_until > item.deadline
    if item.status == Status.WAITING:
        action = "return"
    elif item.status == Status.POSTPONED and is_hidden:
        action = "wake"
    else:
        return
    is_owned = works_here(item.assignee)
    target = target_of(action if is_owned else f"{action}_unowned", item.status)
    again.activity.status_from, again.activity.status_to = item.status, target.value
    item.status = target.value
    item.assignee = item.assignee if is_owned else None
    item.follow_up_on = None
    item.postponed_until, item.postponed_because = None, ""


def _route_again(again: Again, router: Router) -> None:
    item = again.item
    place = router.place(again.denial, item.round)
    if item.queue_id != place.queue_id or place.assignee_id:
        kind = Activity.Kind.ROUTED
        again.routed = Activity(item=item, kind=kind, text=place.because, facts=facts_about(place))
    for name, value in values_of(place).items():
        setattr(item, name, value)
