"""Fourth stage: what a remittance pays or takes back settles the work about its claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone

from denials.models import Claim, Remittance
from worklists import clock_steps, last_days
from worklists.changes import write_each
from worklists.closing import NOTHING_SETTLED, WON
from worklists.course import results_of
from worklists.domain.episodes import Result
from worklists.domain.settling import Episode, Judgement, Verdict, judge
from worklists.domain.transitions import Status, target_of
from worklists.models import Activity, Resolution, Settlement, WorkItem

BATCH = 500
DECIDES = "settlement"
"""Of an Activity: what the remittance makes of what was denied."""
DIFFERS = "differs"
"""Of an Activity: what was paid is not what people closed the item with."""
FIELDS = [
    "status", "assignee", "taken_at", "postponed_until", "postponed_because", "follow_up_on",
    "resolution", "settlement", "recovered_amount", "settled_by", "resolved_at", "resolved_by", *last_days.DATED,
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
    by_claim = _items_of(ids)
    course = results_of(ids)
    known, firsts = _noted(ids)
    changed = []
    for claim, items in by_claim.items():
        episodes = _episodes(items, {result.id: result for result in course[claim]}, firsts)
        for item, episode in zip(items, episodes, strict=True):
            judgement = judge(episode, course[claim], remittance.pk)
            if judgement.by and (item.pk, judgement.by.id) not in known:
                has_open_item = any(other.status != Status.RESOLVED for other in items)
                changed.append(_apply(item, judgement, has_open_item, remittance))
    _take_over_last_days(changed)
    write_each([settling.item for settling in changed], FIELDS, [settling.activity for settling in changed])


def _take_over_last_days(changed: Iterable[Settling]) -> None:
    """Of what was closed and is open again."""
    reopened = {settling.item.pk: settling for settling in changed if settling.activity.status_from == Status.RESOLVED}
    for item, words in clock_steps.count_again([settling.item for settling in reopened.values()]).items():
        reopened[item].activity.text += f" {words}"


def _items_of(claims: list[int]) -> dict[int, list[WorkItem]]:
    by_claim: dict[int, list[WorkItem]] = {}
    rows = WorkItem.objects.filter(claim__in=claims).select_related("denial", "assignee")
    for item in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        by_claim.setdefault(item.claim_id, []).append(item)
    return by_claim


def _noted(claims: list[int]) -> tuple[set[tuple[int, int]], dict[int, int]]:
    """Items and the results that settled them before; and by item the claim payment whose denial opened it."""
    kinds = [Activity.Kind.SETTLED, Activity.Kind.TAKEN_BACK, Activity.Kind.OPENED]
    rows = Activity.objects.filter(item__claim__in=claims, kind__in=kinds)
    settled: set[tuple[int, int]] = set()
    opened: dict[int, int] = {}
    for kind, item, result in rows.values_list("kind", "item", "facts__remitted_claim"):
        if kind == Activity.Kind.OPENED:
            opened[item] = result
        else:
            settled.add((item, result))
    return settled, opened


def _episodes(items: list[WorkItem], results: dict[int, Result], firsts: dict[int, int]) -> Iterable[Episode]:
    starts = [results[firsts.get(item.pk, item.denial.remitted_claim_id)] for item in items]
    ends = [following for _, following in pairwise(starts)] + [None]
    for item, start, end in zip(items, starts, ends, strict=True):
        yield Episode(
            is_open=item.status != Status.RESOLVED,
            is_won=item.settlement in WON,
            has_outcome=item.settlement != "",
            recovered=item.recovered_amount,
            first=start,
            current=results[item.denial.remitted_claim_id],
            until=end,
        )


def _apply(item: WorkItem, judgement: Judgement, has_open_item: bool, remittance: Remittance) -> Settling:
    by = judgement.by
    facts = {
        "remittance": remittance.pk,
        "trace": remittance.trace,
        "remitted_claim": by.id if by else None,
        "recovered_amount": str(judgement.amount),
    }
    activity = Activity(item=item, kind=Activity.Kind.SETTLED, facts=facts)
    trace = f"Remittance {remittance.trace or remittance.pk}"
    settling = Settling(item, judgement, has_open_item, trace, activity)
    WHAT_TO_DO[judgement.verdict](settling)
    return settling


def _close(settling: Settling) -> None:
    item, amount = settling.item, settling.judgement.amount
    settling.activity.text = f"{settling.trace} paid {_dollars(amount)} more and denies nothing now."
    _credit(settling, Settlement.OVERTURNED)
    if item.is_open:
        _become(settling, "settle")
        item.resolution = item.resolution or Resolution.REPROCESSED
        item.resolved_at, item.resolved_by = timezone.now(), None


def _pay_part(settling: Settling) -> None:
    item, amount = settling.item, settling.judgement.amount
    rest = _dollars(item.denied_amount)
    settling.activity.text = f"{settling.trace} paid {_dollars(amount)} more; {rest} stays denied."
    _credit(settling, Settlement.PARTLY_OVERTURNED)


def _look_at(settling: Settling) -> None:
    settling.activity.text = (
        f"{settling.trace} denies nothing now, yet paid nothing more. Check what the patient or a contract owes."
    )


def _amend(settling: Settling) -> None:
    amount = settling.judgement.amount
    item = settling.item
    settling.activity.text = f"{settling.trace} changed what was recovered to {_dollars(amount)}."
    if item.is_open:
        item.recovered_amount = amount  # what pays less now decides nothing about what stays denied, nor its letters
    else:
        _credit(settling, Settlement(item.settlement))


def _keep(settling: Settling) -> None:
    item, amount = settling.item, settling.judgement.amount
    settling.activity.facts[DECIDES] = Settlement.OVERTURNED
    paid = f"{settling.trace} paid {_dollars(amount)} in all"
    if item.recovered_amount == amount:
        settling.activity.text = f"{paid}, as the item was closed with."
        return
    settling.activity.facts[DIFFERS] = True
    closed = f"{Settlement(item.settlement).label.lower()}, {_dollars(item.recovered_amount or Decimal(0))} recovered"
    settling.activity.text = (
        f"{paid}. The item stays closed as people closed it: {closed}."
        " To count what was paid, reopen it and close it with that amount."
    )


def _take_back(settling: Settling) -> None:
    item = settling.item
    settling.activity.kind = Activity.Kind.TAKEN_BACK
    settling.activity.text = f"{settling.trace} took back {_dollars(item.recovered_amount or Decimal(0))}."
    settling.activity.facts["taken_back"] = str(item.recovered_amount)
    if item.is_open:
        item.settlement, item.recovered_amount, item.settled_by_id = "", None, None
        return
    if settling.has_open_item:
        # The claim was denied again and has work; this item only must not claim the money any longer.
        item.settlement, item.recovered_amount = Settlement.UPHELD, Decimal(0)
        return
    _become(settling, "take_back")
    for name, value in NOTHING_SETTLED.items():
        setattr(item, name, value)
    item.assignee, item.taken_at = None, None


def _credit(settling: Settling, settlement: Settlement) -> None:
    item, by = settling.item, settling.judgement.by
    item.settlement = settlement
    item.recovered_amount = settling.judgement.amount
    item.settled_by_id = by.id if by else None
    settling.activity.facts[DECIDES] = settlement


def _become(settling: Settling, action: str) -> None:
    item = settling.item
    target = target_of(action, item.status)
    settling.activity.status_from, settling.activity.status_to = item.status, target.value
    item.status = target.value
    item.postponed_until, item.postponed_because, item.follow_up_on = None, "", None


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


WHAT_TO_DO = {
    Verdict.OVERTURNED: _close,
    Verdict.PARTLY: _pay_part,
    Verdict.UNPAID: _look_at,
    Verdict.AMENDED: _amend,
    Verdict.KEPT: _keep,
    Verdict.TAKEN_BACK: _take_back,
}
