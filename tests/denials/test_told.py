"""Facts that no remittance tells: written once, read by claim and member, withdrawn with a reason, or from a sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from accounts.models import User
from accounts.one_statement import read_in_one
from accounts.refusal import Conflict, Refused
from denials import told
from denials.domain.told_rows import AUTHORIZATIONS, CODING, ELIGIBILITY
from denials.models import Authorization, Claim, ClaimNote, EligibilityCheck, Sheet
from denials.told import AboutClaim, Whose
from tests.cast import Cast
from tests.factories import ClaimFactory
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
CHECK = {"checked_on": date(2026, 10, 1), "method": "portal", "result": "active", "covers_to": date(2026, 12, 31)}
APPROVAL = {"number": "A-77", "decision": "approved", "valid_from": date(2026, 9, 1), "procedures": ["C8908"]}
HEADS = "Claim,Member ID,Auth number,Status,From,To,Units,CPT,Facility"
ROW = "RC-1,W1,A-77,approved,2026-09-01,2026-11-30,4,C8908,Here Clinic"


@pytest.fixture
def claim(cast: Cast) -> Claim:
    made: Claim = ClaimFactory.create(facility=cast.here, number="RC-1", member_id="W1")
    return made


def about(claim: Claim) -> AboutClaim:
    return AboutClaim(*read_in_one(*told.rows_about(claim)))


def about_claim(claim: Claim) -> Whose:
    return Whose(claim.facility, claim.number, claim.member_id)


def test_a_fact_is_read_for_its_claim_and_cover_for_every_claim_of_the_member(cast: Cast, claim: Claim) -> None:
    told.add(ELIGIBILITY, about_claim(claim), CHECK, cast.sam)
    told.add(AUTHORIZATIONS, about_claim(claim), APPROVAL, cast.sam)
    told.add(CODING, about_claim(claim), {"noted_on": date(2026, 10, 1), "text": "59 fits"}, cast.sam)
    other = ClaimFactory.create(facility=cast.here, number="RC-2", member_id="W1")
    own, others = about(claim), about(other)
    assert [len(each) for each in (own.checks, own.authorizations, own.notes)] == [1, 1, 1]
    assert [len(each) for each in (others.checks, others.authorizations, others.notes)] == [1, 1, 0]
    assert own.checks[0].told_by == cast.sam


def test_another_facility_sees_nothing_of_it(cast: Cast, claim: Claim) -> None:
    told.add(ELIGIBILITY, about_claim(claim), CHECK, cast.sam)
    there = ClaimFactory.create(facility=cast.there, number="RC-1", member_id="W1")
    assert about(there).checks == []
    assert not EligibilityCheck.objects.all().visible_to(cast.otto).exists()


def test_the_same_fact_stands_once_until_it_is_withdrawn(cast: Cast, claim: Claim) -> None:
    first = told.add(AUTHORIZATIONS, about_claim(claim), APPROVAL, cast.sam)
    with pytest.raises(Refused, match="on record already"):
        told.add(AUTHORIZATIONS, about_claim(claim), APPROVAL, cast.sue)
    told.withdraw(first, cast.sue, "Another patient's")
    told.add(AUTHORIZATIONS, about_claim(claim), APPROVAL, cast.sue)
    assert [each.is_withdrawn for each in about(claim).authorizations] == [False, True]


def test_a_fact_is_withdrawn_once_and_with_a_reason(cast: Cast, claim: Claim) -> None:
    fact = told.add(ELIGIBILITY, about_claim(claim), CHECK, cast.sam)
    with pytest.raises(Refused, match="say what is wrong"):
        told.withdraw(fact, cast.sam, "  ")
    told.withdraw(fact, cast.sam, "Wrong member")
    with pytest.raises(Conflict):
        told.withdraw(fact, cast.sam, "Again")


def test_the_database_refuses_to_change_or_delete_a_fact(cast: Cast, claim: Claim) -> None:
    fact = told.add(ELIGIBILITY, about_claim(claim), CHECK, cast.sam)
    rows = EligibilityCheck.objects.filter(pk=fact.pk)
    for change in (lambda: rows.update(result="inactive"), lambda: rows.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    told.withdraw(fact, cast.sam, "Wrong member")
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(withdrawn_at=None)


@pytest.mark.parametrize(
    "values",
    [
        {"decision": "approved", "number": ""},
        {"decision": "approved", "number": "A", "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
        {"decision": "approved", "number": "A", "units": 0},
    ],
)
def test_the_database_refuses_nonsense(cast: Cast, claim: Claim, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        told.unsaved(AUTHORIZATIONS, about_claim(claim), values, cast.sam).save()


def bring(user: User, *rows: str, kind: str = AUTHORIZATIONS, heads: str = HEADS) -> Sheet:
    sent = SimpleUploadedFile("auths.csv", "\n".join([heads, *rows]).encode())
    answer = signed_in(user).post(reverse("sheets"), {"sheet": sent, "kind": kind})
    assert answer.status_code == 302, answer.content.decode()
    sheet: Sheet = Sheet.objects.order_by("-pk")[0]
    return sheet


def checked(user: User, sheet: Sheet) -> str:
    page = signed_in(user).get(reverse("sheet", args=[sheet.pk]))
    form = page.context["form"]
    said = {name: form.initial.get(name) or "" for name in form.fields}
    text: str = signed_in(user).post(reverse("sheet", args=[sheet.pk]), said, follow=True).content.decode()
    return text


def test_a_sheet_of_authorizations_goes_from_columns_over_checked_rows_to_facts(cast: Cast, claim: Claim) -> None:
    sheet = bring(cast.sam, ROW, ROW.replace("A-77", "A-78").replace("2026-11-30", "2026-08-01"), ROW)
    page = checked(cast.sam, sheet)
    assert "The authorization ends before it begins." in page
    assert "Another row of this sheet says the same." in page
    assert "Record 1 authorization " in page
    assert not Authorization.objects.exists()

    answer = signed_in(cast.sam).post(reverse("sheet_confirm", args=[sheet.pk]))
    assert answer["Location"] == reverse("sheet", args=[sheet.pk])
    [fact] = about(claim).authorizations
    assert (fact.number, fact.units, fact.procedures) == ("A-77", Decimal(4), ["C8908"])
    assert (fact.sheet, fact.sheet_row, fact.told_by) == (sheet, 2, cast.sam)
    sheet.refresh_from_db()
    assert sheet.skipped == 2
    assert "Recorded" in signed_in(cast.sam).get(reverse("sheet", args=[sheet.pk])).content.decode()


def test_what_is_on_record_already_is_left_out_and_said(cast: Cast, claim: Claim) -> None:
    first = bring(cast.sam, ROW)
    checked(cast.sam, first)
    signed_in(cast.sam).post(reverse("sheet_confirm", args=[first.pk]))
    second = bring(cast.sam, ROW, ROW.replace("A-77", "A-79"))
    assert "On record already" in checked(cast.sam, second)
    signed_in(cast.sam).post(reverse("sheet_confirm", args=[second.pk]))
    assert Authorization.objects.count() == 2


def test_rows_for_a_facility_that_is_not_ones_own_are_refused(cast: Cast, claim: Claim) -> None:
    sheet = bring(cast.otto, ROW)
    assert "No facility of yours is called “Here Clinic”" in checked(cast.otto, sheet)
    assert signed_in(cast.otto).post(reverse("sheet_confirm", args=[sheet.pk])).status_code == 422


def test_a_sheet_that_names_neither_claims_nor_members_is_not_mapped(cast: Cast) -> None:
    sheet = bring(cast.sam, "2026-10-01,Check the laterality", kind=CODING, heads="Date,Note")
    assert "Choose the column with our claim number" in checked(cast.sam, sheet)


def test_the_same_bytes_may_be_a_sheet_of_another_kind(cast: Cast) -> None:
    heads, row = "Claim,Date,Text", "RC-1,2026-10-01,Modifier 59 conflicts"
    one, two = (bring(cast.sam, row, kind=kind, heads=heads) for kind in (CODING, "claim_edits"))
    assert one.pk != two.pk
    checked(cast.sam, two)
    signed_in(cast.sam).post(reverse("sheet_confirm", args=[two.pk]))
    assert ClaimNote.objects.get().kind == "edit"
