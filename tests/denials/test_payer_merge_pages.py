"""An unknown payer is told who it is in two steps, with everything that moves shown before it does."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from denials.models import Claim, Payer, PayerMerge, Rereading
from tests.cast import Cast
from tests.denials.merging import paid_by, payer_named, taken_in
from tests.factories import PayerFactory
from tests.remittance_text import Claim as Said
from tests.settings_forms import history
from tests.worklists.pages import shown_items, signed_in

pytestmark = pytest.mark.django_db
ONE, OTHER = "FICTIONAL HEALTH", "FICTIONAL HEALTH OF TEXAS"


def two_names() -> tuple[Payer, Payer]:
    taken_in(paid_by(ONE, "60001", Said("RC-1", paid="0"), trace="T1"), interchange=1)
    taken_in(paid_by(OTHER, "60002", Said("RC-1", paid="40.00"), trace="T2"), interchange=2)
    return payer_named(ONE), payer_named(OTHER)


def test_the_likely_payer_is_proposed_first_and_leads_to_what_would_move(cast: Cast) -> None:
    gone, stays = two_names()
    PayerFactory.create(name="Nothing Like It")
    ada = signed_in(cast.ada)

    asked = ada.get(reverse("payer_confirm", args=[gone.pk])).content.decode()
    address = f"{reverse('payer_merge', args=[gone.pk])}?into={stays.pk}"
    assert f'href="{address}">It is {OTHER}' in asked
    assert "It is Nothing Like It" not in asked

    page = ada.get(address)
    text = page.content.decode()
    assert page.context["plan"].moved["payments"] == 1
    assert page.context["plan"].touched["open items"] == 1
    assert "1 claim of the same number and day are known under both names" in text
    assert "RC-1" in text
    assert Claim.objects.filter(payer=gone).exists()


def test_a_merge_asks_how_somebody_knows_and_then_leads_old_links_to_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = two_names()
    ada, address = signed_in(cast.ada), reverse("payer_merge", args=[gone.pk])

    assert ada.post(address, {"into": stays.pk}).status_code == 422
    assert not PayerMerge.objects.exists()
    done = ada.post(address, {"into": stays.pk, "because": "Same tax ID"})

    assert done.headers["Location"] == reverse("payers_edit", args=[stays.pk])
    old = ada.get(reverse("payers_edit", args=[gone.pk]), follow=True)
    assert old.redirect_chain == [(reverse("payers_edit", args=[stays.pk]), 302)]
    newest = history(ada, "payers", stays.pk)[0]
    assert f"Names on remittances: {OTHER} → {ONE}, {OTHER}" in newest
    assert "by Ada Fictional" in newest
    text = old.content.decode()
    assert f"{ONE} was merged: it is {OTHER} now." in text
    assert "Same tax ID" in text
    assert ONE not in [str(listed.row) for listed in ada.get(reverse("payers")).context["rows"]]


def test_who_came_from_a_case_is_led_back_to_it(cast: Cast) -> None:
    gone, stays = two_names()
    ada, case = signed_in(cast.ada), "/exceptions/7/"
    address = reverse("payer_confirm", args=[gone.pk])

    asked = ada.get(f"{address}?next={case}").content.decode()
    merge = f"{reverse('payer_merge', args=[gone.pk])}?into={stays.pk}&next={case}"
    assert escape(merge) in asked
    assert ada.post(address, {"next": case}).headers["Location"] == case
    assert f'name="next" value="{case}"' in ada.get(merge).content.decode()
    done = ada.post(merge, {"into": stays.pk, "because": "Same tax ID", "next": "https://elsewhere.example/"})
    assert done.headers["Location"] == reverse("payers_edit", args=[stays.pk])


def test_lists_that_were_kept_under_the_old_payer_show_the_work_of_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = two_names()
    ada = signed_in(cast.ada)
    address = f"{reverse('all_items')}?payer={gone.pk}"
    before = shown_items(ada.get(address))
    assert len(before) == 1
    ada.post(reverse("payer_merge", args=[gone.pk]), {"into": stays.pk, "because": "Same tax ID"})

    assert set(shown_items(ada.get(address))) > set(before)
    assert ada.get(reverse("appeals"), {"payer": gone.pk}).status_code == 200


def test_a_merge_is_taken_back_from_the_page_of_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = two_names()
    ada = signed_in(cast.ada)
    ada.post(reverse("payer_merge", args=[gone.pk]), {"into": stays.pk, "because": "Same tax ID"})
    address = reverse("payer_unmerge", args=[PayerMerge.objects.get().pk])
    assert address in ada.get(reverse("payers_edit", args=[stays.pk])).content.decode()

    shown = ada.get(address)
    assert shown.context["undoing"].back["claims"] == 1
    assert ada.post(address, {"because": "Two plans after all"}).status_code == 302

    gone.refresh_from_db()
    assert gone.merged_into is None
    assert Claim.objects.get(payer=gone).number == "RC-1"
    assert "It was taken back already" in ada.get(address).content.decode()


def test_an_unknown_payer_can_be_confirmed_as_one_of_its_own_and_its_denials_are_read_again(cast: Cast) -> None:
    gone, _ = two_names()

    signed_in(cast.ada).post(reverse("payer_confirm", args=[gone.pk]))

    gone.refresh_from_db()
    assert gone.is_confirmed
    assert Rereading.objects.get().payers == [gone.pk]


def test_the_payers_that_fitted_equally_are_proposed_before_those_of_a_like_name(cast: Cast) -> None:
    gone, stays = two_names()
    rival = PayerFactory.create(name="Nothing Like It")
    gone.candidates.add(rival)

    page = signed_in(cast.ada).get(reverse("payer_confirm", args=[gone.pk]))

    assert page.context["proposed"] == [rival, stays]


def test_a_payer_that_is_merged_cannot_be_chosen_nor_merged_again(cast: Cast) -> None:
    gone, stays = two_names()
    third, ada = PayerFactory.create(), signed_in(cast.ada)
    ada.post(reverse("payer_merge", args=[gone.pk]), {"into": stays.pk, "because": "Same tax ID"})

    assert ada.get(reverse("payer_merge", args=[third.pk]), {"into": gone.pk}).status_code == 422
    again = ada.post(reverse("payer_merge", args=[gone.pk]), {"into": third.pk, "because": "No"}, follow=True)
    assert again.redirect_chain[-1][0] == reverse("payers_edit", args=[stays.pk])
    assert PayerMerge.objects.count() == 1
