"""Fourth stage: what a remittance pays or takes back settles the work about its claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import timezone

from denials.domain.parts import Result, unclear
from denials.domain.parts import parts_of as parts_in
from denials.models import Claim, Denial, Remittance
from worklists import clock_steps, last_days, split
from worklists.changes import write, write_each
from worklists.closing import NOTHING_SETTLED, WON
from worklists.course import results_of
from worklists.denial_facts import modalities_of_each
from worklists.domain.settling import Episode, Judgement, Verdict, judge
from worklists.domain.transitions import Status, target_of
from worklists.models import Activity, Resolution, Settlement, WorkItem
from worklists.ranking import Ranker
from worklists.routing.router import freeze

BATCH = 500
DECIDES = "settlement"
"""Of an Activity: what the remittance makes of what was denied."""
DIFFERS = "differs"
"""Of an Activity: what was paid is not what people closed the item with."""
UNCLEAR = "unclear"
"""Of an Activity: a result of which nobody can tell by rule which part of the claim it is about."""
FIELDS = [
    "status", "assignee", "taken_at", "postponed_until", "postponed_because", "follow_up_on",
    "resolution", "settlement", "recovered_amount", "settled_by", "resolved_at", "resolved_by", *last_days.DATED,
    "denial", "category", "reason", "modalities", "provider", "denied_amount", "amount_at_risk", "denied_on",
    "routed_facts",
]  # fmt: skip


@dataclass(slots=True)
class Settling:
    """One item, what the remittance means for it, and what is written about it."""

    item: WorkItem
    judgement: Judgement
    has_open_item: bool
    """Whether the claim has an open item, this one or another."""
    trace: str
    activity: Activity
    parts: Sequence[Denial]
    """What the item holds after it: more than one where the payer split the claim."""


def settle(remittance: Remittance) -> bool:
    """Closes open work that the remittance pays, credits what it recovers, reopens what it takes back.

    Returns whether there is any work about its claims. Expects the caller's transaction; run again it changes nothing.
    What it decides stands as `settlement` in the facts of the Activity, so that appeals about it can be decided next.
    """
    claims = WorkItem.objects.filter(claim__remitted__remittance=remittance).order_by("claim")
    ids = list(claims.values_list("claim", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        _settle_claims(ids[start : start + BATCH], remittance)
    return bool(ids)


def _settle_claims(ids: list[int], remittance: Remittance) -> None:
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    by_claim = items_of(ids)
    course = results_of(ids)
    known, denied = noted(ids)
    judged = []
    for claim, items in by_claim.items():
        episodes = episodes_of(items, {result.id: result for result in course[claim]}, denied)
        has_open_item = any(item.status != Status.RESOLVED for item in items)
        for item, episode in zip(items, episodes, strict=True):
            judgement = judge(episode, course[claim], remittance.pk)
            if judgement.by and (item.pk, judgement.by.id) not in known:
                judged.append((item, judgement, has_open_item))
    parts = split.parts_of([item for item, *_ in judged])
    changed = [_apply(*each, parts[each[0].pk], remittance) for each in judged]
    _take_over_last_days(changed)
    write_each([settling.item for settling in changed], FIELDS, [settling.activity for settling in changed])
    for claim, items in by_claim.items():
        _tell_unclear(items, course[claim], remittance)


def _tell_unclear(items: Sequence[WorkItem], course: Sequence[Result], remittance: Remittance) -> None:
    """What fits several parts of the claim alike is counted for none until a person says for which."""
    fitting = _fitting(course)
    item = max(items, key=lambda each: (each.is_open, each.pk))
    for result in (each for each in course if each.id in fitting and each.remittance == remittance.pk):
        if item.activities.filter(facts__contains={UNCLEAR: result.id}).exists():
            continue
        numbers = " and ".join(part[-1].control_number or "one without a number" for part in fitting[result.id])
        did = f"paid {dollars(result.paid)}" if result.paid or not result.denial else "denied a part again"
        text = (
            f"Remittance {remittance.trace or remittance.pk} {did} under the payer's number"
            f" {result.control_number or '(none)'}, which fits its parts {numbers} alike: nothing of it was counted."
            " An exception asks which part it is about."
        )
        write([item], "note", Activity.Kind.NOTED, None, text=text, facts={UNCLEAR: result.id})


def _fitting(course: Sequence[Result]) -> dict[int, list[list[Result]]]:
    """The parts by each result that fits them alike, and by what came under its number since."""
    fitting = unclear(course)
    with_it = {
        each.id: fitting[one.id] for part in parts_in(course) for one in part if one.id in fitting for each in part
    }
    return with_it | fitting


def _take_over_last_days(changed: Iterable[Settling]) -> None:
    """Of what was closed and is open again."""
    reopened = {settling.item.pk: settling for settling in changed if settling.activity.status_from == Status.RESOLVED}
    for item, words in clock_steps.count_again([settling.item for settling in reopened.values()]).items():
        reopened[item].activity.text += f" {words}"


def items_of(claims: list[int]) -> dict[int, list[WorkItem]]:
    by_claim: dict[int, list[WorkItem]] = {}
    rows = WorkItem.objects.filter(claim__in=claims).select_related("denial", "assignee")
    for item in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        by_claim.setdefault(item.claim_id, []).append(item)
    return by_claim


def noted(claims: list[int]) -> tuple[set[tuple[int, int]], dict[int, list[int]]]:
    """Items and the results that settled them before; and by item the claim payments that denied, as they came in."""
    denied_by = (Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN)
    kinds = [Activity.Kind.SETTLED, Activity.Kind.TAKEN_BACK, Activity.Kind.PART_CHOSEN, *denied_by]
    rows = Activity.objects.filter(item__claim__in=claims, kind__in=kinds).order_by("pk")
    settled: set[tuple[int, int]] = set()
    denied: dict[int, list[int]] = {}
    for kind, item, result in rows.values_list("kind", "item", "facts__remitted_claim"):
        if kind in denied_by:
            denied.setdefault(item, []).append(result)
        else:
            settled.add((item, result))
    return settled, denied


def episodes_of(items: list[WorkItem], results: dict[int, Result], denied: dict[int, list[int]]) -> Iterable[Episode]:
    denials = [denied.get(item.pk, [item.denial.remitted_claim_id]) for item in items]
    ends = [results[following[0]] for _, following in pairwise(denials)] + [None]
    for item, own, end in zip(items, denials, ends, strict=True):
        yield Episode(
            is_open=item.status != Status.RESOLVED,
            is_won=item.settlement in WON,
            has_outcome=item.settlement != "" and item.settled_by_id is None,
            recovered=item.recovered_amount,
            denials=own,
            until=end,
        )


def _apply(
    item: WorkItem, judgement: Judgement, has_open_item: bool, parts: Sequence[Denial], remittance: Remittance
) -> Settling:
    by = judgement.by
    facts = {
        "remittance": remittance.pk,
        "trace": remittance.trace,
        "remitted_claim": by.id if by else None,
        "recovered_amount": str(judgement.amount),
    }
    activity = Activity(item=item, kind=Activity.Kind.SETTLED, facts=facts)
    trace = f"Remittance {remittance.trace or remittance.pk}"
    settling = Settling(item, judgement, has_open_item, trace, activity, parts)
    WHAT_TO_DO[judgement.verdict](settling)
    return settling


def _close(settling: Settling) -> None:
    item, amount = settling.item, settling.judgement.amount
    settling.activity.text = f"{settling.trace} paid {dollars(amount)} more and denies nothing now."
    _credit(settling, Settlement.OVERTURNED)
    if item.is_open:
        become(item, settling.activity, "settle")
        item.resolution = item.resolution or Resolution.REPROCESSED
        item.resolved_at, item.resolved_by = timezone.now(), None


def _pay_part(settling: Settling) -> None:
    """What waits for the payer goes on waiting: what was sent is about the rest too."""
    item, amount = settling.item, settling.judgement.amount
    if item.is_open:
        hold_parts(item, settling.parts)
    rest = dollars(sum((part.denied_amount for part in settling.parts), Decimal(0)))
    settling.activity.text = f"{settling.trace} paid {dollars(amount)} more; {rest} stays denied."
    _credit(settling, Settlement.PARTLY_OVERTURNED)


def hold_parts(item: WorkItem, parts: Sequence[Denial]) -> None:
    """The item holds what is denied still, and stands for the part with the first last day where its own was paid."""
    split.count_parts(item, parts)
    if item.denial_id not in {part.pk for part in parts}:
        freeze(item, item.denial)
        first = split.first_to_answer(parts)
        split.stand_for(item, first, modalities_of_each([first])[first.pk])
    Ranker.of(parts).rank(item, item.denial)


def _look_at(settling: Settling) -> None:
    settling.activity.text = (
        f"{settling.trace} denies nothing now, yet paid nothing more. Check what the patient or a contract owes."
    )


def _amend(settling: Settling) -> None:
    amount = settling.judgement.amount
    item = settling.item
    settling.activity.text = f"{settling.trace} changed what was recovered to {dollars(amount)}."
    if item.is_open:
        hold_parts(item, settling.parts)
        item.recovered_amount = amount  # what pays less now decides nothing about what stays denied, nor its letters
    else:
        _credit(settling, Settlement(item.settlement))


def _keep(settling: Settling) -> None:
    item, amount = settling.item, settling.judgement.amount
    is_denied = settling.judgement.is_denied
    settling.activity.facts[DECIDES] = Settlement.PARTLY_OVERTURNED if is_denied else Settlement.OVERTURNED
    paid = f"{settling.trace} paid {dollars(amount)} in all"
    if item.recovered_amount == amount:
        settling.activity.text = f"{paid}, as the item was closed with."
        return
    settling.activity.facts[DIFFERS] = True
    closed = f"{Settlement(item.settlement).label.lower()}, {dollars(item.recovered_amount or Decimal(0))} recovered"
    settling.activity.text = (
        f"{paid}. The item stays closed as people closed it: {closed}."
        " To count what was paid, reopen it and close it with that amount."
    )


def _take_back(settling: Settling) -> None:
    item, left = settling.item, settling.judgement.amount
    taken = (item.recovered_amount or Decimal(0)) - left
    settling.activity.kind = Activity.Kind.TAKEN_BACK
    settling.activity.text = f"{settling.trace} took back {dollars(taken)}."
    settling.activity.facts["taken_back"] = str(taken)
    won = {"settlement": Settlement.PARTLY_OVERTURNED, "recovered_amount": left} if left else {}
    if item.is_open:
        hold_parts(item, settling.parts)
        item.settlement, item.recovered_amount, item.settled_by_id = "", None, None
        return
    if settling.has_open_item:
        # The claim was denied again and has work; this item only must not claim the money any longer.
        lost = {"settlement": Settlement.UPHELD, "recovered_amount": Decimal(0)}
        _set(item, won or lost)
        return
    become(item, settling.activity, "take_back")
    hold_parts(item, settling.parts)
    _set(item, {**NOTHING_SETTLED, **won})
    item.assignee, item.taken_at = None, None


def _set(item: WorkItem, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(item, name, value)


def _credit(settling: Settling, settlement: Settlement) -> None:
    item, by = settling.item, settling.judgement.by
    item.settlement = settlement
    item.recovered_amount = settling.judgement.amount
    item.settled_by_id = by.id if by else None
    settling.activity.facts[DECIDES] = settlement


def become(item: WorkItem, activity: Activity, action: str) -> None:
    target = target_of(action, item.status)
    activity.status_from, activity.status_to = item.status, target.value
    item.status = target.value
    item.postponed_until, item.postponed_because, item.follow_up_on = None, "", None


def dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


WHAT_TO_DO = {
    Verdict.OVERTURNED: _close,
    Verdict.PARTLY: _pay_part,
    Verdict.UNPAID: _look_at,
    Verdict.AMENDED: _amend,
    Verdict.KEPT: _keep,
    Verdict.TAKEN_BACK: _take_back,
}
