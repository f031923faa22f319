"""Routing rules on screen: what they ask goes out as it came in, and their order can be changed."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusal import Conflict
from denials.models import Category, Code, CodeHandling
from tests.cast import Cast
from tests.factories import QueueFactory, RoutingRuleFactory, WorkItemFactory
from tests.governed import approve_all
from tests.settings_forms import history, save
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists.models import Queue, RoutingRule, WorkItem
from worklists.routing import rule_effects, rule_fields

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
    assert "When reason code is 197, send to Authorization." in shown
    assert numbers_of(shown) == [("1", f"/items/?rule={rule.pk}"), ("1", reverse("rule_takes", args=[rule.pk]))]


def numbers_of(page: str) -> list[tuple[str, str]]:
    """What each rule holds and would take, with the address behind it."""
    linked = re.findall(r'data-label="(?:Holds now|Would take)"><a href="([^"]+)">(\d+)</a>', page)
    return [(number, url) for url, number in linked]


def test_each_number_of_a_rule_opens_just_its_items(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="Approvals", conditions={"carc": ["197"]})
    sent, elsewhere = item_at(cast.here, rule=rule), item_at(cast.here)
    other = item_at(cast.here, denial__primary_code="50")
    manager = signed_in(cast.mara)
    [(holds, held_url), (takes, taken_url)] = numbers_of(manager.get(reverse("rules")).content.decode())

    assert (holds, shown_items(manager.get(held_url))) == ("1", [sent.pk])
    assert "Sent by rule" in manager.get(held_url).content.decode()
    page = manager.get(taken_url).content.decode()
    assert takes == "2"
    assert "would take 2 open items today" in page
    assert [f"/items/{item.pk}/" in page for item in (sent, elsewhere, other)] == [True, True, False]


def test_what_a_rule_would_take_stands_by_the_queue_that_it_is_in(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(conditions={"carc": ["197"]})
    home, away = (
        item_at(cast.here, queue=rule.queue),
        item_at(cast.here, queue=QueueFactory.create(key="elsewhere", name="Elsewhere")),
    )

    taken = rule_effects.taken_now(rule, cast.mara, timezone.localdate())
    page = signed_in(cast.mara).get(reverse("rule_takes", args=[rule.pk])).content.decode()

    assert {each.queue: each.first for each in taken} == {rule.queue: [home], away.queue: [away]}
    assert f"In {rule.queue} already" in page
    assert "In Elsewhere now" in page
    RoutingRule.objects.update(is_active=False)
    retired = signed_in(cast.mara).get(reverse("rule_takes", args=[rule.pk])).content.decode()
    assert "No open item would go by this rule" in retired


def test_only_the_groups_of_conditions_that_a_rule_uses_stand_open(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(conditions={"carc": ["197"], "days_left": {"max": "14"}})

    page = signed_in(cast.ada).get(reverse("rules_edit", args=[rule.pk])).content.decode()

    parts = re.findall(r'<details class="more"( open)?>\s*<summary>([^<]+?)\s*<', page)
    assert [name for is_open, name in parts if is_open] == ["Reason of the denial", "Days and repeats"]
    assert len(parts) == 6


def test_every_kind_of_condition_comes_out_as_it_went_in(cast: Cast) -> None:
    said = {
        "payer_kind": ["commercial"], "together": "co-197 n54", "urgency": ["critical", "none"], "due_least": "-3",
        "due_most": "14", "old_least": "2", "old_most": "30", "denied_least": "2", "denied_most": "5",
        "modality": ["mri"], "procedure": "70553, 7055*", "modifier": "tc 26", "rendering_npi": "1000000012",
    }  # fmt: skip
    new_rule(cast, **said)

    rule = RoutingRule.objects.get()
    assert rule.conditions == {
        "payer_kind": ["commercial"], "together": ["CO-197", "N54"], "urgency": ["critical", "none"],
        "days_left": {"min": "-3", "max": "14"}, "age_days": {"min": "2", "max": "30"},
        "round": {"min": "2", "max": "5"}, "modality": ["mri"], "procedure": ["70553", "7055*"],
        "modifier": ["TC", "26"], "rendering_npi": ["1000000012"],
    }  # fmt: skip
    save(signed_in(cast.ada), "rules", rule.pk, name="Renamed")
    approve_all(cast.mara)
    assert RoutingRule.objects.get().conditions == rule.conditions


def test_evidence_stands_under_the_category_whose_codes_ask_for_it(cast: Cast) -> None:
    CodeHandling.objects.all().delete()
    for number, (category, evidence) in enumerate(
        [("coding", ["op note"]), ("authorization", ["letter", "op note"]), ("authorization", ["letter"]), ("", ["x"])]
    ):
        code = Code.objects.create(system="CARC", code=f"Z{number}", title="Z", list_version="1")
        CodeHandling.objects.create(code=code, category=category, evidence=evidence)

    assert rule_fields.offers()["evidence"] == [
        (Category.objects.get(key="authorization").title, [("letter", "letter")]),
        ("Several categories", [("op note", "op note")]),
        ("Without a category", [("x", "x")]),
    ]
    new_rule(cast, evidence=["letter"])
    save(signed_in(cast.ada), "rules", RoutingRule.objects.get().pk, name="Renamed")
    approve_all(cast.mara)
    assert RoutingRule.objects.get().conditions == {"evidence": ["letter"]}


def counted(cast: Cast, **said: Any) -> str:
    asked = signed_in(cast.mara).post(reverse("rules_count"), said, headers={"HX-Request": "true"})
    return " ".join(unescape(asked.content.decode()).split())


def test_the_form_counts_what_the_rule_would_take_at_its_place_and_if_it_were_asked_first(cast: Cast) -> None:
    first = RoutingRuleFactory.create(position=1, conditions={"carc": ["50"]})
    second = RoutingRuleFactory.create(position=2, conditions={"carc": ["197"]})
    for code in ("50", "197", "197"):
        WorkItemFactory.create(denial__primary_code=code)

    last = counted(cast, carc="50, 197", counted_rule=second.pk)
    assert "2 open items would go by this rule" in last
    assert "Asked first it would take 3; 1 of them goes to an earlier rule." in last
    assert last.count("data-open") == 2
    assert "When reason code is 50 or 197, send to the chosen queue." in last
    ahead = counted(cast, carc="50, 197", before=first.pk, queue=first.queue.pk)
    assert "3 open items would go by this rule" in ahead
    assert "send to Authorization." in ahead


def test_the_form_says_why_it_cannot_count_yet(cast: Cast) -> None:
    assert "Cannot count yet: Reason code is: The code dictionary has no 19777" in counted(cast, carc="19777")


def test_without_scripts_the_count_is_a_page_of_its_own(cast: Cast) -> None:
    page = signed_in(cast.mara).post(reverse("rules_count"), {}).content.decode()

    assert "<h1>What this rule would take</h1>" in page
    assert "Send every item to the chosen queue." in page


def marks(cast: Cast) -> dict[str, str]:
    """The state of each rule on the list, by its name."""
    page = signed_in(cast.mara).get(reverse("rules")).content.decode()
    rows = re.findall(r"data-open>\d+\. ([^<]+)<.*?data-label=\"State\">(.*?)</td>", page, flags=re.S)
    return {name: " ".join(unescape(re.sub(r"<[^>]+>", " ", state)).split()) for name, state in rows}


def test_rules_that_never_get_work_are_marked_with_the_reason(cast: Cast) -> None:
    WorkItemFactory.create(denial__primary_code="50", denial__amount_at_risk=100, routed_on=timezone.localdate())
    RoutingRuleFactory.create(position=1, name="Broad", conditions={"payer_kind": ["commercial"]})
    RoutingRuleFactory.create(position=2, name="Proved", conditions={"payer_kind": ["commercial"], "carc": ["50"]})
    RoutingRuleFactory.create(position=3, name="Today", conditions={"carc": ["50"]})
    RoutingRuleFactory.create(position=4, name="Idle", conditions={"carc": ["1"]})
    RoutingRuleFactory.create(position=5, name="Gone", conditions={}, is_active=False)

    found = marks(cast)

    assert found["Broad"] == "In use"
    assert found["Proved"] == "Shadowed Never asked: “Broad” before it takes everything that it could take."
    assert found["Today"] == "Shadowed today 1 open item meets it; earlier rules take it."
    assert found["Idle"] == "Never hit None of 1 routed in 90 days, none open."
    assert found["Gone"] == "Retired"


def test_a_rule_that_took_work_lately_is_not_idle(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="Lately", conditions={"carc": ["1"]})
    today = timezone.localdate()
    WorkItemFactory.create(rule=rule, routed_on=today - timedelta(days=89))
    assert marks(cast)["Lately"] == "In use"

    WorkItem.objects.update(routed_on=today - timedelta(days=90))
    assert marks(cast)["Lately"].startswith("Never hit")


def test_moving_a_rule_by_one_place_opens_its_form_with_the_new_place(cast: Cast) -> None:
    one, two, three = (RoutingRuleFactory.create(name=name, position=10 * n) for n, name in enumerate("ABC", start=1))
    manager = signed_in(cast.mara)
    page = manager.get(reverse("rules")).content.decode()

    assert f'{reverse("rules_edit", args=[two.pk])}?before={one.pk}" aria-label="Ask B one earlier"' in page
    assert f'{reverse("rules_edit", args=[two.pk])}?before=" aria-label="Ask B one later"' in page
    assert f'{reverse("rules_edit", args=[one.pk])}?before={three.pk}" aria-label="Ask A one later"' in page
    form = manager.get(reverse("rules_edit", args=[two.pk]), {"before": one.pk}).content.decode()
    assert f'<option value="{one.pk}" selected>' in form


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
