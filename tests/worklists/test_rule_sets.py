"""Each list of rules that decided where work goes is numbered, kept, and named by what it decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.governance import approving, areas, proposing, rollback
from accounts.governance.proposing import Reasons
from accounts.models import Change
from denials import time_limits
from denials.models import Denial
from tests.cast import Cast
from tests.factories import DEADLINE, DenialFactory, QueueFactory, RoutingRuleFactory, WorkItemFactory
from worklists import clock_steps, work
from worklists.domain import frozen
from worklists.domain.routing import Facts, RuleBook
from worklists.models import RuleSet, WorkItem
from worklists.opening import open_denials
from worklists.replays.cases import facts_by_item
from worklists.routing import rule_sets
from worklists.routing.router import facts_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def renamed(cast: Cast, rule: object, to: str) -> Change:
    change = proposing.propose(areas.area_keyed("rules"), cast.ada, rule, {"name": [to]}, Reasons("Clearer"))
    proposing.send(change, cast.ada, today=TODAY)
    return approving.approve(change, cast.mara, today=TODAY)


def opened(**values: object) -> WorkItem:
    denial = Denial.objects.select_related("payer", "facility").get(pk=DenialFactory.create(**values).pk)
    open_denials([denial], TODAY)
    return WorkItem.objects.get(denial=denial)


def list_of(item: WorkItem) -> RuleSet:
    assert item.rule_set is not None
    return item.rule_set


def test_a_list_is_numbered_once_as_long_as_it_is_the_same() -> None:
    RoutingRuleFactory.create(conditions={"carc": ["197"]})

    first, again = rule_sets.in_force(), rule_sets.in_force()

    assert (first.rule_set.number, again.rule_set.number) == (1, 1)
    assert rule_sets.rules_of(RuleSet.objects.get()) == first.rules


def test_a_change_and_its_rollback_each_make_a_new_list(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="Old")
    rule_sets.in_force()

    change = renamed(cast, rule, "New")
    undoing = rollback.roll_back(change, cast.mara)

    made = list(RuleSet.objects.order_by("number"))
    assert [(each.number, each.changes) for each in made] == [(1, []), (2, [change.pk]), (3, [undoing.pk])]
    assert [each.rules[0]["name"] for each in made] == ["Old", "New", "Old"]
    assert made[0].digest != made[1].digest


def test_switching_a_queue_off_makes_a_new_list_before_anything_is_routed() -> None:
    queue = QueueFactory.create()
    RoutingRuleFactory.create(queue=queue)
    rule_sets.in_force()
    queue.is_active = False
    queue.save()

    item = opened()

    assert (list_of(item).number, list_of(item).rules, item.queue.key) == (2, [], "unrouted")


def test_a_routing_says_which_list_it_came_from_and_of_which_day() -> None:
    RoutingRuleFactory.create(queue=QueueFactory.create(key="prior_auth"))

    item = opened()

    assert (list_of(item).number, item.routed_on) == (1, TODAY)
    routed = item.activities.get(kind="routed")
    assert (routed.facts["rule_set"], routed.facts["on"]) == (item.rule_set_id, TODAY.isoformat())


def test_what_a_person_moves_names_no_list(cast: Cast) -> None:
    item = WorkItemFactory.create(rule_set=rule_sets.in_force().rule_set, routed_on=TODAY)

    work.move([item.pk], cast.mara, queue=QueueFactory.create(key="coding", name="Coding"), reason="A modifier")

    item.refresh_from_db()
    assert (item.rule_set, item.routed_on) == (None, None)


def test_a_numbered_list_never_changes() -> None:
    kept = rule_sets.in_force().rule_set

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        RuleSet.objects.filter(pk=kept.pk).update(rules=[])


def test_facts_come_back_as_they_were_kept() -> None:
    denial = DenialFactory.create(remarks=["N54", "M127"], amount_at_risk=Decimal("99.90"))
    facts = facts_of(denial, on=date(2026, 11, 23), round=2)

    assert frozen.over(Facts(), frozen.kept(facts)) == facts
    assert frozen.over(Facts(carc="50"), {"owner_team": "coding", "gone_since": 1}) == Facts(
        carc="50", owner_team="coding"
    )


def test_an_old_list_still_answers_as_it_did(cast: Cast) -> None:
    coding = QueueFactory.create(key="coding", name="Coding")
    rule = RoutingRuleFactory.create(conditions={"carc": ["197"]}, queue=coding)
    item = opened()
    renamed(cast, rule, "Another name")

    routed = RuleBook(rule_sets.rules_of(list_of(item))).route(facts_of(item.denial, on=timezone.localdate()))

    assert (routed.queue_key, routed.because) == ("coding", item.routed_because)


def test_a_last_day_that_moves_later_leaves_the_facts_of_the_routing() -> None:
    time_limits.load()
    RoutingRuleFactory.create(conditions={"days_left": {"max": "400"}})
    item = opened()
    asked = facts_by_item([item.pk], ["days_left"])[item.pk]

    clock_steps.claims_sent([item.pk], TODAY)

    assert Denial.objects.get(pk=item.denial_id).deadline != DEADLINE
    assert facts_by_item([item.pk], ["days_left"])[item.pk].days_left == asked.days_left
