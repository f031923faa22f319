from datetime import date, timedelta

import pytest
from django.utils import timezone

from config import demo_past
from tests.factories import RemittanceFactory, RemittedClaimFactory, WorkItemFactory
from worklists.models import WorkItem

TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_ago", "came"), [(30, 28), (2, 0), (0, 0)])
def test_work_came_two_days_after_its_payment_and_never_later_than_today(days_ago: int, came: int) -> None:
    remittance = RemittanceFactory.create(payment_date=TODAY - timedelta(days=days_ago))
    item: WorkItem = WorkItemFactory.create(denial__remitted_claim=RemittedClaimFactory.create(remittance=remittance))

    demo_past.begin(TODAY)

    item.refresh_from_db()
    assert timezone.localdate(item.created_at) == TODAY - timedelta(days=came)


def test_what_a_payment_settled_only_in_part_is_not_closed() -> None:
    paid = RemittedClaimFactory.create(remittance=RemittanceFactory.create(payment_date=TODAY - timedelta(days=9)))
    item: WorkItem = WorkItemFactory.create(settled_by=paid)

    demo_past.begin(TODAY)

    item.refresh_from_db()
    assert item.resolved_at is None
