"""Files of the made-up practice with something wrong about them, so that the list of exceptions looks lived in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Min

from accounts.models import User
from denials import intake
from denials.models import ExceptionCase, Job
from denials.practice import Practice

ENDS = re.compile(rb"SE\*\d+\*\d+~")
NOTICED_AFTER = timedelta(days=2)
TRACE, CLAIM, PAID = re.compile(rb"(TRN\*1\*[^*~]+)"), re.compile(rb"(CLP\*[^*~]+)"), re.compile(rb"(BPR\*I\*)([^*]+)")


def begin(made: Practice, user: User, today: date, record: Callable[[Job], None]) -> None:
    """Brings in a file that is cut, one that does not balance, and another payment of a known trace; then ages all."""
    for name, content in _spoilt(made):
        record(intake.confirm(intake.receive(io.BytesIO(content), name, user).file, user))
    _age(today)


def _spoilt(made: Practice) -> Iterator[tuple[str, bytes]]:
    first, second, third = (_one_payment(content) for _, content in made.files[-3:])
    yield "cut-short.835", TRACE.sub(rb"\1C", first, count=1)[: len(first) * 2 // 3]
    yield "sent-again-otherwise.835", CLAIM.sub(rb"\1X", second, count=1)
    yield "does-not-balance.835", PAID.sub(rb"\g<1>9\2", TRACE.sub(rb"\1U", third, count=1), count=1)


def _one_payment(content: bytes) -> bytes:
    """Up to the end of the first payment: the others would only be known already."""
    end = ENDS.search(content)
    return content[: end.end()] if end else content


def _age(today: date) -> None:
    """As if somebody had brought every file in two days after its payment."""
    for case in ExceptionCase.objects.open().annotate(paid_on=Min("held__remittance__payment_date")):
        noticed = (case.paid_on or today) + NOTICED_AFTER
        ExceptionCase.objects.filter(pk=case.pk).update(opened_on=min(noticed, today))
