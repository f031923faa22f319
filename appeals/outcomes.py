"""What came of an appeal: recorded by a person from the payer's answer, or decided by a later remittance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from appeals.models import Appeal
from denials.models import Remittance
from worklists import work
from worklists.models import Resolution, Settlement, WorkItem

DECISIONS = (Settlement.OVERTURNED, Settlement.PARTLY_OVERTURNED, Settlement.UPHELD)


@transaction.atomic
def record(
    appeal: Appeal,
    user: User,
    *,
    outcome: str,
    decided_on: date,
    today: date,
    recovered_amount: Decimal | None = None,
    note: str = "",
    close: bool = False,
) -> Appeal:
    """Writes down the payer's answer. Overturned closes the item with the amount; upheld or partly overturned
    returns it to its owner for the next step, or closes it when `close` says that nothing more will be done.
    """
    row = _sent(appeal)
    amount = _amount(outcome, recovered_amount, row)
    if decided_on > today or (row.sent_on and decided_on < row.sent_on):
        raise Refused("Nothing was saved: the day of the answer lies between the day it was sent and today.")
    _decide(row, outcome=outcome, amount=amount, decided_on=decided_on)
    words = f"{Settlement(outcome).label}, ${amount:,.2f} recovered." + (f" {note.strip()}" if note.strip() else "")
    facts = {"appeal": row.pk, "outcome": outcome, "recovered_amount": str(amount)}
    work.return_from_payer([row.item_id], user, text=words, facts=facts).or_refuse()
    if outcome == Settlement.OVERTURNED or close:
        work.resolve(
            [row.item_id],
            user,
            resolution=Resolution.APPEALED,
            settlement=outcome,
            recovered_amount=amount,
            root_cause=row.item.denial.root_cause,
            preventable=_preventable(row.item),
            text=words,
        ).or_refuse()
    return row


def decide_from(remittance: Remittance) -> None:
    """Decides the sent appeals about items that this remittance settled or denied again. Harmless to run again."""
    settled = Appeal.objects.filter(status=Appeal.Status.SENT, item__settled_by__remittance=remittance)
    for appeal in settled.select_related("item").select_for_update(of=("self",)):
        _decide(
            appeal,
            outcome=appeal.item.settlement,
            amount=appeal.item.recovered_amount or Decimal(0),
            decided_on=_day(remittance),
            remitted_claim=appeal.item.settled_by_id,
        )
    again = Appeal.objects.filter(status=Appeal.Status.SENT, item__denial__remitted_claim__remittance=remittance)
    for appeal in again.select_related("item__denial").select_for_update(of=("self",)):
        denial = appeal.item.denial
        _decide(
            appeal,
            outcome=Settlement.UPHELD,
            amount=Decimal(0),
            decided_on=_day(remittance),
            remitted_claim=denial.remitted_claim_id,
        )


def _sent(appeal: Appeal) -> Appeal:
    row = Appeal.objects.select_for_update(of=("self",)).select_related("item__denial").get(pk=appeal.pk)
    if row.status != Appeal.Status.SENT:
        raise Conflict(
            f"This appeal is {row.get_status_display().lower()} already. Nothing was changed: reload the page."
        )
    return row


def _amount(outcome: str, recovered: Decimal | None, appeal: Appeal) -> Decimal:
    if outcome not in DECISIONS:
        raise Refused("Nothing was saved: choose what the payer decided.")
    if outcome == Settlement.UPHELD:
        if recovered:
            raise Refused("Nothing was saved: money was recovered, so the denial was overturned or partly overturned.")
        return Decimal(0)
    if recovered is None or recovered <= 0:
        raise Refused("Nothing was saved: enter the amount that the payer will pay.")
    charge = appeal.item.claim.charge
    if charge is not None and recovered > charge:
        raise Refused(f"Nothing was saved: ${recovered:,.2f} is more than the claim's charge of ${charge:,.2f}.")
    return recovered


def _preventable(item: WorkItem) -> bool | None:
    return {"yes": True, "no": False}.get(item.denial.preventable)


def _day(remittance: Remittance) -> date:
    return remittance.payment_date or remittance.production_date or timezone.localdate()


def _decide(
    appeal: Appeal, *, outcome: str, amount: Decimal, decided_on: date, remitted_claim: int | None = None
) -> None:
    appeal.status = Appeal.Status.DECIDED
    appeal.outcome = outcome
    appeal.recovered_amount = amount
    appeal.decided_on = decided_on
    appeal.decided_by_remittance_id = remitted_claim
    Appeal.objects.filter(pk=appeal.pk).update(
        status=appeal.status,
        outcome=outcome,
        recovered_amount=amount,
        decided_on=decided_on,
        decided_by_remittance=remitted_claim,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
