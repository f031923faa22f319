"""Decides which claims get which cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from denials.practice.adjudication import NOTHING, Answer, answer
from denials.practice.billing import Claim, on_weekday, payment_days
from denials.practice.causes import Cause
from denials.practice.harmless import HARMLESS, PAID
from denials.practice.planted import DENIALS, DUPLICATE, DUPLICATE_UNFOUNDED, OUTAGE

PLANTED = (*DENIALS, DUPLICATE_UNFOUNDED, *HARMLESS)
ALL_CAUSES = (*PLANTED, OUTAGE, DUPLICATE, PAID)
OUTAGE_PAYERS = ("uhc", "cigna", "medicaid_tx", "anthem")
"""Payers whose filing limit the outage outlasted."""
OUTAGE_SHARE, OUTAGE_LEAST = 0.006, 2
DUPLICATE_SHARE, DUPLICATE_LEAST = 0.006, 2


def plant(random: Random, claims: Sequence[Claim], as_of: date) -> dict[str, Cause]:
    """The cause of each claim by its number; no claim has two."""
    causes: dict[str, Cause] = {}
    for cause in PLANTED:
        fitting = [claim for claim in claims if claim.number not in causes and fits(cause, claim, as_of)]
        count = min(len(fitting), max(cause.least, round(cause.share * len(fitting))))
        causes.update((claim.number, cause) for claim in random.sample(fitting, count))
    return causes


def fits(cause: Cause, claim: Claim, as_of: date) -> bool:
    """True when the cause may fall on this claim."""
    return (
        (not cause.facilities or claim.facility.key in cause.facilities)
        and (not cause.payers or claim.payer.key in cause.payers)
        and cause.desk in (0, claim.patient.desk)
        and cause.clinician in ("", claim.clinician.last)
        and cause.newest <= (as_of - claim.answered_on).days <= cause.oldest
        and (claim.payer.known or bool(cause.payers))
        and (cause.needs != "lines" or len(claim.lines) > 1)
        and (cause.needs != "units" or max(line.units for line in claim.lines) > 1)
    )


def hold_back(random: Random, claims: Sequence[Claim], as_of: date) -> list[Claim]:
    """The claims of one week that a billing outage held for a hundred days: they replace as many of these."""
    fitting = [claim for claim in claims if claim.payer.key in OUTAGE_PAYERS]
    count = min(len(fitting), max(OUTAGE_LEAST, round(OUTAGE_SHARE * len(claims))))
    monday = as_of - timedelta(168 + as_of.weekday())
    received = as_of - timedelta(62)
    return [
        replace(
            claim,
            service_date=monday + timedelta(random.randint(0, 4)),
            received_on=received,
            answered_on=next(day for day in payment_days(claim.payer, as_of) if day >= received + timedelta(12)),
        )
        for claim in random.sample(fitting, count)
    ]


def delayed(claim: Claim) -> Claim:
    """The same claim, received so early that the payer owes interest."""
    received = claim.answered_on - timedelta(58)
    return replace(claim, received_on=received, service_date=on_weekday(received - timedelta(5)))


def send_twice(random: Random, paid: Sequence[Answer], as_of: date, serial: int) -> list[Answer]:
    """Second copies of paid claims, answered as duplicates with the payer's next payments."""
    fitting = [each for each in paid if each.reported.paid and (as_of - each.paid_on).days >= 20]
    count = min(len(fitting), max(DUPLICATE_LEAST, round(DUPLICATE_SHARE * len(paid))))
    chosen = random.sample(fitting, count)
    return [_second_copy(each, as_of, serial + at) for at, each in enumerate(chosen)]


def _second_copy(first: Answer, as_of: date, serial: int) -> Answer:
    claim = first.claim
    received = first.paid_on + timedelta(2)
    days = payment_days(claim.payer, as_of)
    copy = replace(
        claim,
        number=f"{claim.facility.prefix}{claim.patient.desk}-{serial:05d}",
        control_number=f"{claim.payer.prefix}{received:%y}{serial:06d}",
        received_on=received,
        answered_on=next((day for day in days if day > received), days[-1]),
    )
    again = answer(copy, DUPLICATE, DUPLICATE.verdict, copy.answered_on)
    again.denied = NOTHING
    return again
