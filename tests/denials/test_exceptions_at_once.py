"""The same exceptions found by many workers at the same moment, or closed while more comes in: one case, no loss."""

from __future__ import annotations

import pytest

from denials import exceptions
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, HeldUp, Remittance
from tests.cast import make_cast
from tests.worklists.exceptions import prepare, unknown_code
from tests.worklists.test_work_at_once import at_once, one_under_way

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def payments(transactional_db: None) -> list[Remittance]:
    """Two payments with a code that nobody knows, and no case about them yet."""
    prepare()
    make_cast()
    for number in ("1", "2"):
        unknown_code(f"RC-{number}", trace=f"T{number}")
    HeldUp.objects.all().delete()
    ExceptionCase.objects.all().delete()
    return list(Remittance.objects.order_by("pk"))


def held() -> list[str]:
    rows = HeldUp.objects.filter(state=HeldUp.State.HELD, case__state=ExceptionCase.State.OPEN)
    return sorted(rows.values_list("remitted_claim__claim_number", flat=True))


def test_many_workers_open_one_case(payments: list[Remittance]) -> None:
    at_once(*(lambda pk=payment.pk: exceptions.open_from([pk]) for payment in payments * 3))
    assert ExceptionCase.objects.get(kind=Kind.UNKNOWN_CODE).is_open
    assert held() == ["RC-1", "RC-2"]


def test_what_comes_in_while_a_case_closes_is_not_lost_in_it(payments: list[Remittance]) -> None:
    first, second = payments
    exceptions.open_from([first.pk])
    HeldUp.objects.update(state=HeldUp.State.RELEASED)

    one_under_way(
        lambda: exceptions.open_from([second.pk]),
        lambda: exceptions.recheck(ExceptionCase.objects.all()),
    )

    assert "RC-2" in held()
