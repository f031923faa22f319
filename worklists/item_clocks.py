"""The clocks of one item as its page shows them: what runs first, and behind each day the rule that set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from denials.domain.clock_facts import ClockKind, ClockState
from denials.domain.clock_words import BASIS_WORDS, in_plain_words, window_in_words
from denials.models import Clock, PayerRule
from worklists import split
from worklists.denial_facts import reason_of
from worklists.models import WorkItem
from worklists.wording import day

OURS = {ClockKind.INTERNAL_TARGET.value, ClockKind.FOLLOW_UP.value, ClockKind.PAYER_RESPONSE.value}
MOVES = {
    "next_business_day": " On a weekend or holiday it moves to the next business day.",
    "previous_business_day": " On a weekend or holiday it moves to the business day before.",
}
STATES = {
    ClockState.WAITING: "not started",
    ClockState.MET: "met",
    ClockState.MISSED: "missed",
    ClockState.STOPPED: "stopped",
}


@dataclass(frozen=True, slots=True)
class Other:
    """A rule that says a later day and lost for that."""

    name: str
    rule_id: str
    last_day: date


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One clock in words. Without `last_day` it waits, or nobody can count it."""

    name: str
    last_day: date | None
    safe_day: date | None
    is_running: bool
    is_ours: bool
    """A target of our own: nothing is lost when its day passes."""
    state: str
    """One or two words for a clock that does not run."""
    how: str
    """How the day was counted, or what it waits for."""
    rule_id: str
    source: str
    verified: str
    confidence: str
    notes: str
    is_default: bool
    others: list[Other] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OtherPart:
    """A further part of a claim that the payer split, denied too, with the clock that binds it."""

    payer_number: str
    reason: str
    amount: Decimal
    clock: ShownClock | None
    sent_on: date | None
    """The day on which a claim for this part alone went out again."""


@dataclass(frozen=True, slots=True)
class ItemClocks:
    """The one that binds, what else runs, and the rest. All empty for an item whose denial has no clocks."""

    binding: ShownClock | None = None
    running: list[ShownClock] = field(default_factory=list)
    rest: list[ShownClock] = field(default_factory=list)
    parts: list[OtherPart] = field(default_factory=list)

    @property
    def others_count(self) -> int:
        return len(self.running) + len(self.rest)


def in_words(rows: Sequence[Clock], rules: Mapping[str, PayerRule], item: WorkItem) -> ItemClocks:
    """`rows` are the clocks of the item; for a resolved one none runs any more.

    Where no rule is given, its source, notes and confidence stay empty.
    """
    shown = [(row, _shown(row, rules.get(row.rule_id), is_open=item.is_open)) for row in rows]
    binding = next((clock for row, clock in shown if row.is_binding), None)
    others = [clock for row, clock in shown if not row.is_binding]
    running = [clock for clock in others if clock.is_running and clock.last_day]
    return ItemClocks(
        binding=binding,
        running=sorted(running, key=lambda clock: clock.last_day or date.max),
        rest=[clock for clock in others if clock not in running],
        parts=other_parts(item),
    )


def other_parts(item: WorkItem) -> list[OtherPart]:
    """What the item holds beside the denial that it stands for, first what ends first. Reads nothing where that is all
    that is denied.
    """
    if not split.holds_more(item):
        return []
    parts = split.other_parts([item])[item.pk]
    sent = split.sent_again(parts)
    clocks = {clock.denial_id: clock for clock in Clock.objects.filter(denial__in=parts, is_binding=True)}
    found = [
        OtherPart(
            part.remitted_claim.payer_control_number,
            reason_of(part),
            part.denied_amount,
            _shown(clocks[part.pk], None, is_open=item.is_open) if part.pk in clocks else None,
            sent.get(part.pk),
        )
        for part in parts
    ]
    return sorted(found, key=lambda part: (part.sent_on is not None, (part.clock and part.clock.last_day) or date.max))


def _shown(row: Clock, rule: PayerRule | None, *, is_open: bool) -> ShownClock:
    state = ClockState(row.state)
    runs = state is ClockState.RUNNING or (state is ClockState.MISSED and row.ended_on is None)
    is_running = runs and is_open
    words = STATES.get(state, "no longer runs")
    return ShownClock(
        name=row.name,
        last_day=row.last_day,
        safe_day=row.last_safe_day if row.last_safe_day != row.last_day else None,
        is_running=is_running,
        is_ours=row.kind in OURS,
        state="" if is_running else f"{words} on {day(row.ended_on)}" if row.ended_on else words,
        how=_how(row),
        rule_id=row.rule_id,
        source=rule.source if rule else "",
        verified=rule.source_date if rule else "",
        confidence=rule.confidence if rule else "",
        notes=rule.staff_note or rule.notes if rule else "",
        is_default=row.is_default,
        others=[Other(name, rule_id, date.fromisoformat(last)) for rule_id, name, last in row.others],
    )


def _how(row: Clock) -> str:
    if row.state == ClockState.WAITING and row.last_day is None:
        return f"Starts with {row.waits_for}."
    value, _, unit = row.window.partition(" ")
    window = window_in_words(value.strip(), unit.strip())
    start = day(row.basis_on) if row.basis_on else "a day that is not known"
    receipt = f", with {row.presumption_days} days presumed for receipt" if row.presumption_days else ""
    moves = next((said for begins, said in MOVES.items() if row.non_business_day_rule.startswith(begins)), "")
    basis = BASIS_WORDS.get(row.basis, in_plain_words(row.basis))
    return f"{window} from the {basis}, {start}{receipt}.{moves}"
