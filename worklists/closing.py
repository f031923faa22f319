"""Resolve an item with its outcome, and reopen it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials.models import Claim, Denial
from worklists import clock_steps, last_days, split
from worklists.changes import Check, Done, Items, lock, must_be_current, sort_out, write
from worklists.models import Activity, Resolution, Settlement, WorkItem
from worklists.permission import free_or_own, must_work, works_here
from worklists.wording import not_too_long, reason_for

WON = (Settlement.OVERTURNED, Settlement.PARTLY_OVERTURNED)
ALL_PARTS = "Closed with all parts of the claim, which the payer split: {}."
STILL_WITH_PAYER = (
    "The payer has a part of this split claim again and has not answered: resolve the item by itself, where that part"
    " is named."
)
NOTHING_SETTLED: dict[str, Any] = {
    "resolution": "",
    "settlement": "",
    "recovered_amount": None,
    "settled_by_id": None,
    "resolved_at": None,
    "resolved_by": None,
}


@transaction.atomic
def resolve(
    items: Items,
    user: User | None,
    *,
    resolution: str,
    settlement: str = "",
    root_cause: str = "",
    recovered_amount: Decimal | None = None,
    preventable: bool | None = None,
    text: str = "",
    leaves_sent: bool = False,
    expected_version: int | None = None,
) -> Done:
    """Closes items with what was done (`Resolution`) and what came of it (`Settlement`, dollars recovered).

    What a remittance paid of an item stays recovered where no amount is said. `user` None is the pipeline. Where
    `leaves_sent`, an item stays open while the payer has a part of its claim again. Raises Refused when the values
    contradict each other.
    """
    if user is not None:
        must_work(user)
    _must_make_sense(resolution, settlement, recovered_amount)
    not_too_long(root_cause)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    held = split.several(rows)
    sent = split.sent_again([part for parts in held.values() for part in parts])
    checks: list[Check] = [_not_above_charge(recovered_amount, alone=len(rows) == 1)]
    if leaves_sent:
        checks.append(_none_with_payer(held, sent))
    fit, refused = sort_out(rows, "resolve", *checks, *([free_or_own(user)] if user else []))
    told = {row.pk: split.in_words(held[row.pk], sent) for row in fit if row.pk in held}
    done: list[int] = []
    for (outcome, amount, settled_by, parts), closed in _by_what_they_get(
        fit, settlement, recovered_amount, told
    ).items():
        done += write(
            closed,
            "resolve",
            Activity.Kind.RESOLVED,
            user,
            text=" ".join(filter(None, [text or root_cause, ALL_PARTS.format(parts) if parts else ""])),
            facts={
                "resolution": resolution,
                "settlement": outcome,
                "recovered_amount": None if amount is None else str(amount),
                "preventable": preventable,
            },
            resolution=resolution,
            settlement=outcome,
            root_cause=root_cause,
            recovered_amount=amount,
            settled_by_id=settled_by,
            preventable=preventable,
            resolved_at=timezone.now(),
            resolved_by=user,
        )
    return Done(sorted(done), missing + refused, told)


@transaction.atomic
def reopen(items: Items, user: User, *, reason: str, expected_version: int | None = None) -> Done:
    """Brings resolved items back into their queue, with their last owner if that person still works here.

    The outcome is taken off; the Activity of the closing keeps it. What remittances paid stays recovered. Their last
    day is that of now.
    """
    must_work(user)
    reason = reason_for("reopen the item", reason)
    lock_claims(items, user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "reopen", no_newer_item(rows))
    done: list[int] = []
    for (amount, paid_by), paid in _by_payment(fit).items():
        settled = NOTHING_SETTLED | (_paid_in_part(amount, paid_by) if amount else {})
        kept = [row for row in paid if works_here(row.assignee)]
        freed = [row for row in paid if not works_here(row.assignee)]
        done += write(kept, "reopen", Activity.Kind.REOPENED, user, text=reason, **settled)
        done += write(freed, "reopen", Activity.Kind.REOPENED, user, text=reason, assignee=None, **settled)
    last_days.save(fit, clock_steps.count_again(fit), user)
    return Done(sorted(done), missing + refused)


def _by_what_they_get(
    rows: Iterable[WorkItem], settlement: str, recovered: Decimal | None, told: Mapping[int, str]
) -> dict[tuple[str, Decimal | None, int | None, str], list[WorkItem]]:
    """The rows by outcome and dollars that they are closed with, by the remittance that says the same of them (what it
    paid later is then counted too), and by what is told of their parts.
    """
    parts: dict[tuple[str, Decimal | None, int | None, str], list[WorkItem]] = {}
    for row in rows:
        money = settlement, recovered
        if recovered is None and row.recovered_amount:
            money = settlement if settlement in WON else Settlement.PARTLY_OVERTURNED.value, row.recovered_amount
        settled_by = row.settled_by_id if money == (row.settlement, row.recovered_amount) else None
        parts.setdefault((*money, settled_by, told.get(row.pk, "")), []).append(row)
    return parts


def _none_with_payer(held: Mapping[int, Sequence[Denial]], sent: Collection[int]) -> Check:
    return lambda row: STILL_WITH_PAYER if any(part.pk in sent for part in held.get(row.pk, ())) else ""


def _by_payment(rows: Sequence[WorkItem]) -> dict[tuple[Decimal, int | None], list[WorkItem]]:
    """The rows by the dollars that remittances paid of them so far, and by what paid them. That stands in what was told
    of them: the outcome may be one that people said since.
    """
    kinds = (Activity.Kind.SETTLED, Activity.Kind.TAKEN_BACK, Activity.Kind.PART_CHOSEN)
    told = Activity.objects.filter(item__in=rows, kind__in=kinds).order_by("item", "-pk").distinct("item")
    latest = {each.item_id: each for each in told}
    parts: dict[tuple[Decimal, int | None], list[WorkItem]] = {}
    for row in rows:
        facts = latest[row.pk].facts if row.pk in latest else {}
        amount = Decimal(facts.get("recovered_amount", 0))
        paid_by = row.settled_by_id or facts.get("remitted_claim")
        parts.setdefault((amount, paid_by if amount else None), []).append(row)
    return parts


def _paid_in_part(amount: Decimal, paid_by: int | None) -> dict[str, Any]:
    return {"settlement": Settlement.PARTLY_OVERTURNED, "recovered_amount": amount, "settled_by_id": paid_by}


def _must_make_sense(resolution: str, settlement: str, recovered: Decimal | None) -> None:
    if resolution not in Resolution.values:
        raise Refused("Nothing was changed: choose how the item was resolved.")
    if settlement and settlement not in Settlement.values:
        raise Refused("Nothing was changed: choose an outcome from the list.")
    if recovered is None:
        return
    if not recovered.is_finite() or recovered < 0:
        raise Refused("Nothing was changed: the recovered amount cannot be below zero.")
    if recovered and settlement and settlement not in WON:
        raise Refused("Nothing was changed: money was recovered, so the denial was overturned or partly overturned.")


def _not_above_charge(recovered: Decimal | None, *, alone: bool) -> Check:
    def check(row: WorkItem) -> str:
        if not recovered:
            return ""
        if not alone:
            return "A recovered amount belongs to one item: resolve this one by itself."
        if row.claim.charge is not None and recovered > row.claim.charge:
            return f"${recovered:,.2f} is more than the claim's charge of ${row.claim.charge:,.2f}."
        return ""

    return check


def lock_claims(items: Items, user: User) -> None:
    """A denial that arrives now also locks its claim first, so a claim never gets two open items."""
    ids = list(items) if not hasattr(items, "values_list") else list(items.values_list("pk", flat=True))
    claims = WorkItem.objects.visible_to(user).filter(pk__in=ids).values("claim")
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk"))


def no_newer_item(rows: Iterable[WorkItem]) -> Check:
    """Also refuses the second of two resolved items of one claim in the same call."""
    claims = [row.claim_id for row in rows]
    busy = set(WorkItem.objects.open().filter(claim__in=claims).values_list("claim", flat=True))

    def check(row: WorkItem) -> str:
        if row.claim_id in busy:
            return "This claim has an open item already: work that one."
        busy.add(row.claim_id)
        return ""

    return check
