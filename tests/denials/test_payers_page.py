"""Payers on screen: by which names and ids remittances mean them, and whose time limits apply."""

from __future__ import annotations

import pytest
from django.urls import reverse

from denials import payer_matching
from denials.models import Payer, PayerRule
from tests.cast import Cast
from tests.denials.recorded import recorded
from tests.factories import PayerFactory
from tests.remittance_text import Payment, file_of
from tests.settings_forms import history, save
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_payer_that_a_remittance_named_first_waits_to_be_confirmed(cast: Cast) -> None:
    recorded(file_of(Payment()))
    ada, payer = signed_in(cast.ada), Payer.objects.get()
    assert "to confirm" in ada.get(reverse("payers")).content.decode()

    save(ada, "payers", payer.pk, is_confirmed="on")

    assert Payer.objects.get().is_confirmed
    assert "Confirmed: no → yes" in history(ada, "payers", payer.pk)[0]


def test_a_name_that_is_added_is_found_by_the_next_remittance_and_told_in_the_history(cast: Cast) -> None:
    payer, ada = PayerFactory.create(), signed_in(cast.ada)

    save(ada, "payers", payer.pk, names="Fictional   Health\r\n\r\nFICTIONAL HEALTH\r\nOther Name", ids="60001")

    assert set(payer.identifiers.values_list("kind", "value")) == {
        ("name", "FICTIONAL HEALTH"), ("name", "OTHER NAME"), ("payer_id", "60001"),
    }  # fmt: skip
    assert recorded(file_of(Payment())).remittances.get().payer == payer
    newest = history(ada, "payers", payer.pk)[0]
    assert "Names on remittances: nothing → FICTIONAL HEALTH, OTHER NAME" in newest
    assert "Payer IDs: nothing → 60001" in newest


def test_a_name_of_another_payer_is_refused_with_whose_it_is(cast: Cast) -> None:
    other, payer = PayerFactory.create(name="Other Plan"), PayerFactory.create()
    other.identifiers.create(kind="name", value=payer_matching.comparable("Shared Name"))

    response = save(signed_in(cast.ada), "payers", payer.pk, names="shared name")

    assert response.status_code == 422
    assert "SHARED NAME belongs to Other Plan already." in response.content.decode()
    assert not payer.identifiers.exists()


def test_only_time_limits_that_exist_can_be_chosen_and_what_stands_there_stays(cast: Cast) -> None:
    PayerRule.objects.create(rule_id="X-1", payer_key="aetna", rule_type="appeal", window_value="1")
    ada, payer = signed_in(cast.ada), PayerFactory.create(rules_key="older")

    assert save(ada, "payers", payer.pk, rules_key="aetnaa").status_code == 422
    assert save(ada, "payers", payer.pk, response_days="45").status_code == 302
    assert Payer.objects.get(pk=payer.pk).rules_key == "older"
    assert save(ada, "payers", payer.pk, rules_key="aetna").status_code == 302


@pytest.mark.parametrize("word", ["all", "Any", " all "])
def test_a_word_for_every_product_is_no_product(cast: Cast, word: str) -> None:
    """It would be offered as one wherever products are chosen: in routing rules and in readings."""
    ada, payer = signed_in(cast.ada), PayerFactory.create()

    assert save(ada, "payers", payer.pk, product=word).status_code == 302
    assert Payer.objects.get(pk=payer.pk).product == ""
    assert save(ada, "payers", payer.pk, product="Part B").status_code == 302
    assert Payer.objects.get(pk=payer.pk).product == "Part B"


def test_the_time_limits_that_count_lead_to_their_own_page(cast: Cast) -> None:
    rule = PayerRule.objects.create(
        rule_id="X-1", payer_key="aetna", rule_type="appeal", window_value="1", window_unit="calendar_years"
    )
    payer, ada = PayerFactory.create(rules_key="aetna"), signed_in(cast.ada)

    page = ada.get(reverse("payers_edit", args=[payer.pk])).content.decode()

    assert f'href="{reverse("payer_rules_edit", args=[rule.pk])}"' in page
    assert "<dd>1 year<" in page
    assert "No time limits are known here" not in page
    assert (
        "No time limits are known here"
        in ada.get(reverse("payers_edit", args=[PayerFactory.create().pk])).content.decode()
    )
