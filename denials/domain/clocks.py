"""Every clock of a denial: what is due by when, by which rule, and what has not started yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from denials.domain.clock_facts import ClockKind, ClockState, Facts
from denials.domain.clock_rules import ClockRule as ClockRule
from denials.domain.clock_set import NO_TIMES, Other, acted, ended
from denials.domain.clock_set import Clock as Clock
from denials.domain.clock_set import ClockSet as ClockSet
from denials.domain.clock_set import Times as Times
from denials.domain.clock_words import (
    counted_in_words,
    day,
    disagreement,
    missing_in_words,
    name_of,
    source_in_words,
    start_in_words,
    warning,
)
from denials.domain.deadlines import Deadline as Deadline
from denials.domain.deadlines import binding, candidates, earliest, fitting, second, stated_rules
from denials.domain.windows import DEFAULT_PAYER as DEFAULT_PAYER
from denials.domain.windows import Counted, WorkTimes, count, count_from, last_safe_day

SURE_FIRST = (ClockKind.APPEAL, ClockKind.CORRECTED_CLAIM, ClockKind.TIMELY_FILING)
"""Kinds that every denial has: where the payer's rule is not known, a cautious one is assumed."""
CLAIMS = frozenset({ClockKind.CORRECTED_CLAIM, ClockKind.TIMELY_FILING})
OWN_WORK = frozenset({ClockKind.INTERNAL_TARGET, ClockKind.PAYER_RESPONSE, ClockKind.FOLLOW_UP})
LADDER = frozenset({ClockKind.APPEAL, ClockKind.EXTERNAL_REVIEW})


def clocks_of(rules: Iterable[ClockRule], facts: Facts, times: Times = NO_TIMES) -> ClockSet:
    """Counts every rule that applies to these facts."""
    every = list(rules)
    own = fitting(every, facts.payer_key, facts)
    own += stated_rules(facts, own)
    default = fitting(every, DEFAULT_PAYER, facts) if facts.payer_key != DEFAULT_PAYER else []
    found = candidates(own, default, facts)
    first = binding(found, facts)
    counting = _Counting(own, default, facts, times)
    clocks = [_marked(clock, first) for clock in counting.clocks()]
    return ClockSet(first, second(found, facts), tuple(clocks))


def deadline(rules: Iterable[ClockRule], facts: Facts) -> Deadline | None:
    """The earliest last day among the payer's rules that fit; None when no date is known to count from."""
    return clocks_of(rules, facts).deadline


def _marked(clock: Clock, first: Deadline | None) -> Clock:
    is_binding = first is not None and clock.rule_id == first.rule_id and clock.kind not in OWN_WORK
    return replace(clock, is_binding=is_binding)


