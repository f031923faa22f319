"""Every conclusion names its rule in the version of the day on which it was drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone

from denials import dictionary
from denials.models import CodeHandling
from tests.cast import Cast
from tests.factories import RoutingRuleFactory
from tests.worklists.pages import item_at, panel_of
from worklists import why
from worklists.conclusions import Concluded, Rule
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db

READ = {
    "id": 7, "version": 3, "code": "CARC 197", "title": "Ask the portal first", "won": True,
    "why": "it names payer and reason", "changes": {"owner_team": ["prior_auth", "coding"]},
}  # fmt: skip


def by_what(item: WorkItem, user: Any) -> dict[str, Concluded]:
    return {each.what: each for each in why.read(item, user, timezone.localdate())["conclusions"]}


def handling(code: str) -> CodeHandling:
    row: CodeHandling = CodeHandling.objects.get(code__code=code)
    return row


def test_category_owner_and_resolution_follow_from_the_handling_of_the_codes(cast: Cast) -> None:
    dictionary.load()
    found = by_what(item_at(cast.here), cast.sam)
    address = reverse("code", args=["carc", "197"])
    assert found["Category"].result == "Authorization"
    assert found["Category"].rules == [
        Rule("Handling of 197", "1", address=address),
        Rule("Handling of N54", "1", address=reverse("code", args=["rarc", "N54"])),
    ]
    assert found["Owner team"].rules == found["Usual resolution"].rules == found["Category"].rules


def test_a_handling_that_changed_since_is_told_with_both_versions(cast: Cast) -> None:
    dictionary.load()
    item = item_at(cast.here)
    row = handling("197")
    row.next_action, row.version = "Something else", 2
    row.save()
    # A test is one transaction, so both events carry the moment at which it began: the second is moved behind.
    events: Any = CodeHandling.pgh_event_models["update"].objects  # type: ignore[attr-defined]
    with pgtrigger.ignore("denials.CodeHandlingEvent:append_only"):
        events.filter(pgh_obj=row.pk, version=2).update(pgh_created_at=timezone.now())
    rule = by_what(item, cast.sam)["Category"].rules[0]
    assert (rule.version, rule.now) == ("1", "2")


def test_a_reading_is_named_for_what_it_changed_and_for_nothing_else(cast: Cast) -> None:
    dictionary.load()
    found = by_what(item_at(cast.here, denial__readings=[READ, {**READ, "won": False}]), cast.sam)
    assert found["Owner team"].rules == [Rule("Reading: Ask the portal first", "3")]
    assert found["Owner team"].because == "it names payer and reason"
    assert found["Category"].rules[0].name == "Handling of 197"


def test_the_routing_rule_is_named_in_its_version_and_opened_by_who_may_change_it(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="By team", version=5)
    item = item_at(cast.here, rule=rule, rule_version=4, routed_because="It fits.")
    assert by_what(item, cast.sam)["Queue"].rules == [Rule("Routing rule By team", "4", now="5")]
    assert by_what(item, cast.ada)["Queue"].rules[0].address == reverse("rules_edit", args=[rule.pk])
    assert by_what(item, cast.sam)["Queue"].because == "It fits."


def test_an_item_that_no_rule_sent_has_none(cast: Cast) -> None:
    assert by_what(item_at(cast.here), cast.sam)["Queue"].rules == []


def test_the_place_in_the_order_is_counted_out(cast: Cast) -> None:
    rank = date(2027, 3, 3).toordinal() + 0.9
    item = item_at(cast.here, chance=0.62, expected_amount=Decimal("1240.00"), expected_minutes=14.2, rank_key=rank)
    place = by_what(item, cast.sam)["Place in the order"]
    assert place.result == "Counts as due 3 Mar 2027"
    assert place.because == "62% of $1,240 in 14 minutes of work is $54.14 a minute."


def test_the_page_names_rules_and_versions(cast: Cast) -> None:
    dictionary.load()
    page = panel_of(item_at(cast.here), cast.sam, "why")
    for words in ("Rules and versions behind this", "Code dictionary", ", version test", "Handling of 197"):
        assert words in page, words
