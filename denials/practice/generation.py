"""Makes a whole practice from a seed and a date: same seed, date and size, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from denials.practice.adjudication import Answer, answer
from denials.practice.aftermath import later_answers, money_outside_claims
from denials.practice.billing import Claim, make_claims, payment_days
from denials.practice.causes import Cause
from denials.practice.harmless import PAID
from denials.practice.payments import pack
from denials.practice.people import FACILITIES, PAYERS, Facility, Patient, Payer, make_patients
from denials.practice.planted import OUTAGE
from denials.practice.planting import delayed, hold_back, plant, send_twice
from denials.practice.truth import tell

SIZES = {"small": 400, "demo": 3_000, "large": 100_000}
"""Claims first answered within the window."""
CLAIMS_PER_PATIENT = 4


Stories = dict[str, list[Answer]]
"""What payers said to each claim, by claim number, first answer first."""


@dataclass(slots=True)
class Practice:
    """A made-up practice: who is in it, the 835 files its payers sent, oldest first, and what is true of them."""

    facilities: tuple[Facility, ...]
    payers: tuple[Payer, ...]
    patients: list[Patient]
    files: list[tuple[str, bytes]]
    truth: dict[str, Any]


def generate(seed: int, as_of: date, size: str | int = "demo") -> Practice:
    """The 120 days before `as_of` of a practice with planted causes.

    `size` is small, demo, large or a number of claims. Raises KeyError for another name.
    """
    count = SIZES[size] if isinstance(size, str) else size
    random = Random(f"{seed} {as_of.isoformat()} {count}")
    patients = make_patients(random, max(60, count // CLAIMS_PER_PATIENT))
    stories = make_stories(random, patients, as_of, count)
    planned = [each for story in stories.values() for each in money_outside_claims(random, story)]
    files = pack((each for story in stories.values() for each in story), planned)
    contents = [(file.name, file.content(number)) for number, file in enumerate(files, 1)]
    return Practice(FACILITIES, PAYERS, patients, contents, tell(seed, as_of, stories, files))


def make_stories(random: Random, patients: Sequence[Patient], as_of: date, count: int) -> Stories:
    """`count` claims of these patients, a few of them sent twice, with all that payers said to them until `as_of`."""
    claims = make_claims(random, patients, as_of, count)
    held = {claim.number: claim for claim in hold_back(random, claims, as_of)}
    causes = plant(random, [claim for claim in claims if claim.number not in held], as_of)
    causes.update(dict.fromkeys(held, OUTAGE))
    firsts = [_first(held.get(claim.number, claim), causes.get(claim.number, PAID)) for claim in claims]
    firsts += send_twice(random, [each for each in firsts if each.cause is PAID], as_of, len(claims) + 1)
    calendar = {payer.key: payment_days(payer, as_of) for payer in PAYERS}
    return {
        first.claim.number: [first, *later_answers(random, first, calendar[first.claim.payer.key])] for first in firsts
    }


def _first(claim: Claim, cause: Cause) -> Answer:
    if cause.id == "paid_late_with_interest":
        claim = delayed(claim)
    return answer(claim, cause, cause.verdict, claim.answered_on)
