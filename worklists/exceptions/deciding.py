"""What people decide about exceptions: who has one, that it may stay, which claim is meant, that it is a denial.

Work items are locked before cases, as everywhere: a rereading locks claims, items and cases in this order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import Team, User
from accounts.refusal import Conflict, Refused
from denials import recoveries
from denials.course import parts_that_fit
from denials.domain.exception_kinds import Kind
from denials.exceptions.rechecking import close_empty, recheck
from denials.models import ExceptionCase, HeldUp, RemittedClaim, ReversalPair
from denials.models.exceptions import CaseQuerySet
from denials.recoveries import ONLY_READ
from worklists import choosing_parts, settlement, taken_outside, work
from worklists.changes import Refusal
from worklists.models import Resolution, Settlement, WorkItem
from worklists.permission import must_manage, must_work
from worklists.wording import day, reason_for

CHOSEN = "Chosen by hand."
MOST_OFFERED = 20
DENIAL, WRITE_DOWN = "It is a denial", "It is a contract write-down"


class Decided(NamedTuple):
    """How many things were decided about, and which items were left as they were."""

    done: int
    refused: list[Refusal]


@transaction.atomic
def assign(cases: CaseQuerySet, user: User, *, team: Team | None, person: User | None) -> int:
    """Gives open cases to a team, a person, or both. Returns how many."""
    must_manage(user)
    if team is None and person is None:
        raise Refused("Nothing was changed: choose a team or a person.")
    if person is not None and not (person.is_active and person.may_work):
        raise Refused(f"Nothing was changed: {person} may not work exceptions. Choose somebody else.")
    ids = [case.pk for case in _locked(cases, user)]
    return ExceptionCase.objects.filter(pk__in=ids).update(owner_team=team, owner=person)


@transaction.atomic
def take(case: ExceptionCase, user: User) -> None:
    """Makes an open case this person's own; its team stays."""
    must_work(user)
    locked = _open(case, user)
    if locked.owner is not None and locked.owner != user and not user.may_manage:
        raise Conflict(f"{locked.owner} has this exception: ask them or a manager to hand it over.")
    ExceptionCase.objects.filter(pk=locked.pk).update(owner=user)


@transaction.atomic
def accept(cases: CaseQuerySet, user: User, *, reason: str) -> int:
    """Leaves what these cases hold up of this person's facilities as it is, for good. Returns how many closed."""
    must_work(user)
    reason = reason_for("leave it as it is", reason)
    ids = [case.pk for case in _locked(cases, user)]
    held = HeldUp.objects.visible_to(user).filter(case__in=ids, state=HeldUp.State.HELD)
    held.update(state=HeldUp.State.ACCEPTED)
    return len(close_empty(ids, because=reason, user=user, state=ExceptionCase.State.ACCEPTED))


@transaction.atomic
def ask_payer(case: ExceptionCase, user: User, *, text: str, again_on: date, today: date) -> Decided:
    """Writes down that the payer was asked, on the case and on every open item that it holds up."""
    must_work(user)
    if again_on <= today:
        raise Refused("Nothing was changed: choose a day after today to ask again.")
    items = [item.pk for item in _items(_held(case, user)).values() if item.is_open]
    answer = work.note(items, user, text=f"Asked the payer: {text.strip()} Ask again on {day(again_on)}.")
    ExceptionCase.objects.filter(pk=_open(case, user).pk).update(asked_on=today, ask_again_on=again_on)
    return Decided(len(answer.done), answer.refused)


@transaction.atomic
def confirm(case: ExceptionCase, user: User, picked: Collection[int], *, reason: str) -> Decided:
    """These suspected denials are denials: their items stay in work, closed ones come back. Says so on each."""
    must_work(user)
    reason = reason_for("call it a denial", reason)
    held = _held(case, user, picked)
    items = _items(held)
    work.reopen([item.pk for item in items.values() if not item.is_open], user, reason=f"{DENIAL}: {reason}")
    work.note([item.pk for item in items.values() if item.is_open], user, text=f"{DENIAL}: {reason}")
    return Decided(_decide(case, user, held, HeldUp.State.CONFIRMED, f"{DENIAL}: {reason}"), [])


