"""What is true of a made-up practice, as plain JSON values, for tests to compare with.

Money is text with two decimals, dates are ISO. `claims` is keyed by claim number (CLP01); each holds its answers in
the order in which the payer gave them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from denials.practice.adjudication import NOTHING, Answer
from denials.practice.payments import PaymentFile
from denials.practice.planting import ALL_CAUSES

Json = dict[str, Any]


def tell(seed: int, as_of: date, stories: Mapping[str, Sequence[Answer]], files: Sequence[PaymentFile]) -> Json:
    """The whole truth: claims, causes, files and totals."""
    places = {id(each): file.name for file in files for payment in file.payments for each in payment.answers}
    claims = {number: _claim(answers, places) for number, answers in stories.items()}
    return {
        "seed": seed,
        "as_of": as_of.isoformat(),
        "claims": claims,
        "causes": _causes(stories),
        "files": [_file(file) for file in files],
        "totals": _totals(stories, files),
    }


def _claim(answers: Sequence[Answer], places: Mapping[int, str]) -> Json:
    first, last = answers[0], answers[-1]
    claim = first.claim
    return {
        "facility": claim.facility.key,
        "facility_npi": claim.facility.npi,
        "payer": claim.payer.key,
        "payer_id": claim.payer.payer_id,
        "desk": claim.patient.desk,
        "clinician_npi": claim.clinician.npi,
        "service_date": claim.service_date.isoformat(),
        "cause": first.cause.id,
        "charge": _text(first.reported.charge),
        "outcome": first.outcome,
        "denied_amount": _text(first.denied),
        "primary_reason": first.reason,
        "category": first.category,
        "final": last.kind if len(answers) > 1 else "unchanged",
        "final_denied_amount": _text(last.denied),
        "overturned_amount": _text(_overturned(answers)),
        "answers": [_answer(each, answers, places) for each in answers],
    }


def _answer(each: Answer, answers: Sequence[Answer], places: Mapping[int, str]) -> Json:
    reported = each.reported
    return {
        "file": places[id(each)],
        "transaction": reported.transaction,
        "position": reported.position,
        "payment_date": each.paid_on.isoformat(),
        "control_number": reported.payer_control_number,
        "kind": each.kind,
        "reverses": answers.index(each) - 1 if each.kind == "reversal" else None,
        "status": reported.status,
        "charge": _text(reported.charge),
        "paid": _text(reported.paid),
        "outcome": each.outcome,
        "denied_amount": _text(each.denied),
        "denied_lines": each.denied_lines,
        "primary_reason": each.reason,
        "category": each.category,
        "remarks": [*(code for line in reported.lines for code in line.remarks), *reported.remarks],
    }


def _overturned(answers: Sequence[Answer]) -> Decimal:
    """What later answers paid on a claim that was denied at first, less what was paid and reversed."""
    if not answers[0].denied:
        return NOTHING
    return max(NOTHING, sum((each.reported.paid or NOTHING for each in answers[1:]), NOTHING))


def _causes(stories: Mapping[str, Sequence[Answer]]) -> Json:
    counts = Counter(answers[0].cause.id for answers in stories.values())
    denied: Counter[str] = Counter()
    for answers in stories.values():
        denied[answers[0].cause.id] += int(answers[0].denied * 100)
    return {
        cause.id: {
            "title": cause.title,
            "claims": counts[cause.id],
            "denied_amount": _text(Decimal(denied[cause.id]) / 100),
        }
        for cause in ALL_CAUSES
    }


def _file(file: PaymentFile) -> Json:
    return {
        "name": file.name,
        "payer": file.payer.key,
        "payment_date": file.paid_on.isoformat(),
        "payments": [
            {
                "facility": payment.facility.key,
                "trace": payment.trace,
                "claims": len(payment.answers),
                "amount": _text(payment.amount),
                "provider_adjustments": [[code, about, _text(amount)] for code, about, amount in payment.adjustments],
            }
            for payment in file.payments
        ],
    }


def _totals(stories: Mapping[str, Sequence[Answer]], files: Sequence[PaymentFile]) -> Json:
    every = [each for answers in stories.values() for each in answers]
    firsts = [answers[0] for answers in stories.values()]
    lasts = [answers[-1] for answers in stories.values()]
    payments = [payment for file in files for payment in file.payments]
    return {
        "files": len(files),
        "payments": len(payments),
        "claims": len(stories),
        "answers": len(every),
        "denied_claims": sum(1 for each in firsts if each.denied),
        "open_denials": sum(1 for each in lasts if each.denied),
        "reversals": sum(1 for each in every if each.kind == "reversal"),
        "charged": _text(sum((each.reported.charge or NOTHING for each in firsts), NOTHING)),
        "paid": _text(sum((each.reported.paid or NOTHING for each in every), NOTHING)),
        "denied": _text(sum((each.denied for each in firsts), NOTHING)),
        "open_denied": _text(sum((each.denied for each in lasts), NOTHING)),
        "overturned": _text(sum((_overturned(answers) for answers in stories.values()), NOTHING)),
        "payment_total": _text(sum((payment.amount for payment in payments), NOTHING)),
    }


def _text(amount: Decimal | None) -> str:
    return f"{amount or NOTHING:.2f}"
