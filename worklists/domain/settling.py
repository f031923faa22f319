"""What a remittance does to the work about a claim: closes it, pays a part, takes money back, or nothing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from denials.domain.parts import REVERSAL, Result
from worklists.domain.episodes import PROCESSED, ZERO, counted, first_known, recovered, still_denied


class Verdict(StrEnum):
    NOTHING = "nothing"
    OVERTURNED = "overturned"
    """Paid, and nothing is denied any more: open work closes, closed work without an outcome gets it."""
    PARTLY = "partly"
    """Paid, and a part stays denied: the work goes on for the rest."""
    UNPAID = "unpaid"
    """Nothing is denied any more, yet nothing more was paid: somebody must look."""
    TAKEN_BACK = "taken_back"
    """What had been recovered was reversed, so that something is denied again."""
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
    """One that people closed it with, and not what an earlier remittance made of it."""
    recovered: Decimal | None
    denials: Sequence[int]
    """The results that denied what it is about, as they came in: each round, and each part of a claim that the payer
    split.
    """
    until: Result | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`amount`: dollars recovered since the episode began, after this remittance. `by`: the result that decides."""

    verdict: Verdict
    amount: Decimal = ZERO
    by: Result | None = None
    is_denied: bool = False
    """Of what is kept: a part of the claim stays denied."""


NOTHING = Judgement(Verdict.NOTHING)


def judge(episode: Episode, results: Sequence[Result], remittance: int) -> Judgement:
    """What `remittance` does to one episode. `results` are all of the claim so far, in order."""
    end = episode.until.order if episode.until else None
    course = [result for result in results if end is None or result.order <= end]
    now = [result for result in course if result.remittance == remittance]
    if not now:
        return NOTHING
    until_now = [result for result in course if result.order <= now[-1].order]
    amount = recovered(until_now, episode.denials)
    is_denied = bool(still_denied(course, episode.denials))
    if episode.is_open:
        return _judge_open(episode, course, now, amount, is_denied=is_denied)
    return _judge_closed(episode, course, now, amount, is_denied=is_denied)


def _judge_open(
    episode: Episode, course: Sequence[Result], now: Sequence[Result], amount: Decimal, *, is_denied: bool
) -> Judgement:
    rest = _denied_again(episode, course, now)
    decisions = _decisions(episode, course, now)
    paying = [result for result in [*rest, *decisions] if result.paid > 0]
    if paying and amount > 0:
        return Judgement(Verdict.PARTLY if is_denied else Verdict.OVERTURNED, amount, paying[-1])
    if episode.is_won and (reversal := _reversal(now)):
        return _judge_reversed(episode, now, amount, reversal, is_denied=is_denied)
    return Judgement(Verdict.UNPAID, max(amount, ZERO), decisions[-1]) if decisions else NOTHING


def _judge_closed(
    episode: Episode, course: Sequence[Result], now: Sequence[Result], amount: Decimal, *, is_denied: bool
) -> Judgement:
    if episode.is_won and (reversal := _reversal(now)):
        return _judge_reversed(episode, now, amount, reversal, is_denied=is_denied)
    paying = [result for result in _decisions(episode, course, now) if result.paid > 0]
    if not paying or amount <= 0:
        return NOTHING
    if episode.has_outcome:
        return Judgement(Verdict.KEPT, amount, paying[-1], is_denied=is_denied)
    return Judgement(Verdict.PARTLY if is_denied else Verdict.OVERTURNED, amount, paying[-1])


def _judge_reversed(
    episode: Episode, now: Sequence[Result], amount: Decimal, reversal: Result, *, is_denied: bool
) -> Judgement:
    if amount <= 0 or (is_denied and not episode.is_open):
        return Judgement(Verdict.TAKEN_BACK, max(amount, ZERO), reversal)
    return Judgement(Verdict.AMENDED, amount, now[-1]) if amount != episode.recovered else NOTHING


def _reversal(now: Sequence[Result]) -> Result | None:
    return next((result for result in now if result.status == REVERSAL and result.paid < 0), None)


def _denied_again(episode: Episode, course: Sequence[Result], now: Sequence[Result]) -> list[Result]:
    """The denials of this remittance that answer an earlier one: what they pay beside was denied before."""
    found = []
    for part in counted(course, episode.denials):
        first = first_known(part, episode.denials)
        known = [result for result in part if first and result.id in episode.denials and result.order > first.order]
        found += [result for result in known if result in now]
    return found


def _decisions(episode: Episode, course: Sequence[Result], now: Sequence[Result]) -> list[Result]:
    """By part the last word of this remittance on what was denied, if that denies and defers nothing any more."""
    last_words = []
    for part in counted(course, episode.denials):
        denied = [result for result in part if result.id in episode.denials]
        spoken = [
            result for result in part
            if denied and result in now and result.status in PROCESSED and result.order > denied[-1].order
        ]  # fmt: skip
        if spoken and spoken[-1].denial is None and not spoken[-1].is_pending:
            last_words.append(spoken[-1])
    return sorted(last_words, key=lambda result: result.order)
