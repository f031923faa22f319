"""The context of an item: what is known beside the payer's decision, typed in, withdrawn, with its source."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from denials import told
from denials.domain.told_rows import AUTHORIZATIONS, CODING, EDITS, ELIGIBILITY
from denials.models import Adjustment, Authorization, ProviderAdjustment, RemittedLine
from denials.told import Whose
from tests.acknowledgment_text import Answered, claims_answered
from tests.cast import Cast
from tests.denials.test_acknowledging import brought_in
from tests.worklists.pages import item_at, page_title, signed_in
from worklists.models import Activity, WorkItem

pytestmark = pytest.mark.django_db
APPROVED = {"number": "A-77", "decision": "approved", "valid_from": "2026-09-01", "valid_to": "2026-10-03", "units": 3}


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """Four units of C8908 on 5 October, denied."""
    made = item_at(cast.here, claim__number="RC-777", denial__denied_lines=[1])
    remitted = made.denial.remitted_claim
    line = RemittedLine.objects.create(
        remitted_claim=remitted, number=1, procedure="C8908", charge=Decimal("1450.00"), paid=Decimal("0.00"),
        units_billed=Decimal(4), segment_from=11, segment_to=13,
    )  # fmt: skip
    Adjustment.objects.create(
        remitted_claim=remitted, line=line, ordinal=1, group="CO", code="197", amount=Decimal("1450.00"), segment=12
    )
    return made


def panel(item: WorkItem, user: Any, key: str = "context") -> str:
    response = signed_in(user).get(reverse("item_panel", args=[item.pk, key]))
    assert response.status_code == 200
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", text)


def add(item: WorkItem, user: Any, kind: str, values: dict[str, Any]) -> Any:
    return signed_in(user).post(reverse("item_fact", args=[item.pk, kind]), values)


def headings(page: str) -> list[str]:
    return re.findall(r'id="context-(\w+)"', page)


def test_an_authorization_typed_at_the_item_is_held_against_the_denied_line(cast: Cast, item: WorkItem) -> None:
    form = signed_in(cast.sam).get(reverse("item_fact", args=[item.pk, AUTHORIZATIONS])).content.decode()
    assert 'value="C8908"' in form
    answer = add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"procedures": "c8908"})
    assert answer["Location"] == reverse("item", args=[item.pk]) + "#tab-context"
    page = panel(item, cast.sam)
    assert "Line 1: ended two days before the service" in page
    assert "No authorization on record covers all of what was denied." in page
    assert "Written down by Sam Fictional on" in page
    assert Activity.objects.filter(item=item, text="Authorization written down.", actor=cast.sam).count() == 1

    add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"number": "A-78", "valid_to": "2026-12-01"})
    assert "Line 1: covers 3 of 4 units" in panel(item, cast.sam)
    add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"number": "A-79", "valid_to": "2026-12-01", "units": 4})
    page = panel(item, cast.sam)
    assert "A-79 covers what was denied." in page
    assert page.index("A-79</span>") < page.index("A-77</span>")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"valid_to": "2026-08-01"}, "The authorization ends before it begins."),
        ({"number": ""}, "An approval has a number: give it."),
        ({"decided_on": "2090-01-01"}, "The day of the decision lies in the future."),
        ({"procedures": "=1+1"}, "is no procedure code."),
        ({"decision": "maybe"}, "Select a valid choice."),
    ],
)
def test_what_contradicts_itself_is_said_and_what_was_typed_is_kept(
    cast: Cast, item: WorkItem, values: dict[str, str], said: str
) -> None:
    answer = add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"note": "as the portal says"} | values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "as the portal says" in answer.content.decode()
    assert not Authorization.objects.exists()


def test_what_is_on_record_already_is_refused_kindly(cast: Cast, item: WorkItem) -> None:
    add(item, cast.sam, AUTHORIZATIONS, APPROVED)
    again = add(item, cast.sue, AUTHORIZATIONS, APPROVED)
    assert again.status_code == 422
    assert "on record already" in again.content.decode()


def test_a_wrong_fact_is_withdrawn_with_a_reason_and_counts_no_longer(cast: Cast, item: WorkItem) -> None:
    add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"valid_to": "2026-12-01", "units": 4})
    address = reverse("item_fact_withdraw", args=[item.pk, AUTHORIZATIONS, Authorization.objects.get().pk])
    client = signed_in(cast.sue)
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "Another patient's approval"}).status_code == 302
    page = panel(item, cast.sam)
    assert "covers what was denied" not in page
    assert "Withdrawn by Sue Fictional" in page
    assert "Another patient&#x27;s approval" in page
    assert client.post(address, {"because": "again"}).status_code == 409
    assert "A-77" not in panel(item, cast.sam, "timeline")


@pytest.mark.parametrize(
    ("category", "first"),
    [
        ("authorization", "authorization"),
        ("eligibility", "eligibility"),
        ("coding", "coding"),
        ("timely_filing", "submissions"),
        ("contract_payment", "payments"),
        ("never_heard_of", "authorization"),
    ],
)
def test_each_category_brings_its_own_part_first(cast: Cast, category: str, first: str) -> None:
    page = panel(item_at(cast.here, denial__category=category), cast.sam)
    assert headings(page)[0] == first
    assert len(set(headings(page))) == 6


def test_eligibility_is_held_against_the_day_of_service(cast: Cast, item: WorkItem) -> None:
    values = {"checked_on": "2026-10-20", "method": "inquiry", "result": "inactive", "covers_to": "2026-09-30"}
    add(item, cast.sam, ELIGIBILITY, values)
    page = panel(item, cast.sam)
    assert "Cover ended five days before the service, by the latest check that tells." in page
    assert "Electronic inquiry (270/271)" in page


def test_notes_edits_and_answers_of_receivers_stand_with_their_source(cast: Cast, item: WorkItem) -> None:
    whose = Whose(item.claim.facility, item.claim.number)
    note = {"noted_on": date(2026, 10, 6), "text": "59 fits the separate site", "said_by": "Cody"}
    edit = {"noted_on": date(2026, 10, 7), "text": "Pair 1 and 2 edits", "code": "NCCI-1", "answer": "Overridden"}
    told.add(CODING, whose, note, cast.sam)
    told.add(EDITS, whose, edit, cast.sam)
    rejected = Answered("RC-777", "A7:562:85", "U", day="20261007", service="20261005", payer_number="")
    brought_in(claims_answered(rejected), cast.sam, "oct.277")
    page = panel(item, cast.sam)
    for words in ("59 fits the separate site", "Pair 1 and 2 edits", "Overridden", "Rejected by FICTIONAL HEALTH",
                  "NPI (billing provider)", "file oct.277"):  # fmt: skip
        assert words in page, words


def test_payments_show_what_was_adjusted_and_what_was_taken_outside_of_claims(cast: Cast, item: WorkItem) -> None:
    remittance = item.denial.remitted_claim.remittance
    remittance.method = "ACH"
    remittance.save()
    ProviderAdjustment.objects.create(
        remittance=remittance, ordinal=1, code="WO", reference="RC-777", amount=Decimal("75.00"), segment=18
    )
    ProviderAdjustment.objects.create(
        remittance=remittance, ordinal=2, code="WO", reference="RC-778", amount=Decimal("66.00"), segment=18
    )
    page = panel(item, cast.sam)
    assert f"EFT {remittance.trace}" in page
    assert 'No authorization or notification on file <span class="code">CO-197</span>' in page
    assert "−$75.00" in page
    assert "66.00" not in page
    assert "$75.00 taken from a payment outside of claims" in panel(item, cast.sam, "timeline")


def test_an_empty_context_teaches_what_to_do(cast: Cast, item: WorkItem) -> None:
    page = panel(item, cast.remy)
    assert "No authorization is on record" in page
    assert "?kind=eligibility" in page
    assert reverse("item_fact", args=[item.pk, ELIGIBILITY]) not in page


def test_nothing_of_another_facility_is_shown_or_reached(cast: Cast, item: WorkItem) -> None:
    there = item_at(cast.there, claim__number="RC-777", claim__member_id=item.claim.member_id)
    add(there, cast.otto, AUTHORIZATIONS, APPROVED | {"number": "THEIRS"})
    fact = Authorization.objects.get()
    assert "THEIRS" not in panel(item, cast.sam)
    assert "THEIRS" not in panel(item, cast.mara)
    for pk in (item.pk, there.pk):
        address = reverse("item_fact_withdraw", args=[pk, AUTHORIZATIONS, fact.pk])
        assert signed_in(cast.sam).post(address, {"because": "mine"}).status_code == 404
    assert add(there, cast.sam, AUTHORIZATIONS, APPROVED).status_code == 404
    assert "THEIRS" in panel(there, cast.otto)


def test_a_kind_that_there_is_not_is_not_found(cast: Cast, item: WorkItem) -> None:
    assert signed_in(cast.sam).get(reverse("item_fact", args=[item.pk, "gossip"])).status_code == 404


def test_the_title_names_no_patient(cast: Cast, item: WorkItem) -> None:
    title = page_title(signed_in(cast.sam).get(reverse("item_fact", args=[item.pk, ELIGIBILITY])))
    assert "Fictional" not in title
    assert "777" not in title


def test_more_facts_and_results_cost_no_more_queries(cast: Cast, item: WorkItem) -> None:
    client, address = signed_in(cast.sam), reverse("item_panel", args=[item.pk, "context"])
    add(item, cast.sam, AUTHORIZATIONS, APPROVED)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        add(item, cast.sam, AUTHORIZATIONS, APPROVED | {"number": f"B-{number}"})
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