@dataclass(slots=True, frozen=True)
class _Counting:
    own: Sequence[ClockRule]
    default: Sequence[ClockRule]
    facts: Facts
    times: Times

    def clocks(self) -> Iterator[Clock]:
        if self.facts.is_takeback:
            yield from self._one(ClockKind.RECOUPMENT_STOP)
            return
        if self.facts.appeal_allowed:
            yield from self._ladder(LADDER)
            yield from self._ladder({ClockKind.PAYMENT_DISPUTE})
        yield from self._claim_again()
        yield from self._filing()
        yield from self._one(ClockKind.REOPENING)
        yield from self._own_work()

    def _of(self, kinds: Iterable[ClockKind], level: int | None = None) -> list[ClockRule]:
        wanted = set(kinds)
        return [
            rule for rule in self.own if rule.rule_type in wanted and (level is None or (rule.level_no or 1) == level)
        ]

    def _ladder(self, kinds: set[ClockKind] | frozenset[ClockKind]) -> Iterator[Clock]:
        levels = {rule.level_no or 1 for rule in self._of(kinds)}
        if ClockKind.APPEAL in kinds:
            levels |= {self.facts.open_level}
        for level in sorted(level for level in levels if level >= self.facts.level):
            yield self._level(kinds, level)

    def _level(self, kinds: Iterable[ClockKind], level: int) -> Clock:
        rules = self._of(kinds, level)
        kind = ClockKind(rules[0].rule_type) if rules else ClockKind.APPEAL
        counted = self._counted(rules, kind, level)
        if level > self.facts.open_level or self.facts.start_of(level) is None:
            return self._waiting(rules, counted, kind, level)
        step = self.facts.step(level)
        clock = self._running(rules, counted, kind, level)
        return acted(clock, step.sent_on) if kind in LADDER else clock

    def _counted(self, rules: Sequence[ClockRule], kind: ClockKind, level: int) -> list[Counted]:
        counted = [one for one in (count(rule, self.facts) for rule in rules) if one]
        is_next = kind not in LADDER or level == self.facts.open_level
        if is_next and kind in SURE_FIRST and not any(one.is_sure for one in counted):
            assumed = [rule for rule in self.default if rule.rule_type == kind]
            counted += [one for one in (count(rule, self.facts) for rule in assumed) if one]
        return earliest(counted)

    def _claim_again(self) -> Iterator[Clock]:
        for clock in self._one(ClockKind.CORRECTED_CLAIM):
            yield acted(clock, self.facts.claim_sent_on)

    def _filing(self) -> Iterator[Clock]:
        for clock in self._one(ClockKind.TIMELY_FILING):
            yield self._filed(clock)

    def _filed(self, clock: Clock) -> Clock:
        """The limit of the original claim, once the payer has taken that claim in."""
        facts = self.facts
        if facts.needs_new_claim:
            return acted(clock, facts.claim_sent_on)
        if facts.filed_on and clock.last_day and facts.filed_on <= clock.last_day:
            proof = f"The payer had the claim on {day(facts.filed_on)}, inside the limit."
            return ended(clock, ClockState.MET, facts.filed_on, proof)
        if facts.is_late_filing:
            return ended(clock, ClockState.STOPPED, None, "The payer says the claim came late: only proof helps now.")
        return ended(clock, ClockState.MET, facts.filed_on, "The payer took the claim in and decided about it.")

    def _own_work(self) -> Iterator[Clock]:
        facts = self.facts
        first_sent = min(filter(None, [*(step.sent_on for step in facts.steps), facts.claim_sent_on]), default=None)
        for clock in self._one(ClockKind.INTERNAL_TARGET):
            yield acted(clock, first_sent)
        yield self._answer()
        for rule in [*self._of({ClockKind.FOLLOW_UP}), *self._assumed(ClockKind.FOLLOW_UP)]:
            counted = count(rule, facts)
            if counted:
                yield self._as_clock(counted, [], ClockKind.FOLLOW_UP, rule.level_no or 1)
            else:
                yield self._waiting([rule], [], ClockKind.FOLLOW_UP, rule.level_no or 1)

    def _answer(self) -> Clock:
        """The payer's time to answer what we sent: by its rule for that level, else by what is usual."""
        facts = self.facts
        level = max((step.level for step in facts.steps if step.sent_on), default=facts.open_level)
        rule = next((rule for rule in self._of(LADDER, level) if rule.decision_days), None)
        days = rule.decision_days if rule and rule.decision_days else facts.response_days
        because = (
            f"{name_of(rule)} ({rule.rule_id}): the payer may take {rule.decision_time}."
            if rule
            else f"This payer usually answers within {days} days; its page says so."
        )
        clock = Clock(
            kind=ClockKind.PAYER_RESPONSE,
            level=level,
            name="Answer of the payer",
            state=ClockState.WAITING,
            waits_for="a letter or claim that is sent",
            rule_id=rule.rule_id if rule else "",
            source=rule.source if rule else "the payer's page",
            last_verified=rule.last_verified if rule else "",
            confidence=rule.confidence if rule else "",
            window=f"{days} calendar_days",
            because=(because,),
        )
        sent = facts.step(level).sent_on or facts.claim_sent_on
        counted = count_from(_answer_rule(days), sent, basis="sent") if sent else None
        if counted is None:
            return clock
        running = replace(
            clock, state=ClockState.RUNNING, waits_for="", basis="sent", basis_date=sent,
            last_day=counted.last_day, last_safe_day=counted.last_day,
        )  # fmt: skip
        return acted(running, facts.step(level).decided_on)

    def _assumed(self, kind: ClockKind) -> list[ClockRule]:
        return [] if self._of({kind}) else [rule for rule in self.default if rule.rule_type == kind]

    def _one(self, kind: ClockKind) -> Iterator[Clock]:
        """The clock of a kind that has no levels; none where no rule of that kind is known."""
        rules = self._of({kind})
        if kind in SURE_FIRST:
            counted = self._counted(rules, kind, 0)
        else:
            rules = rules or self._assumed(kind)
            counted = earliest(one for one in (count(rule, self.facts) for rule in rules) if one)
        if rules or counted:
            yield self._running(rules, counted, kind, 0)

    def _running(
        self,
        rules: Sequence[ClockRule],
        counted: Sequence[Counted],
        kind: ClockKind,
        level: int,
    ) -> Clock:
        if not counted:
            return self._waiting(rules, counted, kind, level)
        known = {one.rule.rule_id for one in counted}
        missing = [missing_in_words(rule) for rule in rules if rule.rule_id not in known]
        return self._as_clock(counted[0], counted[1:], kind, level, missing)

    def _as_clock(
        self,
        one: Counted,
        others: Sequence[Counted],
        kind: ClockKind,
        level: int,
        missing: Sequence[str] = (),
    ) -> Clock:
        rule = one.rule
        is_assumed = one.is_default and kind not in OWN_WORK
        clock = Clock(
            kind=kind,
            level=level,
            name=name_of(rule),
            state=ClockState.RUNNING,
            basis=one.basis,
            basis_date=one.basis_date,
            presumption_days=one.presumption_days,
            last_day=one.last_day,
            last_safe_day=one.last_day if kind in OWN_WORK else last_safe_day(one, self._times(kind)),
            is_default=is_assumed,
            others=tuple(Other(each.rule.rule_id, name_of(each.rule), each.last_day) for each in others),
            because=(
                *([warning(self.facts)] if is_assumed else []),
                counted_in_words(one),
                source_in_words(rule),
                *map(disagreement, others),
                *missing,
                *_money_needed(rule),
            ),
        )
        return _by(rule, clock)

    def _waiting(self, rules: Sequence[ClockRule], counted: Sequence[Counted], kind: ClockKind, level: int) -> Clock:
        """Not started, or without a window that can be counted. The last day stands there where it is known already."""
        rule = rules[0] if rules else None
        one = counted[0] if counted else None
        waits_for = start_in_words(rule) if rule else f"the decision on level {level - 1}"
        if one and level > 1:
            waits_for = f"the decision on level {level - 1}"
        clock = Clock(
            kind=kind,
            level=level,
            name=name_of(rule) if rule else f"Appeal, level {level}",
            state=ClockState.WAITING,
            waits_for=waits_for,
            basis=one.basis if one else "",
            basis_date=one.basis_date if one else None,
            last_day=one.last_day if one else None,
            last_safe_day=last_safe_day(one, self._times(kind)) if one else None,
            because=(
                counted_in_words(one) if one else f"It starts with {waits_for}.",
                *([source_in_words(rule), *_money_needed(rule)] if rule else []),
            ),
        )
        return _by(rule, clock) if rule else clock

    def _times(self, kind: ClockKind) -> WorkTimes:
        return self.times.claim if kind in CLAIMS else self.times.letter


def _by(rule: ClockRule, clock: Clock) -> Clock:
    """The clock with where it comes from."""
    return replace(
        clock,
        rule_id=rule.rule_id,
        source=rule.source,
        last_verified=rule.last_verified,
        confidence=rule.confidence,
        window=rule.window,
        non_business_day_rule=rule.non_business_day_rule,
    )


def _money_needed(rule: ClockRule) -> Iterator[str]:
    if rule.amount_needed == "UNKNOWN":
        yield "The least amount in dispute on this level is not known yet: look it up before you file."
    elif rule.amount_needed not in ("", "none"):
        yield f"At least ${rule.amount_needed} must be in dispute on this level."


def _answer_rule(days: int) -> ClockRule:
    return ClockRule.from_row(
        {"rule_id": "", "payer_key": "", "rule_type": ClockKind.PAYER_RESPONSE, "window_value": days,
         "window_unit": "calendar_days", "counts_from": "sending"}
    )  # fmt: skip
