"""The clocks of denials, written with them and written again when something starts, ends or changes one."""

from __future__ import annotations

import datetime as dates
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Min

from denials import clock_events, time_limits
from denials.acknowledgments import first_acceptances
from denials.clock_events import Past
from denials.copying import copy, day, plain
from denials.course import course_of
from denials.domain.clock_facts import ClockKind
from denials.domain.clock_set import Clock as Counted
from denials.domain.clocks import ClockSet
from denials.domain.parts import same_part
from denials.domain.windows import count_from
from denials.models import Claim, Clock, Denial, Payer
from denials.time_limits import ClaimDates, TimeLimits, has_clocks

COLUMNS = (
    "denial_id", "kind", "level", "name", "state", "rule_id", "basis", "waits_for", "window", "non_business_day_rule",
    "basis_on", "presumption_days", "last_day", "last_safe_day", "ended_on", "is_default", "is_binding", "others",
)  # fmt: skip
DATED = ["deadline", "last_safe_on", "deadline_rule", "deadline_is_default", "deadline_because"]


def date(rows: Sequence[tuple[Denial, ClaimDates]], payer: Payer, limits: TimeLimits) -> list[ClockSet | None]:
    """Counts the clocks of rows that may not be saved yet, and gives each its last day. None where none run."""
    counted = count(rows, payer, limits)
    for (row, _), found in zip(rows, counted, strict=True):
        give_deadline(row, found)
    return counted


def count(rows: Sequence[tuple[Denial, ClaimDates]], payer: Payer, limits: TimeLimits) -> list[ClockSet | None]:
    """The clocks of each row as the rules and what was done make them now."""
    events = clock_events.by_claim({row.claim_id for row, _ in rows})
    upheld = {row.claim_id for row, _ in rows if has_clocks(row) and limits.is_upheld(row)}
    course = course_of({*events, *upheld})
    filed = _proofs_of_filing(rows)
    counted: list[ClockSet | None] = []
    for row, claim in rows:
        found = None
        if has_clocks(row):
            results = course.get(row.claim_id, ())
            past = clock_events.past_of(row, events.get(row.claim_id, ()), results)
            if past.level == 1 and limits.is_upheld(row):
                past = after_upheld(row, past, _first_day(row, same_part(results, row.remitted_claim_id)))
            line, filed_on = limits.lines.line_of(payer, claim), filed.get(row.claim_id)
            found = limits.clocks_for(row, line, claim, past, payer=payer, filed_on=filed_on)
        counted.append(found)
    return counted


def _proofs_of_filing(rows: Sequence[tuple[Denial, ClaimDates]]) -> dict[int, dates.date]:
    """By claim the day on which its payer had accepted it; looked for where the payer says that it came late."""
    late = {row.claim_id for row, _ in rows if row.category == time_limits.LATE}
    proofs = first_acceptances(list(Claim.objects.filter(pk__in=late))) if late else {}
    return {claim_id: proof.received_on or proof.day for claim_id, proof in proofs.items()}


def after_upheld(row: Denial, past: Past, first_day: dates.date | None) -> Past:
    """The next level is open after that, also where nobody here wrote down that an appeal was sent."""
    return replace(past, level=2, level_from=row.decided_on, original_date=first_day)


def _first_day(row: Denial, part: Collection[int]) -> dates.date | None:
    """When the payer first denied this part of the claim, which is all of it where nothing was split."""
    earlier = Denial.objects.filter(claim=row.claim_id, remitted_claim__in=part, is_denial=True).exclude(pk=row.pk)
    days = earlier.filter(decided_on__lt=row.decided_on) if row.decided_on else earlier.none()
    first: dates.date | None = days.aggregate(first=Min("decided_on"))["first"]
    return first


def give_deadline(row: Denial, found: ClockSet | None) -> None:
    """The binding date with its reasons; open where no date is known."""
    last_day = found.deadline if found else None
    row.deadline = last_day.date if last_day else None
    row.last_safe_on = _safe_day(found) if found else None
    row.deadline_rule = last_day.rule_id if last_day else ""
    row.deadline_is_default = last_day.is_default if last_day else False
    row.deadline_because = "\n".join(last_day.because) if last_day else ""


def _safe_day(found: ClockSet) -> dates.date | None:
    """Of the clock that binds; the deadline itself where no clock of its own says one."""
    last_day = found.deadline.date if found.deadline else None
    safe = [clock.last_safe_day for clock in found.clocks if clock.is_binding and clock.last_safe_day]
    return min([*safe, *([last_day] if last_day else [])], default=None)


def write(rows: Sequence[Denial], counted: Sequence[ClockSet | None]) -> None:
    """The clocks of rows that are saved and have none yet."""
    copy(Clock, COLUMNS, _lines(zip(rows, counted, strict=True)))


def rewrite(rows: Sequence[Denial], counted: Sequence[ClockSet | None]) -> None:
    """The same in place of what was written before."""
    Clock.objects.filter(denial__in=[row.pk for row in rows]).delete()
    write(rows, counted)


class Redated(NamedTuple):
    """A denial with its last day of now, and the one that it had before."""

    denial: Denial
    before: dates.date | None


def redate(denials: Iterable[int]) -> list[Redated]:
    """Counts and writes the clocks of saved denials again. Expects the caller's transaction."""
    rows = list(
        Denial.objects.filter(pk__in=list(denials))
        .select_related("payer", "remitted_claim")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    limits, before = time_limits.current(), [row.deadline for row in rows]
    counted = [found for row in rows for found in count([(row, row.remitted_claim)], row.payer, limits)]
    for row, found in zip(rows, counted, strict=True):
        if found and found.deadline:  # a day that was known is never lost because a rule went away
            give_deadline(row, found)
    Denial.objects.bulk_update(rows, DATED)
    rewrite(rows, counted)
    return [Redated(row, was) for row, was in zip(rows, before, strict=True)]


def follow_ups(denial: Denial, sent_on: dates.date) -> list[dates.date]:
    """The days, in order, on which the follow-up clocks of a denial ask about what was sent on this day."""
    named = set(Clock.objects.filter(denial=denial, kind=ClockKind.FOLLOW_UP).values_list("rule_id", flat=True))
    rules = [rule for rule in time_limits.current().rules if rule.rule_id in named]
    counted = [count_from(rule, sent_on, basis="sent") for rule in rules]
    return sorted(one.last_day for one in counted if one)


def _lines(rows: Iterable[tuple[Denial, ClockSet | None]]) -> Iterator[str]:
    for row, found in rows:
        for clock in found.clocks if found else ():
            yield f"{row.pk}\t{_line(clock)}"


def _line(clock: Counted) -> str:
    others = [[other.rule_id, other.name, other.last_day.isoformat()] for other in clock.others]
    texts = plain(
        [clock.kind.value, str(clock.level), clock.name[:160], clock.state.value, clock.rule_id, clock.basis,
         clock.waits_for[:120], clock.window[:60], clock.non_business_day_rule]
    )  # fmt: skip
    days = [day(clock.basis_date), str(clock.presumption_days)]
    days += [day(clock.last_day), day(clock.last_safe_day), day(clock.ended_on)]
    flags = [str(clock.is_default), str(clock.is_binding)]
    return "\t".join([texts, *days, *flags, plain([json.dumps(others)])]) + "\n"
