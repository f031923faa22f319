"""What came of an appeal: recorded by a person from the payer's answer, or decided by a later remittance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from appeals.from_record import level_words
from appeals.holding import hold, keep, tell
from appeals.models import Appeal
from denials.models import Remittance
from worklists import clock_steps, work
from worklists.models import Activity, Resolution, Settlement, WorkItem

DECISIONS = (Settlement.OVERTURNED, Settlement.PARTLY_OVERTURNED, Settlement.UPHELD)
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the payer decided. `recovered_amount`: dollars that it pays because of this appeal."""

    outcome: str
    decided_on: date
    recovered_amount: Decimal | None = None
    note: str = ""
    close: bool = False
    """Nothing more will be done: the item closes also where the denial was upheld or partly overturned."""


@transaction.atomic
def record(appeal: Appeal, user: User, answer: Answer, *, today: date, expected_version: int | None = None) -> Appeal:
    """Writes down the payer's answer. Overturned closes the item with the amount; upheld or partly overturned
    returns it to its owner for the next step, or closes it when the answer says so.
    """
    row = hold(appeal, user, "decide", expected_version)
    amount = _amount(answer, row)
    if answer.decided_on > today or (row.sent_on and answer.decided_on < row.sent_on):
        raise Refused("Nothing was saved: the day of the answer lies between the day of sending and today.")
    keep(
        row,
        status=Appeal.Status.DECIDED,
        outcome=answer.outcome,
        recovered_amount=amount,
        decided_on=answer.decided_on,
    )
    words = _words(row, answer.note)
    facts = {"outcome": answer.outcome, "recovered_amount": str(amount)}
    if row.item.status == WorkItem.Status.WAITING:
        work.return_from_payer([row.item_id], user, text=words, facts={"appeal": row.pk, **facts}).or_refuse()
    else:
        tell(row, Activity.Kind.RETURNED, user, words, **facts)
    if row.item.is_open and (answer.close or answer.outcome == Settlement.OVERTURNED):
        _close(row, user, words)
    clock_steps.level_decided(row.item, row.denial, row.level, answer.decided_on, user)
    return row


def decide_from(remittance: Remittance) -> None:
    """Decides the sent appeals about items that this remittance settled or denied again.

    Expects the caller's transaction; run again it changes nothing. An appeal about the very decision that this
    remittance brought stays undecided: it answers that decision. So does one sent after the payer denied again, and one
    about a claim that the payer split while a part is still waited for.
    """
    settled = Q(item__settled_by__remittance=remittance) & ~Q(item__status=WorkItem.Status.WAITING)
    denied_again = Q(item__denial__remitted_claim__remittance=remittance, sent_on__lte=_day_of(remittance))
    answered = (
        Appeal.objects.filter(settled | denied_again, status=Appeal.Status.SENT)
        .exclude(denial__remitted_claim__remittance=remittance)
        .select_related("item__denial__remitted_claim", "item__settled_by")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    for row in answered:
        _decide(row, remittance)


def _decide(row: Appeal, remittance: Remittance) -> None:
    item = row.item
    is_settled = item.settled_by is not None and item.settled_by.remittance_id == remittance.pk
    keep(
        row,
        status=Appeal.Status.DECIDED,
        outcome=item.settlement if is_settled else Settlement.UPHELD,
        recovered_amount=_credit(row) if is_settled else NOTHING,
        decided_on=_day_of(remittance),
        decided_by_remittance=item.settled_by if is_settled else item.denial.remitted_claim,
    )
    facts = {"outcome": row.outcome, "recovered_amount": str(row.recovered_amount), "remittance": remittance.pk}
    tell(row, Activity.Kind.RETURNED, None, _words(row, ""), **facts)
    if row.decided_on:
        clock_steps.level_decided(item, row.denial, row.level, row.decided_on, None)


def _day_of(remittance: Remittance) -> date:
    return remittance.payment_date or remittance.production_date or timezone.localdate()


def _credit(row: Appeal) -> Decimal:
    """What the item recovered beyond what earlier appeals of it brought."""
    earlier = Appeal.objects.filter(item=row.item_id, status=Appeal.Status.DECIDED).exclude(pk=row.pk)
    brought = earlier.aggregate(total=Sum("recovered_amount"))["total"] or NOTHING
    return max((row.item.recovered_amount or NOTHING) - brought, NOTHING)


def _amount(answer: Answer, row: Appeal) -> Decimal:
    recovered = answer.recovered_amount
    if answer.outcome not in DECISIONS:
        raise Refused("Nothing was saved: choose what the payer decided.")
    if answer.outcome == Settlement.UPHELD:
        if recovered:
            raise Refused("Nothing was saved: money was recovered, so the denial was overturned or partly overturned.")
        return NOTHING
    if recovered is None or not recovered.is_finite() or recovered <= 0:
        raise Refused("Nothing was saved: enter the amount that the payer will pay.")
    charge = row.item.claim.charge
    if charge is not None and recovered > charge:
        raise Refused(f"Nothing was saved: ${recovered:,.2f} is more than the claim's charge of ${charge:,.2f}.")
    return recovered


def _close(row: Appeal, user: User, words: str) -> None:
    item, denial = row.item, row.item.denial
    total = Appeal.objects.filter(item=item, status=Appeal.Status.DECIDED).aggregate(total=Sum("recovered_amount"))
    brought = total["total"] or NOTHING
    is_part = row.outcome == Settlement.UPHELD and brought > 0
    work.resolve(
        [item.pk],
        user,
        resolution=Resolution.APPEALED,
        settlement=Settlement.PARTLY_OVERTURNED if is_part else row.outcome,
        recovered_amount=max(brought, item.recovered_amount or NOTHING),
        root_cause=denial.root_cause,
        preventable={"yes": True, "no": False}.get(denial.preventable),
        text=words,
    ).or_refuse()


def note_in(text: str, row: Appeal) -> str:
    """What somebody wrote beside the payer's answer, out of the words that were kept about it."""
    return text.removeprefix(_words(row, "")).strip()


def _words(row: Appeal, note: str) -> str:
    decided = f"{level_words(row.level)}: {Settlement(row.outcome).label.lower()}"
    money = f", ${row.recovered_amount:,.2f} recovered" if row.recovered_amount else ""
    return " ".join(filter(None, [f"{decided}{money}.", note.strip()]))
