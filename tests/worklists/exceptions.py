"""Exceptions for tests of their verbs and pages: payments with something wrong, taken through every stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from config import pipeline
from denials import dictionary, exceptions, intake, time_limits
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, HeldUp, Payer, Remittance
from tests.denials.recorded import received
from tests.security.payer_says import Paid, Said, file_of
from worklists import defaults

THERE: dict[str, Any] = {"npi": "1000000002", "payee": "THERE CLINIC"}
_interchange = [5000]


def prepare() -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


def come_in(*claims: Said, trace: str = "T1", day: date | None = None, **more: Any) -> Remittance:
    """One payment of a payer that is confirmed, to the clinic here unless said otherwise."""
    _interchange[0] += 1
    paid = Paid(claims, trace=trace, day=day or timezone.localdate(), **more)
    content = file_of(paid, interchange=_interchange[0])
    file = received(content)
    pipeline.run(intake.confirm(file, None).pk)
    Payer.objects.update(is_confirmed=True)
    exceptions.recheck(ExceptionCase.objects.filter(kind=Kind.UNKNOWN_PAYER))
    return Remittance.objects.get(file=file)


def unknown_code(*numbers: str, trace: str = "T1", code: str = "999", **more: Any) -> ExceptionCase:
    """The case of a code that nobody knows, on these claims."""
    said = [Said(number, reason=("CO", code), payer_number=f"P{number}", member=f"W{number}") for number in numbers]
    come_in(*said, trace=trace, **more)
    return case(Kind.UNKNOWN_CODE, code=code)


def suspected(*numbers: str, trace: str = "T1", **more: Any) -> ExceptionCase:
    """The case of write-downs that fill the whole charge of these claims."""
    said = [Said(number, reason=("CO", "45"), payer_number=f"P{number}", member=f"W{number}") for number in numbers]
    come_in(*said, trace=trace, **more)
    return case(Kind.SUSPECTED_DENIAL)


def case(kind: Kind, **more: Any) -> ExceptionCase:
    found: ExceptionCase = ExceptionCase.objects.open().get(kind=kind, **more)
    return found


def held(found: ExceptionCase) -> list[int]:
    return list(HeldUp.objects.filter(case=found, state=HeldUp.State.HELD).order_by("pk").values_list("pk", flat=True))
