"""The watch page: what is on nobody's list, with the way to settle it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import AccessEvent
from denials.models import Denial, Job, ReversalPair
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, PayerFactory, RemittanceFactory, RemittedClaimFactory
from tests.worklists.pages import item_at, signed_in

pytestmark = pytest.mark.django_db


def watched(cast: Cast, outcome: str, amount: str, *, last: str = "Fictional", is_here: bool = True) -> Denial:
    facility = cast.here if is_here else cast.there
    claim = ClaimFactory.create(facility=facility, patient_last=last)
    made: Denial = DenialFactory.create(
        remitted_claim=RemittedClaimFactory.create(claim=claim), outcome=outcome, is_denial=False,
        denied_amount=0, amount_at_risk=0, tracked_amount=Decimal(amount), primary_code="", primary_group="",
    )  # fmt: skip
    return made


def test_only_managers_and_admins_see_it(cast: Cast) -> None:
    assert [signed_in(user).get("/watch/").status_code for user in (cast.sam, cast.remy, cast.mara)] == [403, 403, 200]


def test_watched_results_are_counted_by_kind_with_their_money(cast: Cast) -> None:
    watched(cast, "pending", "500.00")
    watched(cast, "pending", "20.50")
    watched(cast, "reversal", "900.00")
    item_at(cast.here)
    kinds = signed_in(cast.mara).get("/watch/").context["kinds"]
    assert [(kind.outcome, kind.count, kind.amount) for kind in kinds] == [
        ("pending", 2, Decimal("520.50")),
        ("reversal", 1, Decimal("900.00")),
    ]


def test_each_kind_lists_its_claims(cast: Cast) -> None:
    watched(cast, "pending", "500.00", last="Pending")
    watched(cast, "reversal", "900.00", last="Takenback")
    page = signed_in(cast.mara).get("/watch/?kind=reversal").content.decode()
    assert "Takenback" in page
    assert "Pending, Ada" not in page


def test_a_reversal_is_watched_until_its_correction_came(cast: Cast) -> None:
    alone = watched(cast, "reversal", "900.00", last="Takenback")
    corrected = watched(cast, "reversal", "70.00", last="Corrected")
    correction = RemittedClaimFactory.create(claim=corrected.claim)
    ReversalPair.objects.create(reversal=alone.remitted_claim, because="Nothing earlier is recorded.")
    ReversalPair.objects.create(reversal=corrected.remitted_claim, correction=correction, because="Same claim.")

    page = signed_in(cast.mara).get("/watch/?kind=reversal")

    assert [(kind.count, kind.amount) for kind in page.context["kinds"]] == [(1, Decimal("900.00"))]
    assert [row.pk for row in page.context["rows"]] == [alone.pk]


def test_another_facilitys_results_are_neither_listed_nor_counted(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    watched(cast, "pending", "500.00", is_here=False, last="Elsewhere")
    page = signed_in(cast.mara).get("/watch/")
    assert page.context["kinds"] == []
    assert "Elsewhere" not in page.content.decode()
    assert "Nothing to watch" in page.content.decode()


def test_what_must_be_settled_is_counted(cast: Cast) -> None:
    RemittanceFactory.create(facility=cast.here, state="held")
    PayerFactory.create(is_confirmed=False)
    Job.objects.create(kind="record_file", subject=1, state="failed")
    concerns = {each.label: each.count for each in signed_in(cast.mara).get("/watch/").context["concerns"]}
    assert concerns == {
        "Files with held payments": 1,
        "Work that failed": 1,
        "Payers to confirm": 1,
        "Facilities to confirm": 0,
        "Rules to look over": 0,
        "Put back, untouched": 0,
    }


def test_looking_at_watched_claims_is_noted(cast: Cast) -> None:
    watched(cast, "pending", "500.00")
    signed_in(cast.mara).get("/watch/")
    assert AccessEvent.objects.filter(user=cast.mara, what="watched_denials").exists()


def test_pages_by_key_show_each_row_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worklists.watch.watching.PAGE_SIZE", 2)
    made = [watched(cast, "pending", "1.00").pk for _ in range(5)]
    client = signed_in(cast.mara)
    seen: list[int] = []
    page = client.get("/watch/?kind=pending")
    while True:
        seen += [row.pk for row in page.context["rows"]]
        if page.context["older"] is None:
            break
        page = client.get(f"/watch/?kind=pending&after={page.context['older']}")
    assert seen == made


def test_a_manager_is_not_led_to_pages_that_only_an_administrator_may_open(cast: Cast) -> None:
    assert "/settings/payers/" not in signed_in(cast.mara).get("/watch/").content.decode()
    assert 'class="tile" href="/settings/payers/"' in signed_in(cast.ada).get("/watch/").content.decode()