@transaction.atomic
def dismiss(case: ExceptionCase, user: User, picked: Collection[int], *, reason: str) -> Decided:
    """These suspected denials are contract write-downs: their items close as adjusted, not contested."""
    must_work(user)
    reason = reason_for("call it a write-down", reason)
    held = _held(case, user, picked)
    items = _items(held)
    answer = work.resolve(
        [item.pk for item in items.values() if item.is_open],
        user,
        resolution=Resolution.ADJUSTED,
        settlement=Settlement.NOT_CONTESTED,
        text=f"{WRITE_DOWN}: {reason}",
        leaves_sent=True,
    )
    left = {refusal.item_id for refusal in answer.refused}
    settled = [row for row in held if row.pk not in items or items[row.pk].pk not in left]
    return Decided(_decide(case, user, settled, HeldUp.State.ACCEPTED, f"{WRITE_DOWN}: {reason}"), answer.refused)


@transaction.atomic
def choose(case: ExceptionCase, user: User, chosen: int) -> None:
    """Says which earlier result a reversal takes back. What was paid on it settles again with that in mind."""
    must_work(user)
    if chosen not in {result.pk for result in candidates(case, user)}:
        raise Refused("Nothing was changed: choose one of the results on the page.")
    reversal = case.remitted_claim
    assert reversal is not None, "a case about a reversal names it"
    try:
        with transaction.atomic():
            ReversalPair.objects.filter(reversal=reversal).update(reversed=chosen, because=f"{user} chose it."[:200])
    except IntegrityError as taken:
        raise Conflict(
            "Another reversal takes this result back already. Nothing was changed: choose another."
        ) from taken
    settlement.settle(reversal.remittance)
    locked = _open(case, user)
    _decide(locked, user, _held(locked, user), HeldUp.State.CONFIRMED, CHOSEN)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim that a payment may be about: its latest result, and what was paid on it so far."""

    result: RemittedClaim
    paid: Decimal


def parts_offered(case: ExceptionCase) -> list[Part]:
    """The parts that the payment of this case fits, oldest first."""
    fitting = parts_that_fit(case.remitted_claim) if case.remitted_claim else []
    rows = RemittedClaim.objects.select_related("remittance").in_bulk([part[-1].id for part in fitting])
    return [Part(rows[part[-1].id], sum((each.paid for each in part), Decimal(0))) for part in fitting]


@transaction.atomic
def choose_part(case: ExceptionCase, user: User, chosen: int | None) -> None:
    """Says which part of a split claim a payment is about; `chosen` None: all that it fits. It settles with that."""
    must_work(user)
    locked = _open(case, user)
    if chosen is not None and chosen not in {part.result.pk for part in parts_offered(case)}:
        raise Refused("Nothing was changed: choose one of the parts on the page.")
    paying = case.remitted_claim
    assert paying is not None, "a case about a payment names it"
    choosing_parts.choose(paying, user, chosen)
    _decide(locked, user, _held(locked, user), HeldUp.State.CONFIRMED, CHOSEN)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A claim that the reference of a provider adjustment fits: its latest result, and whether the case is about it."""

    result: RemittedClaim
    is_chosen: bool


def claims_offered(case: ExceptionCase, user: User) -> list[Fitting]:
    """The claims that money taken outside of results may be of, where there is more than one."""
    held = _taken_outside(case, user)
    if held is None or held.provider_adjustment is None or case.remitted_claim is None:
        return []
    claims = recoveries.claims_named_by(held.provider_adjustment).values_list("pk", flat=True)[:MOST_OFFERED]
    rows = RemittedClaim.objects.visible_to(user).filter(claim__in=list(claims))
    latest = rows.exclude(remittance__state__in=ONLY_READ).select_related("remittance", "claim")
    latest = latest.order_by("claim", "-remittance__payment_date", "-pk").distinct("claim")
    found = [Fitting(row, row.claim_id == case.remitted_claim.claim_id) for row in latest]
    return sorted(found, key=lambda each: not each.is_chosen) if len(found) > 1 else []


