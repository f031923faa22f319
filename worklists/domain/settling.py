"""What a remittance does to the work about a claim: closes it, pays a part, takes money back, or nothing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from worklists.domain.episodes import PROCESSED, REVERSAL, ZERO, Result, answers, recovered


class Verdict(StrEnum):
    NOTHING = "nothing"
    OVERTURNED = "overturned"
    """Paid, and nothing is denied any more: open work closes, closed work without an outcome gets it."""
    PARTLY = "partly"
    """Paid, and a part stays denied: the work goes on for the rest."""
    UNPAID = "unpaid"
    """Nothing is denied any more, yet nothing more was paid: somebody must look."""
    TAKEN_BACK = "taken_back"
    """All that had been recovered was reversed."""
    AMENDED = "amended"
    """What had been recovered is now another amount."""
    KEPT = "kept"
    """Paid, yet people closed the work with an outcome: theirs stands, and they are told where it says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One work item as settling sees it: from the denial that opened it to the next item of the claim, if any."""

    is_open: bool
    is_won: bool
    """Overturned or partly overturned; an open one in part, by a remittance."""
    has_outcome: bool
    recovered: Decimal | None
    first: Result
    current: Result
    until: Result | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`amount`: dollars recovered since the episode began, after this remittance. `by`: the result that decides."""

    verdict: Verdict
    amount: Decimal = ZERO
    by: Result | None = None


NOTHING = Judgement(Verdict.NOTHING)


def judge(episode: Episode, results: Sequence[Result], remittance: int) -> Judgement:
    """What `remittance` does to one episode. `results` are all of the claim so far, in order."""
    end = episode.until.order if episode.until else None
    course = [result for result in results if end is None or result.order <= end]
    now = [result for result in course if result.remittance == remittance]
    if not now:
        return NOTHING
    amount = recovered((result for result in course if result.order <= now[-1].order), episode.first)
    if episode.is_open:
        return _judge_open(episode, now, amount)
    return _judge_closed(episode, now, amount)


def _judge_open(episode: Episode, now: Sequence[Result], amount: Decimal) -> Judgement:
    current = episode.current
    if current in now and current is not episode.first and amount > 0 and current.paid > 0:
        return Judgement(Verdict.PARTLY, amount, current)
    decision = _decision(episode, now)
    if decision and amount > 0 and decision.paid > 0:
        return Judgement(Verdict.OVERTURNED, amount, decision)
    if episode.is_won and (reversal := _reversal(now)):
        return _judge_reversed(episode, now, amount, reversal)
    return Judgement(Verdict.UNPAID, max(amount, ZERO), decision) if decision else NOTHING


def _judge_closed(episode: Episode, now: Sequence[Result], amount: Decimal) -> Judgement:
    if episode.is_won and (reversal := _reversal(now)):
        return _judge_reversed(episode, now, amount, reversal)
    decision = _decision(episode, now)
    if decision is None or amount <= 0 or decision.paid <= 0:
        return NOTHING
    if not episode.has_outcome:
        return Judgement(Verdict.OVERTURNED, amount, decision)
    return Judgement(Verdict.KEPT, amount, decision)


def _judge_reversed(episode: Episode, now: Sequence[Result], amount: Decimal, reversal: Result) -> Judgement:
    if amount <= 0:
        return Judgement(Verdict.TAKEN_BACK, ZERO, reversal)
    return Judgement(Verdict.AMENDED, amount, now[-1]) if amount != episode.recovered else NOTHING


def _reversal(now: Sequence[Result]) -> Result | None:
    return next((result for result in now if result.status == REVERSAL and result.paid < 0), None)


def _decision(episode: Episode, now: Sequence[Result]) -> Result | None:
    """The last word of this remittance on what was denied, if that denies and defers nothing any more."""
    spoken = [result for result in now if result.status in PROCESSED and answers(result, episode.current)]
    if not spoken or spoken[-1].denial is not None or spoken[-1].is_pending:
        return None
    return spoken[-1]
