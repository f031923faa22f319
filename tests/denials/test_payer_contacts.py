"""Where to write to a payer: kept per product line, with how long ago somebody checked it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from denials import payer_contacts
from denials.domain.verified import verified
from denials.models import Payer, Rereading
from tests.cast import Cast
from tests.factories import PayerFactory, RemittedClaimFactory
from tests.settings_forms import as_shown, send
from tests.worklists.pages import signed_in

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "words", "is_doubtful"),
    [
        (None, "never verified", True), (0, "verified today", False), (1, "verified yesterday", False),
        (180, "verified 180 days ago", False), (181, "verified 181 days ago", True), (-3, "verified today", False),
    ],
)  # fmt: skip
def test_how_fresh_it_is_stands_in_words_and_half_a_year_is_too_long(
    days: int | None, words: str, is_doubtful: bool
) -> None:
    found = verified(None if days is None else TODAY - timedelta(days=days), TODAY)

    assert (found.words, found.is_doubtful) == (words, is_doubtful)


@pytest.mark.django_db
def test_the_product_lines_contact_comes_before_the_payers(cast: Cast) -> None:
    payer = PayerFactory.create(appeals_address="For all")
    line = payer.products.create(name="Medicare Advantage", filing_codes=["16"])
    payer_contacts.keep(payer, "appeals_address", "For the line", product=line)
    payer_contacts.keep(payer, "phone", "555-0100")

    found = {
        code: payer_contacts.contacts_for(payer, RemittedClaimFactory.create(filing_code=code), TODAY)
        for code in ("12", "16")
    }

    assert found["12"]["appeals_address"].value == "For all"
    assert (found["16"]["appeals_address"].value, found["16"]["appeals_address"].of) == (
        "For the line", "Medicare Advantage",
    )  # fmt: skip
    assert found["16"]["phone"].value == "555-0100"


@pytest.mark.django_db
def test_a_contact_that_is_saved_takes_the_place_of_the_older_which_stays_as_history(cast: Cast) -> None:
    payer = PayerFactory.create(appeals_address="Old street")
    ada = signed_in(cast.ada)
    contact = payer.contacts.get()

    done = send(
        ada, reverse("payer_contact", args=[payer.pk, contact.pk]), value="New street", verified_on="2026-11-02"
    )

    assert done.status_code == 302
    assert list(payer.contacts.order_by("pk").values_list("value", "is_current", "verified_by")) == [
        ("Old street", False, None), ("New street", True, cast.ada.pk),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_contact_that_somebody_replaced_meanwhile_comes_back_with_both(cast: Cast) -> None:
    payer = PayerFactory.create(appeals_address="Old street")
    ada, address = signed_in(cast.ada), reverse("payer_contact", args=[payer.pk, payer.contacts.get().pk])
    shown = as_shown(ada.get(address))
    send(ada, address, value="Their street")

    answer = ada.post(address, shown | {"value": "My street"})

    assert answer.status_code == 409
    assert "<li>Now: Their street</li>" in answer.content.decode()
    again = as_shown(answer)
    assert again["value"] == ["My street"]
    assert ada.post(address, again).status_code == 302
    assert payer.contacts.get(is_current=True).value == "My street"


@pytest.mark.django_db
def test_a_contact_is_marked_as_checked_today_in_one_click(cast: Cast) -> None:
    payer = PayerFactory.create()
    contact = payer.contacts.get()
    ada = signed_in(cast.ada)
    assert "never verified" in ada.get(reverse("payers_edit", args=[payer.pk])).content.decode()

    ada.post(reverse("payer_contact_checked", args=[payer.pk, contact.pk]))

    contact.refresh_from_db()
    assert (contact.verified_on, contact.verified_by) == (timezone.localdate(), cast.ada)


@pytest.mark.django_db
def test_a_contact_that_holds_no_more_is_taken_out_of_use_and_the_page_says_what_is_missing(cast: Cast) -> None:
    payer = PayerFactory.create()
    contact, ada = payer.contacts.get(), signed_in(cast.ada)

    ada.post(reverse("payer_contact_checked", args=[payer.pk, contact.pk]), {"found": "gone"})

    assert not payer.contacts.filter(is_current=True).exists()
    assert "No address for appeals" in ada.get(reverse("payers_edit", args=[payer.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"), [("portal", "not an address"), ("portal", "javascript:alert(1)"), ("email", "nobody")]
)
def test_what_cannot_be_opened_or_written_to_is_refused(cast: Cast, kind: str, value: str) -> None:
    payer = PayerFactory.create()

    answer = send(signed_in(cast.ada), reverse("payer_contact_new", args=[payer.pk]), kind=kind, value=value)

    assert answer.status_code == 422
    assert not payer.contacts.filter(kind=kind).exists()


@pytest.mark.django_db
def test_a_product_line_is_added_with_the_codes_as_people_type_them(cast: Cast) -> None:
    payer = PayerFactory.create()

    done = send(
        signed_in(cast.ada), reverse("payer_product_new", args=[payer.pk]),
        name="Medicare Advantage", filing_codes="16, ma", id_prefixes="h1234-001", is_contracted="False",
    )  # fmt: skip

    assert done.status_code == 302
    line = Payer.objects.get(pk=payer.pk).products.get()
    assert (line.filing_codes, line.id_prefixes, line.is_contracted) == (["16", "MA"], ["H1234001"], False)
    assert Rereading.objects.get().payers == [payer.pk]


@pytest.mark.django_db
def test_a_product_line_sent_as_it_was_shown_stays_as_it_was(cast: Cast) -> None:
    payer = PayerFactory.create()
    line = payer.products.create(
        name="HMO", filing_codes=["HM"], id_prefixes=["XYZ"], response_days=20, is_contracted=True
    )
    before = {name: getattr(line, name) for name in (field.attname for field in line._meta.concrete_fields)}

    send(signed_in(cast.ada), reverse("payer_product", args=[payer.pk, line.pk]))

    line.refresh_from_db()
    assert {name: getattr(line, name) for name in before} == before
    assert not Rereading.objects.exists()