@transaction.atomic
def choose_claim(case: ExceptionCase, user: User, chosen: int) -> None:
    """Says of which claim a provider adjustment takes money, by a result of it. The case stays open, about that."""
    must_work(user)
    result = next((each.result for each in claims_offered(case, user) if each.result.pk == chosen), None)
    if result is None or case.remitted_claim is None:
        raise Refused("Nothing was changed: choose one of the claims on the page.")
    before = case.remitted_claim.claim_id
    if result.claim_id == before:
        raise Refused("Nothing was changed: the exception is about this claim already.")
    held = _taken_outside(case, user)
    assert held is not None, "offered where there is one"
    assert held.provider_adjustment is not None, "asked for above"
    taken_outside.move(held.provider_adjustment, held.amount, before=before, now=result.claim_id, user=user)
    ExceptionCase.objects.filter(pk=_open(case, user).pk).update(remitted_claim=result)
    HeldUp.objects.filter(pk=held.pk).update(remitted_claim=result)


def _taken_outside(case: ExceptionCase, user: User) -> HeldUp | None:
    rows = HeldUp.objects.visible_to(user).filter(case=case, provider_adjustment__isnull=False)
    return rows.select_related("provider_adjustment__remittance").first() if case.kind == Kind.TAKEBACK else None


def look_again(case: ExceptionCase, user: User) -> bool:
    """Asks now whether the case still holds something up. Returns whether it closed."""
    must_work(user)
    return bool(recheck(ExceptionCase.objects.visible_to(user).filter(pk=case.pk), user=user))


def candidates(case: ExceptionCase, user: User) -> list[RemittedClaim]:
    """The earlier results that a reversal may take back: of the same claim or member, paid, and not taken back."""
    reversal = case.remitted_claim
    if reversal is None:
        return []
    near = Q(claim=reversal.claim_id) | (Q(member_id=reversal.member_id) if reversal.member_id else Q())
    free = Q(reversed_by=None) | Q(reversed_by__reversal=reversal)
    rows = RemittedClaim.objects.visible_to(user).filter(
        near, free, facility=reversal.facility_id, remittance__payer=reversal.remittance.payer_id, charge__gt=0
    )
    rows = rows.exclude(remittance__state__in=ONLY_READ).select_related("remittance", "claim")
    return list(rows.order_by("-remittance__payment_date", "-pk")[:MOST_OFFERED])


def _locked(cases: CaseQuerySet, user: User) -> list[ExceptionCase]:
    """The open ones among these that this person sees, locked in the order in which everybody locks them."""
    ids = list(cases.values_list("pk", flat=True))
    seen = ExceptionCase.objects.visible_to(user).open().filter(pk__in=ids)
    return list(seen.select_for_update(of=("self",), no_key=True).order_by("kind", "cause"))


def _open(case: ExceptionCase, user: User) -> ExceptionCase:
    found = _locked(ExceptionCase.objects.filter(pk=case.pk), user)
    if not found:
        raise Conflict("This exception was closed in the meantime. Nothing was changed: reload the page.")
    return found[0]


def _held(case: ExceptionCase, user: User, picked: Collection[int] | None = None) -> list[HeldUp]:
    rows = HeldUp.objects.visible_to(user).filter(case=case, state=HeldUp.State.HELD)
    if picked is not None:
        if not picked:
            raise Refused("Nothing was changed: tick the claims that you mean.")
        rows = rows.filter(pk__in=picked)
    return list(rows.order_by("pk"))


def _items(held: Iterable[HeldUp]) -> dict[int, WorkItem]:
    """The work item of each claim that is held up, by the held row."""
    by_claim = {row.remitted_claim_id: row.pk for row in held}
    rows = WorkItem.objects.filter(denial__remitted_claim__in=[pk for pk in by_claim if pk]).select_related("denial")
    return {by_claim[item.denial.remitted_claim_id]: item for item in rows}


def _decide(case: ExceptionCase, user: User, held: Collection[HeldUp], state: HeldUp.State, because: str) -> int:
    locked = _open(case, user)
    done = HeldUp.objects.filter(pk__in=[row.pk for row in held], state=HeldUp.State.HELD).update(state=state)
    closing = ExceptionCase.State.ACCEPTED if state == HeldUp.State.ACCEPTED else ExceptionCase.State.FIXED
    close_empty([locked.pk], because=because, user=user, state=closing)
    return done
