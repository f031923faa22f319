from datetime import date, timedelta

import pytest
from django.utils import timezone

from config import demo_past
from tests.factories import RemittanceFactory, RemittedClaimFactory, WorkItemFactory
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 16)


@pytest.mark.parametrize(
    ("paid_on", "today", "came_on"),
    [
        (MONDAY, FRIDAY, date(2026, 11, 17)),
        (date(2026, 11, 13), FRIDAY, MONDAY),
        (FRIDAY, FRIDAY, FRIDAY),
        (FRIDAY, date(2026, 11, 22), FRIDAY),
        (FRIDAY, date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_work_came_on_the_working_day_after_its_payment_and_never_later_than_today(
    paid_on: date, today: date, came_on: date
) -> None:
    remittance = RemittanceFactory.create(payment_date=paid_on)
    item: WorkItem = WorkItemFactory.create(denial__remitted_claim=RemittedClaimFactory.create(remittance=remittance))

    demo_past.begin(today)

    item.refresh_from_db()
    assert timezone.localdate(item.created_at) == came_on


def test_what_a_payment_settled_only_in_part_is_not_closed() -> None:
    paid = RemittedClaimFactory.create(remittance=RemittanceFactory.create(payment_date=FRIDAY - timedelta(days=9)))
    item: WorkItem = WorkItemFactory.create(settled_by=paid)

    demo_past.begin(FRIDAY)

    item.refresh_from_db()
    assert item.resolved_at is None
