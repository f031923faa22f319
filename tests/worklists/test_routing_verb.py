"""Free items follow the rules when these change; what somebody owns stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Team
from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import (
    DenialFactory,
    QueueFactory,
    RemittedClaimFactory,
    RoutingRuleFactory,
    WorkItemFactory,
)
from worklists.defaults import load_defaults
from worklists.domain.routing import check_conditions
from worklists.models import Queue, RoutingRule, WorkItem
from worklists.routing.rerouting import reroute
from worklists.routing.router import Router, facts_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_items_go_where_the_new_rule_sends_them_and_say_so(cast: Cast) -> None:
    item = WorkItemFactory.create(queue=QueueFactory.create(key="unrouted"))
    rule = RoutingRuleFactory.create(
        name="CO-197", conditions={"carc": ["197"]}, queue__key="prior_auth", queue__name="Authorization"
    )

    assert reroute([item.pk], cast.mara).done == [item.pk]

    item.refresh_from_db()
    assert (item.queue, item.rule, item.version) == (rule.queue, rule, 2)
    activity = item.activities.get()
    assert (activity.kind, activity.actor) == ("routed", cast.mara)
    assert activity.text == item.routed_because == 'Rule "CO-197" (version 1): reason code is 197.'


def test_an_item_that_stays_leaves_no_activity(cast: Cast) -> None:
    item = WorkItemFactory.create(queue=QueueFactory.create(key="unrouted"))

    assert reroute([item.pk], cast.mara).done == []
    assert not item.activities.exists()


def test_an_item_that_somebody_owns_stays(cast: Cast) -> None:
    item = WorkItemFactory.create(status="taken", assignee=cast.sue, queue=QueueFactory.create(key="unrouted"))
    RoutingRuleFactory.create(conditions={}, queue__key="prior_auth")

    assert reroute([item.pk], cast.mara).refused[0].sentence == "Sue Fictional has this item."


def test_only_managers_reroute(cast: Cast) -> None:
    with pytest.raises(Refused, match="only managers"):
        reroute([], cast.sam)


def test_rules_may_ask_what_the_claim_payment_says() -> None:
    denial = DenialFactory.create(remitted_claim__rendering_npi="1999999984", denied_lines=[2], deadline=TODAY)
    paid = denial.remitted_claim
    first = paid.lines.create(number=1, procedure="99213", modifiers=["25"], segment_from=1, segment_to=2)
    paid.lines.create(number=2, procedure="70553", modifiers=["26"], segment_from=3, segment_to=4)
    paid.adjustments.create(line=first, ordinal=1, group="CO", code="45", segment=2)

    facts = facts_of(denial, on=TODAY - timedelta(days=5), round=2)

    assert (facts.rendering_npi, facts.procedures, facts.modifiers) == ("1999999984", ("70553",), ("26",))
    assert (facts.codes, facts.days_left, facts.round) == (("45", "CO-45", "N54"), 5, 2)
    assert facts.age_days == 16
    whole = DenialFactory.create(remitted_claim=RemittedClaimFactory.create(), denied_lines=[])
    whole.remitted_claim.lines.create(number=1, procedure="99213", segment_from=1, segment_to=2)
    assert facts_of(whole, on=TODAY).procedures == ("99213",)


def test_a_router_reads_what_rules_ask_once_for_many_and_nothing_that_they_do_not(
    django_assert_num_queries: Any,
) -> None:
    denials = [DenialFactory.create() for _ in range(3)]
    RoutingRuleFactory.create(conditions={"modality": ["mri"]})
    RoutingRuleFactory.create(conditions={"carc": ["197"]})
    router = Router.current()

    with django_assert_num_queries(1):
        router.look_up(denials)
        assert len({router.place(denial).rule_id for denial in denials}) == 1


def test_rules_are_asked_by_position_and_inactive_ones_not_at_all() -> None:
    for position, key, is_active in [(3, "third", True), (2, "second", True), (1, "first", False)]:
        queue = QueueFactory.create(key=key)
        RoutingRuleFactory.create(position=position, queue=queue, is_active=is_active)

    assert WorkItem.objects.count() == 0
    place = Router.current().place(DenialFactory.create())

    assert Queue.objects.get(pk=place.queue_id).key == "second"


def test_a_reason_longer_than_its_column_is_cut() -> None:
    RoutingRuleFactory.create(conditions={"remarks": [f"N{n}" for n in range(200)]})
    denial = DenialFactory.create(remarks=[f"N{n}" for n in range(200)])

    assert len(Router.current().place(denial).because) == 300


def test_the_shipped_defaults_send_every_owner_team_to_its_queue() -> None:
    load_defaults()
    router, queues = Router.current(), dict(Queue.objects.values_list("pk", "key"))

    owners = Team.objects.exclude(queues=None)
    assert len(owners) == 13
    for team in owners:
        place = router.place(DenialFactory.create(owner_team=team.key))
        assert queues[place.queue_id] == team.key


@pytest.mark.parametrize(
    ("exception", "queue"),
    [
        ("unknown_code", "exception_review"),
        ("unreadable_amount", "exception_review"),
        ("missing_required_remark", "denials_general"),
        ("retired_code", "denials_general"),
    ],
)
def test_what_the_dictionary_does_not_know_goes_to_exception_review(exception: str, queue: str) -> None:
    load_defaults()

    place = Router.current().place(DenialFactory.create(owner_team="denials_general", exceptions=[exception]))

    assert Queue.objects.get(pk=place.queue_id).key == queue


def test_the_shipped_defaults_are_complete_and_readable() -> None:
    loaded = load_defaults()

    assert (loaded.teams, loaded.queues, loaded.rules) == (17, 15, 15)
    assert all(check_conditions(rule.conditions) == [] for rule in RoutingRule.objects.all())
    assert not Queue.objects.filter(purpose="").exists()
    assert {queue.key for queue in Queue.objects.filter(teams=None)} == {"unrouted"}


def test_loading_defaults_again_keeps_what_an_admin_changed() -> None:
    load_defaults()
    Queue.objects.filter(key="coding").update(name="Coders", purpose="Ours")
    Queue.objects.get(key="billing").teams.clear()
    RoutingRule.objects.filter(queue__key="coding").delete()

    assert load_defaults() == (0, 0, 0)

    assert Queue.objects.get(key="coding").name == "Coders"
    assert not Queue.objects.get(key="billing").teams.exists()
    assert not RoutingRule.objects.filter(queue__key="coding").exists()


def test_attachments_are_sent_from_one_desk_whichever_team_their_code_names() -> None:
    load_defaults()
    denial = DenialFactory.create(category="documentation", owner_team="coding", primary_code="252")

    place = Router.current().place(denial)

    assert Queue.objects.get(pk=place.queue_id).key == "him_records"
    assert "category is documentation" in place.because
