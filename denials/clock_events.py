"""What was done about a claim that starts and ends clocks, written down and read again as the past of a denial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from denials.domain.clock_facts import Step
from denials.domain.parts import Result, same_part
from denials.models import ClockEvent, Denial

Kind = ClockEvent.Kind


@dataclass(slots=True, frozen=True)
class Past:
    """Which level is open to a denial, since when, and what was done about it so far."""

    level: int = 1
    level_from: date | None = None
    original_date: date | None = None
    steps: tuple[Step, ...] = ()
    claim_sent_on: date | None = None


NO_PAST = Past()


def note(denials: Iterable[Denial], kind: Kind, on: date, *, level: int = 0) -> None:
    """Writes an event down for each of them; the same again on another day corrects the day."""
    rows = [ClockEvent(denial=each, claim_id=each.claim_id, kind=kind, level=level, on=on) for each in denials]
    ClockEvent.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["denial", "kind", "level"], update_fields=["on"]
    )


def forget(denial: Denial, kind: Kind, *, level: int = 0) -> None:
    """Takes an event back, such as a letter that was withdrawn."""
    ClockEvent.objects.filter(denial=denial, kind=kind, level=level).delete()


def by_claim(claims: Iterable[int]) -> Mapping[int, Sequence[ClockEvent]]:
    """The events of these claims, oldest first."""
    found: dict[int, list[ClockEvent]] = defaultdict(list)
    for event in ClockEvent.objects.filter(claim__in=list(claims)).select_related("denial"):
        found[event.claim_id].append(event)
    return found


def past_of(denial: Denial, events: Sequence[ClockEvent], course: Iterable[Result]) -> Past:
    """The past as one denial sees it; it may not be saved yet. `course`: the results of its claim.

    A denial that comes after a letter about an earlier one answers that letter: the next level is open to it. Not so
    where the payer split the claim and the letter was about another part.
    """
    if not events:
        return NO_PAST
    own = [event for event in events if event.denial_id == denial.pk]
    part = same_part(course, denial.remitted_claim_id)
    others = (event for event in events if event.denial_id != denial.pk and event.denial.remitted_claim_id in part)
    before = [event for event in others if _is_before(event, denial)]
    sent = [event for event in before if event.kind == Kind.APPEAL_SENT]
    answered = max((event.level for event in sent), default=0)
    told = [event.on for event in before if event.kind == Kind.DECIDED and event.level == answered]
    first_days = [event.denial.decided_on for event in sent if event.denial.decided_on]
    claims = [event.on for event in own if event.kind == Kind.CLAIM_SENT]
    return Past(
        level=answered + 1,
        level_from=min([*told, *([denial.decided_on] if denial.decided_on else [])], default=None)
        if answered
        else None,
        original_date=min(first_days, default=None),
        steps=tuple(_steps(own)),
        claim_sent_on=max(claims, default=None),
    )


def _is_before(event: ClockEvent, denial: Denial) -> bool:
    return denial.decided_on is not None and event.on <= denial.decided_on


def _steps(own: Iterable[ClockEvent]) -> Iterable[Step]:
    days: dict[int, dict[str, date]] = defaultdict(dict)
    for event in own:
        if event.kind in (Kind.APPEAL_SENT, Kind.DECIDED):
            days[event.level][event.kind] = event.on
    for level in sorted(days):
        yield Step(level, days[level].get(Kind.APPEAL_SENT), days[level].get(Kind.DECIDED))
