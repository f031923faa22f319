"""Many items at once go where one by one they would go, with the same words, and leave the same events."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory, RoutingRuleFactory, WorkItemFactory
from worklists.models import PayerSpecialist, WorkItem
from worklists.routing.bulk import route_many
from worklists.routing.router import Router

pytestmark = pytest.mark.django_db


def rules() -> None:
    soon = {"days_left": {"max": "9"}, "payer_kind": ["commercial"]}
    wanted = [{"carc": ["50"], "modality": ["mri"]}, {"together": ["50", "CO-197"]}, soon, {"urgency": ["none"]}]
    for place, conditions in enumerate(wanted, start=1):
        queue = QueueFactory.create(key=f"queue_{place}")
        RoutingRuleFactory.create(position=place, conditions=conditions, queue=queue)


def waiting(**values: object) -> WorkItem:
    item: WorkItem = WorkItemFactory.create(queue=QueueFactory.create(key="unrouted"), **values)
    return item


def test_each_item_goes_where_the_router_would_put_it() -> None:
    rules()
    today = timezone.localdate()
    scan = waiting(denial__primary_code="50")
    scan.denial.remitted_claim.lines.create(number=1, procedure="70553", segment_from=1, segment_to=2)
    both = waiting(denial__primary_code="97")
    both.denial.remitted_claim.adjustments.create(ordinal=1, group="CO", code="197", segment=1)
    both.denial.remitted_claim.adjustments.create(ordinal=2, group="CO", code="50", segment=1)
    soon = waiting(denial__deadline=today + timedelta(days=3))
    undated = waiting(denial__deadline=None, rank_key=0.0)
    nobody = waiting(denial__deadline=today + timedelta(days=90))

    assert route_many(WorkItem.objects.all()) == [each.pk for each in (scan, both, soon, undated)]

    router = Router.current()
    for item in (scan, both, soon, undated):
        item.refresh_from_db()
        place = router.place(item.denial, item.round)
        assert (item.queue_id, item.rule_id, item.routed_because) == (place.queue_id, place.rule_id, place.because)
        assert (item.rule_version, item.rule_set_id, item.routed_on) == (1, router.rule_set_id, today)
        event = item.activities.get()
        assert (event.kind, event.text, event.actor) == ("routed", place.because, None)
        assert event.facts["on"] == today.isoformat()
    assert [each.queue.key for each in (scan, both, soon, undated)] == ["queue_1", "queue_2", "queue_3", "queue_4"]
    assert not nobody.activities.exists()


def test_run_again_it_changes_nothing(cast: Cast) -> None:
    rules()
    item = waiting(denial__deadline=None, rank_key=0.0)

    assert route_many(WorkItem.objects.all(), cast.mara) == [item.pk]
    assert route_many(WorkItem.objects.all()) == []
    assert item.activities.get().actor == cast.mara


def test_what_somebody_owns_and_what_is_closed_stays(cast: Cast) -> None:
    RoutingRuleFactory.create(conditions={}, queue=QueueFactory.create(key="coding"))
    waiting(status="taken", assignee=cast.sam)
    waiting(status="resolved", resolution="appeal", resolved_at=timezone.now())

    assert route_many(WorkItem.objects.all()) == []


def test_a_rule_that_asks_nothing_takes_everything() -> None:
    rule = RoutingRuleFactory.create(conditions={}, queue=QueueFactory.create(key="coding"))
    items = [waiting(), waiting()]

    assert route_many(WorkItem.objects.none()) == []
    assert route_many(WorkItem.objects.all()) == [item.pk for item in items]
    assert set(WorkItem.objects.values_list("queue", "rule")) == {(rule.queue_id, rule.pk)}


def test_the_payers_specialist_gets_theirs(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(conditions={}, queue=QueueFactory.create(key="coding"), prefers_specialist=True)
    rule.queue.teams.set(cast.sam.teams.all())
    item = waiting(denial__remitted_claim__claim__facility=cast.here)
    PayerSpecialist.objects.create(payer=item.payer, person=cast.sam)

    route_many(WorkItem.objects.all())

    item.refresh_from_db()
    assert item.assignee == cast.sam
    assert item.activities.get().facts["to"] == cast.sam.pk
