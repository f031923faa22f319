"""Routing rules on screen: what they ask goes out as it came in, and their order can be changed."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusal import Conflict
from tests.cast import Cast
from tests.factories import QueueFactory, RoutingRuleFactory, WorkItemFactory
from tests.governed import approve_all
from tests.settings_forms import history, save
from tests.worklists.pages import signed_in
from worklists.models import Queue, RoutingRule

pytestmark = pytest.mark.django_db


def new_rule(cast: Cast, **said: Any) -> Any:
    queue = QueueFactory.create().pk
    why = {"change-why": "It goes astray", "change-active_on": timezone.localdate().isoformat()}
    answer = signed_in(cast.ada).post(
        reverse("rules_new"), {"name": "Mine", "queue": queue, "is_active": "on", **why, **said}
    )
    approve_all(cast.mara)
    return answer


def test_conditions_come_out_as_they_went_in(cast: Cast) -> None:
    new_rule(
        cast, owner_team=["prior_auth"], category=["authorization"], carc="197, 50", remarks="n54", group=["CO"],
        at_least="100", at_most="5000.50",
    )  # fmt: skip

    rule = RoutingRule.objects.get()
    assert rule.conditions == {
        "owner_team": ["prior_auth"], "category": ["authorization"], "group": ["CO"], "carc": ["197", "50"],
        "remarks": ["N54"], "amount_at_risk": {"min": "100", "max": "5000.50"},
    }  # fmt: skip
    save(signed_in(cast.ada), "rules", rule.pk, name="Renamed")
    approve_all(cast.mara)
    again = RoutingRule.objects.get()
    assert (again.conditions, again.version, again.name) == (rule.conditions, 2, "Renamed")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"carc": "N54"}, "N54 is a remark code"),
        ({"remarks": "197"}, "197 is a reason code"),
        ({"carc": "1977"}, "The code dictionary has no 1977 of this kind."),
        ({"at_least": "500", "at_most": "5"}, "at risk"),
        ({"name": ""}, "required"),
    ],
)
def test_a_rule_that_could_never_match_is_not_saved(cast: Cast, said: dict[str, str], sentence: str) -> None:
    response = new_rule(cast, **said)

    assert response.status_code == 422
    assert sentence in unescape(response.content.decode())
    assert not RoutingRule.objects.exists()


def test_a_value_that_is_offered_no_more_stays_in_its_rule(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(conditions={"outcome": ["pending"], "payer_key": ["gone"], "carc": ["999"]})

    save(signed_in(cast.ada), "rules", rule.pk, name="Renamed")
    approve_all(cast.mara)

    assert RoutingRule.objects.get().conditions == rule.conditions


def test_the_history_says_conditions_in_words(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(conditions={"owner_team": ["prior_auth"]})
    admin = signed_in(cast.ada)

    save(admin, "rules", rule.pk, carc="197")
    approve_all(cast.mara)

    newest = history(admin, "rules", rule.pk)[0]
    assert "owner team is authorization → reason code is 197, and owner team is authorization" in newest


def test_a_new_rule_is_asked_last(cast: Cast) -> None:
    RoutingRuleFactory.create(position=40)

    new_rule(cast)

    assert RoutingRule.objects.get(name="Mine").position == 41


def positions() -> list[str]:
    return list(RoutingRule.objects.order_by("position").values_list("name", flat=True))


def test_a_rule_is_moved_by_saying_before_which_one_it_is_asked(cast: Cast) -> None:
    one, two, three = (RoutingRuleFactory.create(name=name, position=10 * n) for n, name in enumerate("ABC", start=1))
    admin = signed_in(cast.ada)

    save(admin, "rules", three.pk, before=str(one.pk))
    assert positions() == ["A", "B", "C"]
    approve_all(cast.mara)
    assert positions() == ["C", "A", "B"]
    save(admin, "rules", one.pk, before="")
    approve_all(cast.mara)
    assert positions() == ["C", "B", "A"]
    assert "Asked before: Last of all" not in history(admin, "rules", two.pk)


def test_two_moves_of_the_same_neighbours_do_not_overwrite_each_other(cast: Cast) -> None:
    one, two, three = (RoutingRuleFactory.create(name=name, position=10 * n) for n, name in enumerate("ABC", start=1))
    admin = signed_in(cast.ada)
    save(admin, "rules", one.pk, before=str(three.pk))
    save(admin, "rules", two.pk, before=str(one.pk))

    with pytest.raises(Conflict, match="Asked before"):
        approve_all(cast.mara)

    assert positions() == ["B", "A", "C"]


@pytest.mark.parametrize("person", ["sam", "remy"])
def test_only_managers_and_admins_draft_a_move(cast: Cast, person: str) -> None:
    rule = RoutingRuleFactory.create()

    assert signed_in(getattr(cast, person)).post(reverse("rules_edit", args=[rule.pk])).status_code == 403


def test_the_list_says_each_rule_in_words_with_its_open_items(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="Approvals", conditions={"carc": ["197"]})
    WorkItemFactory.create(rule=rule)

    shown = signed_in(cast.ada).get(reverse("rules")).content.decode()

    assert "1. Approvals" in shown
    assert "reason code is 197" in shown
    assert '<td class="num" data-label="Open items">1</td>' in shown


def test_rare_conditions_are_folded_away_unless_a_rule_has_them(cast: Cast) -> None:
    admin = signed_in(cast.ada)
    plain = RoutingRuleFactory.create(conditions={"carc": ["197"]})
    rare = RoutingRuleFactory.create(conditions={"group": ["CO"]})

    shown = [admin.get(reverse("rules_edit", args=[rule.pk])).content.decode() for rule in (plain, rare)]

    assert ['<details class="more" open' in page for page in shown] == [False, True]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("item", "Open items are in this queue"), ("rule", "Rules send work here"), ("unrouted", "takes what no rule")],
)
def test_a_queue_that_is_needed_cannot_be_switched_off(cast: Cast, reason: str, sentence: str) -> None:
    queue = QueueFactory.create(key="unrouted" if reason == "unrouted" else "prior_auth")
    if reason == "item":
        WorkItemFactory.create(queue=queue)
    if reason == "rule":
        RoutingRuleFactory.create(queue=queue)

    response = save(signed_in(cast.ada), "queues_admin", queue.pk, is_active=None)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Queue.objects.get(pk=queue.pk).is_active


def test_an_empty_queue_is_switched_off_and_no_rule_may_send_there(cast: Cast) -> None:
    queue = QueueFactory.create()

    save(signed_in(cast.ada), "queues_admin", queue.pk, is_active=None)

    assert not Queue.objects.get(pk=queue.pk).is_active
    assert new_rule(cast, queue=queue.pk).status_code == 422


def test_the_teams_of_a_queue_stand_in_its_history(cast: Cast) -> None:
    queue = QueueFactory.create()
    admin = signed_in(cast.ada)

    save(admin, "queues_admin", queue.pk, teams=[str(cast.sam.teams.get().pk)])

    assert "Teams: nothing → Authorization" in history(admin, "queues_admin", queue.pk)[0]
