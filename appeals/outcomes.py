"""What came of an appeal: recorded by a person from the payer's answer, or decided by a later remittance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from appeals.domain.transitions import IN_HAND
from appeals.from_record import level_words
from appeals.holding import hold, keep, tell
from appeals.models import Appeal
from denials.domain.parts import Result, answers, parts_of
from denials.models import Remittance, RemittedClaim
from worklists import clock_steps, work
from worklists.course import results_of
from worklists.models import Activity, Resolution, Settlement, WorkItem
from worklists.settlement import DECIDES
from worklists.wording import day

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What a remittance says about a letter. `recovered`: of the whole item; `by`: the claim payment that says it."""

    outcome: str
    recovered: Decimal
    by: int


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
        answer_note=answer.note.strip(),
    )
    words = _words(row)
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
    """Decides the sent appeals about what this remittance settled or denied again, also where their item is closed.

    Expects the caller's transaction; run again it changes nothing. An appeal about the very decision that this
    remittance brought stays undecided: it answers that decision. So does one that was sent only after the payer had
    decided, which the item says where it was paid; and one about a claim that the payer split while a part is still
    waited for.
    """
    claims = RemittedClaim.objects.filter(remittance=remittance).values("claim")
    asked = (
        Appeal.objects.filter(item__claim__in=claims, status=Appeal.Status.SENT)
        .exclude(denial__remitted_claim__remittance=remittance)
        .select_related("item__denial", "denial")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    if rows := list(asked):
        _decide_each(rows, remittance)


def decide_again(remittance: Remittance) -> None:
    """The same after a person said what a payment of it is about: letters that it had decided follow, and what it
    decides no longer is waited for again, unless the item has a newer letter in hand.
    """
    decided = (
        Appeal.objects.filter(status=Appeal.Status.DECIDED, decided_by_remittance__remittance=remittance)
        .select_related("item__denial", "denial")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    rows = list(decided)
    settled = _settled([row.item_id for row in rows if row.item.status != WorkItem.Status.WAITING], remittance)
    course = results_of({row.item.claim_id for row in rows})
    for row in rows:
        decision = settled.get(row.item_id) or _denied_again(row, course[row.item.claim_id], remittance)
        if decision is None:
            _wait_again(row)
        elif (row.outcome, row.recovered_amount) != (decision.outcome, _credit(row, decision.recovered)):
            _decide(row, remittance, decision)
    decide_from(remittance)


def _wait_again(row: Appeal) -> None:
    if Appeal.objects.filter(item=row.item_id, status__in=IN_HAND).exists():
        text = f"The payment that decided the {level_words(row.level).lower()} is about another part: look at it again."
        tell(row, Activity.Kind.NOTED, None, text)
        return
    nothing = {"outcome": "", "recovered_amount": None, "decided_on": None, "decided_by_remittance_id": None}
    keep(row, status=Appeal.Status.SENT, **nothing)
    text = f"The {level_words(row.level).lower()} waits for its answer again: that payment is about another part."
    tell(row, Activity.Kind.NOTED, None, text)
    clock_steps.level_not_decided(row.item, row.denial, row.level, None)


def _decide_each(rows: Sequence[Appeal], remittance: Remittance) -> None:
    still_waited_for = WorkItem.Status.WAITING
    settled = _settled([row.item_id for row in rows if row.item.status != still_waited_for], remittance)
    course = results_of({row.item.claim_id for row in rows})
    for row in rows:
        decision = settled.get(row.item_id) or _denied_again(row, course[row.item.claim_id], remittance)
        if decision is None:
            continue
        if row.sent_on and row.sent_on <= _day_of(remittance):
            _decide(row, remittance, decision)
        elif decision.outcome != Settlement.UPHELD:
            _say_too_early(row, remittance)


def _settled(items: Sequence[int], remittance: Remittance) -> dict[int, Decision]:
    """By item what this remittance made of it, as was told last."""
    kinds, facts = (Activity.Kind.SETTLED, Activity.Kind.PART_CHOSEN), {"remittance": remittance.pk}
    decisions: dict[int, Decision] = {}
    rows = Activity.objects.filter(item__in=items, kind__in=kinds, facts__contains=facts)
    for item, kind, said in rows.order_by("pk").values_list("item", "kind", "facts"):
        if DECIDES in said:
            decisions[item] = Decision(said[DECIDES], Decimal(said["recovered_amount"]), said["remitted_claim"])
        elif kind == Activity.Kind.PART_CHOSEN:
            decisions.pop(item, None)
    return decisions


def _denied_again(row: Appeal, results: Sequence[Result], remittance: Remittance) -> Decision | None:
    """The denial of this remittance that answers what the letter is about; a closed item has left it to a new one."""
    asked = next(result for result in results if result.id == row.denial.remitted_claim_id)
    again = [result for result in results if result.remittance == remittance.pk and result.denial]
    part = next(part for part in parts_of(results) if any(result is asked for result in part))
    found = next((each for each in reversed(again) if answers(each, asked) and any(each is one for one in part)), None)
    return Decision(Settlement.UPHELD, NOTHING, found.id) if found else None


def _decide(row: Appeal, remittance: Remittance, decision: Decision) -> None:
    keep(
        row,
        status=Appeal.Status.DECIDED,
        outcome=decision.outcome,
        recovered_amount=_credit(row, decision.recovered),
        decided_on=_day_of(remittance),
        decided_by_remittance_id=decision.by,
    )
    facts = {"outcome": row.outcome, "recovered_amount": str(row.recovered_amount), "remittance": remittance.pk}
    tell(row, Activity.Kind.RETURNED, None, _words(row), **facts)
    if row.decided_on:
        clock_steps.level_decided(row.item, row.denial, row.level, row.decided_on, None)


def _say_too_early(row: Appeal, remittance: Remittance) -> None:
    if row.item.activities.filter(facts__contains={"appeal": row.pk, "too_early": remittance.pk}).exists():
        return
    text = (
        f"The payment of {day(_day_of(remittance))} came before the {level_words(row.level).lower()} was sent on"
        f" {day(row.sent_on)}, so it does not answer that letter, which stays sent. Withdraw it if nothing is left"
        " to decide."
    )
    tell(row, Activity.Kind.NOTED, None, text, too_early=remittance.pk)


def _day_of(remittance: Remittance) -> date:
    return remittance.payment_date or remittance.production_date or timezone.localdate()


def _credit(row: Appeal, recovered: Decimal) -> Decimal:
    """What the item recovered beyond what earlier appeals of it brought."""
    earlier = Appeal.objects.filter(item=row.item_id, status=Appeal.Status.DECIDED).exclude(pk=row.pk)
    brought = earlier.aggregate(total=Sum("recovered_amount"))["total"] or NOTHING
    return max(recovered - brought, NOTHING)


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


def _words(row: Appeal) -> str:
    decided = f"{level_words(row.level)}: {Settlement(row.outcome).label.lower()}"
    money = f", ${row.recovered_amount:,.2f} recovered" if row.recovered_amount else ""
    return f"{decided}{money}. {row.answer_note}".strip()
