"""What a change of a limit of time would move: which open items, to which day, and which of them would be late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from accounts.governance import areas
from accounts.governance.areas import Touched
from accounts.governance.edits import afters, read, sending
from accounts.models import Change, User
from denials import clocks, time_limits
from denials.domain.windows import DEFAULT_PAYER
from denials.models import Denial, Payer, PayerRule, Rereading
from denials.payer_rule_form import PayerRuleForm
from denials.payer_rule_pages import PAYER_RULES, as_rule
from denials.time_limits import TimeLimits
from worklists import rereading, split
from worklists.models import WorkItem

MOST_SHOWN = 50
NONE = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Moved:
    """One open item with its last day as it is and as it would be."""

    item: WorkItem
    before: date | None
    after: date | None
    becomes_late: bool


@dataclass(slots=True)
class Moves:
    """All of them counted, and the first ones."""

    number: int = 0
    amount: Decimal = NONE
    late: int = 0
    late_amount: Decimal = NONE
    shown: list[Moved] = field(default_factory=list)


def moves_of(change: Change, *, user: User | None = None, today: date) -> Moves:
    """What an approved change would do to open work. Items that `user` may not see are counted and not shown."""
    before = PayerRule.objects.filter(pk=change.object_id).first() if change.object_id else None
    rule = _proposed(change)
    if rule is None:
        return Moves()
    keys = {rule.payer_key, *([before.payer_key] if before else [])}
    return _counted(_moved(keys, _with(rule), today), user)


def _proposed(change: Change) -> PayerRule | None:
    """The rule as the change would save it; None where its form no longer accepts it."""
    row = PayerRule.objects.filter(pk=change.object_id).first() if change.object_id else None
    clean = row or PayerRule(**change.seed)
    form = PayerRuleForm(sending(PayerRuleForm(None, instance=clean), afters(read(change.edits))), instance=clean)
    return form.instance if form.is_valid() else None


def _with(rule: PayerRule) -> TimeLimits:
    """The limits of now, with this one in place of what stands there."""
    now = time_limits.current()
    rules = [each for each in now.rules if each.rule_id != rule.rule_id]
    return replace(now, rules=[*rules, as_rule(rule)], _counted={})


def _moved(keys: Iterable[str], limits: TimeLimits, today: date) -> Iterator[Moved]:
    rows = (
        WorkItem.objects.open()
        .filter(_under(set(keys)))
        .select_related("claim", "payer", "queue", "denial__payer", "denial__remitted_claim")
        .order_by("denial__payer", "rank_key", "pk")
    )
    for _, group in groupby(rows, key=lambda item: item.denial.payer_id):
        yield from _moved_of_payer(list(group), limits, today)


def _moved_of_payer(items: Sequence[WorkItem], limits: TimeLimits, today: date) -> Iterator[Moved]:
    parts = _parts_of(items)
    rows = [part for item in items for part in parts[item.pk]]
    counted = clocks.count([(row, row.remitted_claim) for row in rows], items[0].denial.payer, limits)
    days = {
        row.pk: found.deadline.date if found and found.deadline else None
        for row, found in zip(rows, counted, strict=True)
    }
    for item in items:
        now = _first(part.deadline for part in parts[item.pk])
        after = _first(days[part.pk] for part in parts[item.pk])
        if after != now and item.deadline == now:
            was_late = item.deadline is not None and item.deadline < today
            yield Moved(item, item.deadline, after, after is not None and after < today and not was_late)


def _parts_of(items: Sequence[WorkItem]) -> dict[int, list[Denial]]:
    """By item the denials whose days it has to keep: more than one where the payer split its claim."""
    known = {item.pk: [item.denial] for item in items}
    held = split.parts_of(item for item in items if split.holds_more(item))
    prefetch_related_objects([part for each in held.values() for part in each], "remitted_claim")
    return known | {pk: split.to_answer(parts) for pk, parts in held.items()}


def _first(days: Iterable[date | None]) -> date | None:
    return min(filter(None, days), default=None)


def _under(keys: set[str]) -> Q:
    """Items whose payer's limits stand under one of these keys; the default ones stand in for any payer."""
    if DEFAULT_PAYER in keys:
        return Q()
    payers = Payer.objects.filter(Q(key__in=keys) | Q(rules_key__in=keys) | Q(products__rules_key__in=keys))
    return Q(denial__payer__in=payers.values("pk"))


def _counted(moved: Iterable[Moved], user: User | None) -> Moves:
    moves = Moves()
    seen = set(WorkItem.objects.open().visible_to(user).values_list("pk", flat=True)) if user else set()
    for each in moved:
        moves.number += 1
        moves.amount += each.item.amount_at_risk
        if each.becomes_late:
            moves.late += 1
            moves.late_amount += each.item.amount_at_risk
        if each.item.pk in seen and len(moves.shown) < MOST_SHOWN:
            moves.shown.append(each)
    return moves


def touched_by_limit(change: Change, row: PayerRule | None) -> Iterable[Touched]:
    """For the page of a change: how many open items get another last day, and how many are late then; once it took
    effect, how many denials it dated anew.
    """
    if not change.is_open:
        yield from _dated_by(change, row)
        return
    moves = moves_of(change, today=timezone.localdate())
    address = reverse("payer_rule_moves", args=[change.pk])
    if moves.number:
        yield Touched(f"Open items with another last day (${moves.amount:,.2f} at risk)", moves.number, address)
    if moves.late:
        yield Touched(f"Of them late at once (${moves.late_amount:,.2f} at risk)", moves.late, address)


def _dated_by(change: Change, row: PayerRule | None) -> Iterable[Touched]:
    if row is None or change.applied_at is None:
        return
    asked = Rereading.objects.filter(
        rules=[row.rule_id], because=_because(change, row), asked_at__gte=change.applied_at
    )
    if done := asked.order_by("asked_at").first():
        so_far = "" if done.finished_at else " so far"
        yield Touched(f"Denials in work or in view that it changed{so_far}", done.changed)


def _because(change: Change, row: PayerRule) -> str:
    return f"Time limit {row.rule_id} changed. {change.why}".strip()


def follow_limit(change: Change, row: PayerRule) -> None:
    """The limit took effect, or was taken back: open work is dated again."""
    payers = Payer.objects.filter(Q(key=row.payer_key) | Q(rules_key=row.payer_key)).values_list("pk", flat=True)
    rereading.ask(because=_because(change, row), user=change.author, rules=[row.rule_id], payers=payers)


def listen() -> None:
    areas.touches(PAYER_RULES.name, touched_by_limit)
    areas.after(PAYER_RULES.name, follow_limit)
