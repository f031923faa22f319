"""A person says which part of a split claim a result is about, says otherwise later, or takes it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials import exceptions
from denials.course import parts_that_fit
from denials.domain.exception_kinds import Kind
from denials.domain.parts import Result, parts_of
from denials.models import ChosenPart, Claim, ExceptionCase, HeldUp, Remittance, RemittedClaim
from worklists import clock_steps, split
from worklists.changes import Done, Items, Refusal, lock, must_be_current, sort_out, write_each
from worklists.closing import NOTHING_SETTLED
from worklists.course import results_of
from worklists.domain.episodes import first_known, recovered, still_denied
from worklists.domain.settling import Episode
from worklists.domain.transitions import Status
from worklists.models import Activity, BulkAct, Resolution, Settlement, WorkItem
from worklists.permission import free_or_own, must_work, works_here
from worklists.settlement import DECIDES, DIFFERS, FIELDS, become, dollars, episodes_of, hold_parts, items_of, noted
from worklists.wording import day, reason_for

CHOOSE_PART = "part_chosen"
"""The action, as `worklists.item_actions` names it."""
ALL_PARTS, NOT_KNOWN = "all", "unknown"
BEFORE = "chosen_before"
"""Of an Activity: what a person had said before, as `_kept` keeps it."""
HELD = "held_before"
"""Of an Activity: what the item had counted as denied and at risk."""
TOLD = (
    "because", "chosen_at", "result__claim_id", "result__paid", "result__payer_control_number",
    "result__remittance__trace", "part__payer_control_number",
    *(f"chosen_by__{name}" for name in ("username", "first_name", "last_name")),
)  # fmt: skip
_AFTER: list[Callable[[Remittance], object]] = []


def after_choosing(follow: Callable[[Remittance], object]) -> None:
    """Called by an app above in its `ready()`: what follows where a choice settled what a remittance is about."""
    _AFTER.append(follow)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice as pages tell it."""

    said: ChosenPart

    @property
    def words(self) -> str:
        return f"{_called(self.said.result)} counts for {part_of(self.said)}."


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of one result, in words, with what may be said instead."""

    chosen: ChosenPart
    result: str
    part: str
    instead: Sequence[tuple[str, str]]


def standing(claim: int) -> QuerySet[ChosenPart]:
    """What people said of the results of this claim, as it stands."""
    rows = ChosenPart.objects.filter(result__claim=claim).order_by("result__remittance__payment_date", "result")
    return rows.select_related("result__remittance", "part", "chosen_by").only(*TOLD)


def said_of(item: WorkItem) -> list[Said]:
    """Each choice about the claim of this item."""
    return [_said(row) for row in standing(item.claim_id)]


def choose(result: RemittedClaim, user: User, part: int | None) -> None:
    """Writes down which part it is about; `part` None: all that it fits. The items of the claim follow at once.

    Expects the caller's transaction.
    """
    _lock_claim(result)
    chosen = ChosenPart.objects.create(result=result, part_id=part, chosen_by=user)
    _follow(result, user, f"{_called(result)} is about {part_of(chosen)}, as {user} said.")


@transaction.atomic
def choose_again(items: Items, user: User, *, instead: str, reason: str, expected_version: int | None = None) -> Done:
    """Says another part than before, or that nobody knows after all: then an exception asks again.

    `instead` names the result and one of its parts as `Said.instead` does. What the item counts follows.
    """
    must_work(user)
    reason = reason_for("say otherwise", reason)
    claims = WorkItem.objects.visible_to(user).filter(pk__in=list(items)).values("claim")
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk"))
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "note")
    done: list[int] = []
    for row in fit:
        said = next((each for each in said_of(row) if instead in dict(each.instead)), None)
        if said is None:
            raise Refused("Nothing was changed: other parts may be chosen by now. Look at the item again.")
        if (sentence := free_or_own(user)(row)) and said.chosen.chosen_by_id != user.pk:
            refused.append(Refusal(row.pk, sentence))
            continue
        _say_otherwise(said, instead.partition(":")[2], user, reason)
        done.append(row.pk)
    return Done(done, missing + refused)


def put_back(act: BulkAct, user: User, items: Sequence[int]) -> None:
    """Undoes it: what had been said before stands again, and the items of the claim count so."""
    told = Activity.objects.filter(
        item__in=items, kind=Activity.Kind.PART_CHOSEN, facts__has_key=BEFORE, actor=act.actor_id, at__gte=act.at
    )
    for row in told.order_by("item", "pk").distinct("item"):
        result = RemittedClaim.objects.select_related("remittance").get(pk=row.facts["remitted_claim"])
        _lock_claim(result)
        chosen, _ = ChosenPart.objects.update_or_create(result=result, defaults=_restored(row.facts[BEFORE]))
        _follow(result, user, f"{_called(result)} is about {part_of(chosen)} again.")
        denied, at_risk = map(Decimal, row.facts[HELD])
        WorkItem.objects.filter(pk=row.item_id).update(denied_amount=denied, amount_at_risk=at_risk)
        exceptions.recheck(ExceptionCase.objects.filter(kind=Kind.AMBIGUOUS_PART, cause=str(result.pk)), user=user)


def nothing_in_the_way(act: BulkAct, items: Sequence[int]) -> dict[int, str]:
    """Who chose once more has changed the item, which undo asks about itself."""
    return {}


def part_of(chosen: ChosenPart) -> str:
    """The part that was chosen, in words."""
    if chosen.part is None:
        return "all the parts that it fits"
    number = chosen.part.payer_control_number
    return f"part {number}" if number else "the part without a number"


def _say_otherwise(said: Said, part: str, user: User, reason: str) -> None:
    chosen, result = said.chosen, said.chosen.result
    before = {BEFORE: _kept(chosen)}
    was = f"{said.part}, as {chosen.chosen_by} had said on {day(chosen.chosen_at.date())}"
    if part == NOT_KNOWN:
        chosen.delete()
        _follow(
            result, user, f"Taken back that {said.result} is about {was}: {reason} An exception asks again.", before
        )
        held = HeldUp.objects.filter(case__kind=Kind.AMBIGUOUS_PART, case__cause=str(result.pk))
        held.filter(state=HeldUp.State.CONFIRMED).update(state=HeldUp.State.RELEASED)
        exceptions.open_from([result.remittance_id], kinds=[Kind.AMBIGUOUS_PART])
        return
    chosen.part_id = None if part == ALL_PARTS else int(part)
    chosen.chosen_by, chosen.because = user, reason
    chosen.chosen_at = timezone.now()
    chosen.save(update_fields=["part", "chosen_by", "because", "chosen_at"])
    now = part_of(ChosenPart.objects.select_related("part").get(pk=chosen.pk))
    _follow(result, user, f"{said.result} is about {now}, not about {was}: {reason}", before)


def _said(chosen: ChosenPart) -> Said:
    result = chosen.result
    said, instead = _called(result), []
    for part in parts_that_fit(result):
        latest = part[-1]
        number = f"part {latest.control_number}" if latest.control_number else "the part without a number"
        if chosen.part_id not in {each.id for each in part}:
            instead.append((f"{result.pk}:{latest.id}", f"{said}: {number} ({dollars(latest.charge or Decimal(0))})"))
    if instead and chosen.part_id is not None:
        instead.append((f"{result.pk}:{ALL_PARTS}", f"{said}: all the parts that it fits"))
    if instead:
        instead.append((f"{result.pk}:{NOT_KNOWN}", f"{said}: not known after all; an exception asks again"))
    return Said(chosen, said, part_of(chosen), instead)


def _called(result: RemittedClaim) -> str:
    what = f"The payment of {dollars(result.paid)}" if result.paid else "The denial"
    named = result.remittance.trace or result.remittance_id
    return f"{what} under the payer's number {result.payer_control_number or '(none)'} (remittance {named})"


def _lock_claim(result: RemittedClaim) -> None:
    list(Claim.objects.select_for_update(no_key=True).filter(pk=result.claim_id).values_list("pk"))


def _kept(chosen: ChosenPart) -> dict[str, Any]:
    return {
        "part": chosen.part_id,
        "by": chosen.chosen_by_id,
        "at": chosen.chosen_at.isoformat(),
        "because": chosen.because,
    }


def _restored(kept: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(kept["at"])
    return {"part_id": kept["part"], "chosen_by_id": kept["by"], "chosen_at": at, "because": kept["because"]}


def _follow(result: RemittedClaim, user: User, said: str, facts: dict[str, Any] | None = None) -> None:
    """Every item that the result is about counts what its claim comes to now, and is told what was said."""
    claim = result.claim_id
    items, course = items_of([claim]).get(claim, []), results_of([claim])[claim]
    by_id = {each.id: each for each in course}
    this, has_open_item = by_id[result.pk], any(item.is_open for item in items)
    counted = []
    for item, episode in zip(items, episodes_of(items, by_id, noted([claim])[1]), strict=True):
        known = [each for each in course if episode.until is None or each.order <= episode.until.order]
        if this in known and any(by_id[each].order < this.order for each in episode.denials):
            activity = Activity(
                item=item, kind=Activity.Kind.PART_CHOSEN, actor=user, text=said, facts=dict(facts or {})
            )
            counted.append(_Counting(item, activity, episode, known, has_open_item))
    for each in counted:
        each.activity.facts |= {
            "remittance": result.remittance_id, "trace": result.remittance.trace, "remitted_claim": result.pk,
            HELD: [str(each.item.denied_amount), str(each.item.amount_at_risk)],
        }  # fmt: skip
        _count(each)
    write_each([each.item for each in counted], FIELDS, [each.activity for each in counted])
    for follow in _AFTER:
        follow(result.remittance)


@dataclass(frozen=True, slots=True)
class _Counting:
    """One item with all that was said of its claim until the next item, and what is written about it."""

    item: WorkItem
    activity: Activity
    episode: Episode
    course: Sequence[Result]
    has_open_item: bool

    @property
    def is_closed_by_people(self) -> bool:
        return not self.item.is_open and not (self.item.settled_by_id and self.item.resolved_by_id is None)


def _count(counting: _Counting) -> None:
    item, denials = counting.item, counting.episode.denials
    amount = max(recovered(counting.course, denials), Decimal(0))
    is_denied = bool(still_denied(counting.course, denials))
    counting.activity.facts["recovered_amount"] = str(amount)
    if amount:
        counting.activity.facts[DECIDES] = Settlement.PARTLY_OVERTURNED if is_denied else Settlement.OVERTURNED
    if counting.is_closed_by_people:
        _tell_closed(counting, amount)
        return
    is_over = bool(amount) and not is_denied
    if not item.is_open and not is_over and not counting.has_open_item:
        _open_again(counting)
    parts, is_open = split.parts_of([item])[item.pk], item.status != Status.RESOLVED
    if is_open and not is_over:
        _date_again(counting)
        hold_parts(item, parts)
    _credit(counting, amount, is_open=is_open, is_denied=is_denied)
    if is_open and is_over:
        _close(counting)
    rest = sum((part.denied_amount for part in parts), Decimal(0)) if is_denied else Decimal(0)
    counting.activity.text += f" Recovered so far: {dollars(amount)}. Denied still: {dollars(rest)}."


def _tell_closed(counting: _Counting, amount: Decimal) -> None:
    item = counting.item
    if item.recovered_amount != amount:
        counting.activity.facts[DIFFERS] = True
    counting.activity.text += (
        f" Remittances paid {dollars(amount)} in all. The item stays closed as people closed it, with"
        f" {dollars(item.recovered_amount or Decimal(0))} recovered: reopen it to count what was paid."
    )


def _open_again(counting: _Counting) -> None:
    """With the last owner, as after reopening by hand; its last day is that of now. What waited for the payer waits
    on, and asks for attention today.
    """
    item = counting.item
    closed = item.activities.filter(status_to=Status.RESOLVED).first()
    is_waiting = closed is not None and closed.status_from == Status.WAITING
    become(item, counting.activity, "undo_to_waiting" if is_waiting else "reopen")
    item.follow_up_on = timezone.localdate() if is_waiting else None
    for name, value in NOTHING_SETTLED.items():
        setattr(item, name, value)
    item.taken_at = None
    if not works_here(item.assignee):
        item.assignee = None
    counting.activity.text += " The item is open again."


def _date_again(counting: _Counting) -> None:
    """The clocks of a denial hang on what was sent about its part before."""
    item = counting.item
    if words := clock_steps.count_again([item]).get(item.pk):
        counting.activity.text += f" {words}"
    item.refresh_from_db(fields=["routed_facts"])


def _credit(counting: _Counting, amount: Decimal, *, is_open: bool, is_denied: bool) -> None:
    item = counting.item
    if not amount:
        item.settlement = "" if is_open else Settlement.UPHELD
        item.recovered_amount, item.settled_by_id = (None if is_open else amount), None
        return
    item.settlement = Settlement.PARTLY_OVERTURNED if is_denied else Settlement.OVERTURNED
    item.recovered_amount = amount
    item.settled_by_id = _last_paid(counting.course, counting.episode.denials)


def _last_paid(course: Sequence[Result], denials: Collection[int]) -> int:
    """The result that paid last of what was denied before it."""
    found = [(part, first_known(part, list(denials))) for part in parts_of(course)]
    paying = [each for part, first in found if first for each in part if each.paid > 0 and each.order > first.order]
    return max(paying, key=lambda each: each.order).id


def _close(counting: _Counting) -> None:
    item = counting.item
    become(item, counting.activity, "settle")
    item.resolution = item.resolution or Resolution.REPROCESSED
    item.resolved_at, item.resolved_by = timezone.now(), None
