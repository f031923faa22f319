"""The weeks before today in the demo: finished by people on working days, with losses of several kinds."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from config import demo_weeks
from tests.cast import Cast
from tests.factories import ClockFactory, WorkItemFactory
from worklists.models import Activity, Loss, MissedClock, WorkItem, WorkTime
from worklists.watch import ledger

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def test_people_finished_work_on_the_days_before_and_some_was_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_weeks, "A_DAY", (3, 2, 4))
    cast.sam.username, cast.sam.all_facilities = "specialist", True
    cast.sam.save()
    for _ in range(8):
        far = WorkItemFactory.create(deadline=TODAY + timedelta(days=90))
        WorkItem.objects.filter(pk=far.pk).update(created_at=timezone.now() - timedelta(days=400))
    for days in (4, 5, 6):
        late = WorkItemFactory.create(deadline=TODAY - timedelta(days=days))
        ClockFactory.create(denial=late.denial, last_day=TODAY - timedelta(days=days), is_binding=True)
        WorkItem.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(days=400))

    demo_weeks.begin(TODAY)
    ledger.find_losses()

    ends = Activity.objects.filter(kind=Activity.Kind.RESOLVED).order_by("at")
    first = date(2026, 10, 26)
    assert [(timezone.localdate(each.at) - first).days for each in ends] == [0, 0, 0, 1, 1, 2, 2, 2]
    assert {timezone.localdate(spent.at) for spent in WorkTime.objects.all()} == {
        first + timedelta(days=days) for days in range(3)
    }
    assert MissedClock.objects.count() == 3
    assert set(Loss.objects.values_list("kind", flat=True)) == {"missed", "deferred", "untouched", "given_up"}
