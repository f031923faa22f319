"""A change of a time limit shows what it moves before anybody approves it, and dates open work again after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change
from denials import time_limits
from denials.models import PayerRule, Rereading
from denials.rereading import touched
from tests.cast import Cast
from tests.factories import PayerFactory, WorkItemFactory
from tests.governed import approve_all
from tests.settings_forms import as_shown
from tests.worklists.pages import signed_in
from tests.worklists.remitted import deny
from worklists import rereading
from worklists.models import Activity, WorkItem
from worklists.opening import open_items
from worklists.redating import moves_of

LAST_DAY, SHORTER = date(2027, 5, 1), date(2026, 11, 12)
"""180 and 10 days from 2 November 2026."""
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def limits(db: None) -> None:
    time_limits.load()


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    payer = PayerFactory.create(key="aetna", name="Fictional Aetna", product="commercial")
    made = WorkItemFactory.create(
        denial__remitted_claim__claim__payer=payer, denial__remitted_claim__claim__facility=cast.here,
        denial__deadline=LAST_DAY, denial__amount_at_risk=Decimal("500.00"), denial__category="authorization",
    )  # fmt: skip
    return WorkItem.objects.get(pk=made.pk)


def draft(cast: Cast, **fields: Any) -> Any:
    rule = PayerRule.objects.get(rule_id="AET-L1")
    client = signed_in(cast.ada)
    address = reverse("payer_rules_edit", args=[rule.pk])
    why = {"change-why": "New manual", "change-active_on": timezone.localdate().isoformat()}
    return client.post(address, as_shown(client.get(address)) | why | fields)


def test_a_shorter_limit_says_what_moves_and_what_is_late_at_once(cast: Cast, item: WorkItem) -> None:
    assert draft(cast, window_value="10").status_code == 302

    moves = moves_of(Change.objects.get(), user=cast.ada, today=TODAY)

    assert (moves.number, moves.amount) == (1, Decimal("500.00"))
    assert (moves.late, moves.late_amount) == (1, Decimal("500.00"))
    [moved] = moves.shown
    assert (moved.item, moved.before, moved.after) == (item, LAST_DAY, SHORTER)


def test_the_page_of_the_change_leads_to_the_list_of_what_moves(cast: Cast, item: WorkItem) -> None:
    draft(cast, window_value="10")
    change = Change.objects.get()
    address = reverse("payer_rule_moves", args=[change.pk])

    page = signed_in(cast.mara).get(reverse("change", args=[change.pk])).content.decode()
    listed = signed_in(cast.mara).get(address).content.decode()

    assert address in page
    assert "$500.00 at risk" in page
    assert reverse("item", args=[item.pk]) in listed
    assert "12 Nov" in listed


def test_nothing_moves_before_the_approval_and_the_open_item_after_it(cast: Cast, item: WorkItem) -> None:
    draft(cast, window_value="10")
    item.refresh_from_db()
    assert item.deadline == LAST_DAY
    assert not Rereading.objects.exists()

    approve_all(cast.mara)

    asked = Rereading.objects.get()
    assert (asked.rules, asked.payers) == (["AET-L1"], [item.payer_id])
    assert "New manual" in asked.because
    assert PayerRule.objects.get(rule_id="AET-L1").is_edited
    assert item.denial.pk in set(rereading.open_among(touched(asked)).values_list("pk", flat=True))


def test_a_limit_in_force_says_how_much_it_changed(cast: Cast, item: WorkItem) -> None:
    draft(cast, window_value="10")
    approve_all(cast.mara)
    change, asked = Change.objects.get(), Rereading.objects.get()
    while rereading.read_batch(asked.pk):
        pass

    page = signed_in(cast.mara).get(reverse("change", args=[change.pk]))

    assert [(each.what, each.number) for each in page.context["touched"]] == [
        ("Denials in work or in view that it changed", 1)
    ]
    assert "No open work follows it now" not in page.content.decode()


def test_a_change_of_words_moves_nothing(cast: Cast, item: WorkItem) -> None:
    draft(cast, level_name="First look")
    assert moves_of(Change.objects.get(), today=TODAY).number == 0


def test_another_payers_items_and_resolved_ones_stay(cast: Cast, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(status="resolved", resolution="no_action", resolved_at=timezone.now())
    WorkItemFactory.create(denial__deadline=LAST_DAY)
    draft(cast, window_value="10")
    assert moves_of(Change.objects.get(), today=TODAY).number == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"window_value": "soon"}, "whole number"),
        ({"window_value": "0"}, "whole number"),
        ({"level_no": ""}, "which level"),
        ({"effective_from": "2026-02-01", "effective_to": "2026-01-01"}, "before the first day"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(cast: Cast, fields: dict[str, str], words: str) -> None:
    answer = draft(cast, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_new_rule_of_a_payer_without_any_says_what_it_moves(cast: Cast) -> None:
    payer = PayerFactory.create(key="little_plan", name="Little Plan")
    made = WorkItemFactory.create(
        denial__remitted_claim__claim__payer=payer, denial__remitted_claim__claim__facility=cast.here
    )
    client = signed_in(cast.ada)
    said = {
        "rule_id": "LIT-L1", "payer_key": "little_plan", "rule_type": "appeal", "level_no": "1", "window_value": "90",
        "window_unit": "calendar_days", "counts_from": "remittance_date", "confidence": "high", "source": "contract",
        "change-why": "Contract signed", "change-active_on": timezone.localdate().isoformat(),
    }  # fmt: skip

    assert client.post(reverse("payer_rules_new"), said).status_code == 302

    [moved] = moves_of(Change.objects.get(), user=cast.ada, today=TODAY).shown
    assert (moved.item.pk, moved.after) == (made.pk, date(2027, 1, 31))


@pytest.mark.parametrize("key", ["line_plan", "default"])
def test_a_new_rule_has_all_read_again_that_it_said_it_moves(cast: Cast, key: str) -> None:
    """Of one product line of a payer; of every payer that has none of its own."""
    PayerRule.objects.filter(payer_key="default").delete()
    payer = PayerFactory.create(key="little_plan", name="Little Plan")
    PayerFactory.create(key="line_plan", name="Whose rules the line has")
    payer.products.create(name="Its line", rules_key="line_plan")
    made = WorkItemFactory.create(
        denial__remitted_claim__claim__payer=payer,
        denial__remitted_claim__claim__facility=cast.here,
        denial__deadline=None,
        rank_key=1.0,
    )
    said = {
        "rule_id": "LIN-L1", "payer_key": key, "rule_type": "appeal", "level_no": "1", "window_value": "90",
        "window_unit": "calendar_days", "counts_from": "remittance_date", "confidence": "high", "source": "contract",
        "change-why": "Contract signed", "change-active_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert signed_in(cast.ada).post(reverse("payer_rules_new"), said).status_code == 302
    assert moves_of(Change.objects.get(), today=TODAY).number == 1

    approve_all(cast.mara)
    asked = rereading.open_among(touched(Rereading.objects.get()))
    assert list(asked.values_list("pk", flat=True)) == [made.denial_id]


def test_a_limit_is_retired_from_today_on(cast: Cast) -> None:
    rule = PayerRule.objects.get(rule_id="AET-L1")
    signed_in(cast.ada).post(reverse("payer_rules_retire", args=[rule.pk]), {"why": "No longer in the manual"})
    approve_all(cast.mara)
    rule.refresh_from_db()
    assert rule.effective_to is not None
    assert rule.effective_to < timezone.localdate()


def test_every_part_of_a_split_claim_is_counted(cast: Cast, item: WorkItem) -> None:
    """The item keeps the first last day of its parts, so only a shorter day of one of them moves it."""
    said = item.denial.remitted_claim
    opened = {"denial": item.denial_id, "remitted_claim": said.pk}
    Activity.objects.create(item=item, kind=Activity.Kind.OPENED, facts=opened)
    part = deny(
        item.claim, beside=said, on=date(2026, 11, 1), payer_control_number="PART2", charge=320, denied_amount=320,
        amount_at_risk=320, deadline=date(2027, 4, 30), category="authorization",
    )  # fmt: skip
    open_items(part.remitted_claim.remittance)
    draft(cast, window_value="10")

    [moved] = moves_of(Change.objects.get(), user=cast.ada, today=TODAY).shown

    assert (moved.before, moved.after) == (date(2027, 4, 30), date(2026, 11, 11))
