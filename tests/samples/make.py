"""Writes the sample files of this folder from made-up claims: `python -m tests.samples.make`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from denials.practice.adjudication import Answer
from denials.practice.aftermath import money_outside_claims
from denials.practice.generation import Stories, make_stories
from denials.practice.payments import PaymentFile, pack
from denials.practice.people import make_patients
from denials.practice.truth import tell

FOLDER = Path(__file__).parent
AS_OF = date(2026, 11, 20)
SEED = 835
ONE_ANSWER = (
    *("paid", "bundled_extra", "units_cut", "line_in_review", "write_off_hides_reason", "not_our_claim"),
    *("patient_unknown", "remark_missing", "code_never_seen", "payer_never_seen", "paid_late_with_interest"),
)
WITH_SEQUEL = (
    *("auth_missing_imaging", "member_id_typed_wrong", "billing_outage", "payment_taken_back"),
    *("taken_back_other_payer", "sent_twice"),
)


def make() -> dict[str, bytes]:
    """Every sample by file name, and truth.json."""
    random = Random(SEED)
    stories = make_stories(random, make_patients(random, 200), AS_OF, 1500)
    files: dict[str, bytes] = {}
    truths: dict[str, Any] = {}
    for cause in (*ONE_ANSWER, *WITH_SEQUEL):
        chosen = _with_originals(_choose(stories, cause), stories)
        planned = [each for answers in chosen.values() for each in money_outside_claims(Random(1), answers)]
        packed = pack((each for answers in chosen.values() for each in answers), planned)
        for at, file in enumerate(packed, 1):
            file.name = f"{cause}-{at}.835" if len(packed) > 1 else f"{cause}.835"
            files[file.name] = file.content(at)
        truths[cause] = _truth(chosen, packed)
    return {**files, "truth.json": (json.dumps(truths, indent=1) + "\n").encode()}


def _choose(stories: Stories, cause: str) -> Stories:
    """The first claim of this cause; one with a later answer where a sequel is wanted and there is one."""
    fitting = {number: answers for number, answers in stories.items() if answers[0].cause.id == cause}
    number = next(iter(fitting))
    if cause in WITH_SEQUEL:
        number = next((each for each, answers in fitting.items() if len(answers) > 1), number)
    return {number: fitting[number]}


def _with_originals(chosen: Stories, stories: Stories) -> Stories:
    """A duplicate comes with the paid claim that it repeats."""
    (duplicate,) = chosen.values()
    if duplicate[0].cause.id != "sent_twice":
        return chosen
    return {number: answers for number, answers in stories.items() if _repeats(duplicate[0], answers[0])}


def _repeats(duplicate: Answer, other: Answer) -> bool:
    return (duplicate.claim.patient, duplicate.claim.service_date, duplicate.claim.lines) == (
        other.claim.patient,
        other.claim.service_date,
        other.claim.lines,
    )


def _truth(stories: Stories, files: list[PaymentFile]) -> Any:
    truth = tell(SEED, AS_OF, stories, files)
    return {"claims": truth["claims"], "files": truth["files"]}


if __name__ == "__main__":
    for name, content in make().items():
        (FOLDER / name).write_bytes(content)
