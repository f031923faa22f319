"""Sheets of denials: mapped, checked row by row, recorded once; what is left out is told in a harmless CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from config import pipeline
from denials import dictionary
from denials.codes import shipped_dictionary
from denials.models import Job, Payer, Remittance, Sheet, SheetLayout
from denials.sheet_kinds import KINDS
from tests.cast import Cast
from tests.denials.test_acknowledging import known_payer
from tests.worklists.pages import page_title, signed_in
from worklists import defaults
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
HEADS = "Claim,Payer,Payment date,DOS,CPT,Billed,Paid,CARC,Denied,Patient,RARC,Facility"
GOOD = 'RC-1,Fictional Health,11/02/2026,2026-10-05,99213,$100.00,60.00,CO-50,40.00,"Fictional, Ann",N115,Here Clinic'
SECOND = "RC-2,Fictional Health,11/02/2026,2026-10-06,99214,200,0,CO-197,200,Specimen,,"


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    defaults.load_defaults()


def content(*rows: str, heads: str = HEADS) -> bytes:
    return "\n".join([heads, *rows]).encode()


def bring(user: User, data: bytes, name: str = "denials.csv") -> Any:
    return signed_in(user).post(
        reverse("sheets"), {"kind": "denials", "sheet": SimpleUploadedFile(name, data)}, follow=True
    )


def brought(user: User, data: bytes, name: str = "denials.csv") -> Sheet:
    assert bring(user, data, name).status_code == 200
    sheet: Sheet = Sheet.objects.order_by("-pk")[0]
    return sheet


def mapped(user: User, sheet: Sheet, **changes: Any) -> Any:
    """Sends the form of columns as it is shown."""
    page = signed_in(user).get(reverse("sheet", args=[sheet.pk]))
    said = {name: page.context["form"].initial.get(name) or "" for name in page.context["form"].fields}
    return signed_in(user).post(reverse("sheet", args=[sheet.pk]), said | changes, follow=True)


def confirmed(user: User, sheet: Sheet) -> Any:
    answer = signed_in(user).post(reverse("sheet_confirm", args=[sheet.pk]))
    if answer.status_code == 302:
        for job in Job.objects.filter(state="waiting"):
            pipeline.run(job.pk)
    sheet.refresh_from_db()
    return answer


def test_a_sheet_goes_from_columns_over_checked_rows_to_work(cast: Cast) -> None:
    known_payer()
    sheet = brought(cast.sam, content(GOOD, SECOND))
    assert sheet.columns["reason"] == "CARC"
    assert not Remittance.objects.exists()

    shown = mapped(cast.sam, sheet).content.decode()
    assert "Every row can be recorded" in shown
    assert "Record 2 claims" in shown
    assert not Remittance.objects.exists()

    answer = confirmed(cast.sam, sheet)
    assert answer["Location"] == reverse("remittance_file", args=[sheet.file_id])
    remittance = Remittance.objects.get()
    assert (remittance.entered_from, remittance.claims, remittance.state) == ("sheet", 2, Remittance.State.SETTLED)
    assert dict(WorkItem.objects.values_list("claim__number", "denied_amount")) == {
        "RC-1": Decimal("40.00"), "RC-2": Decimal("200.00"),
    }  # fmt: skip
    assert remittance.file.entry.original_sha256 == sheet.sha256


def test_a_sheet_holds_denials_unless_somebody_says_otherwise(cast: Cast) -> None:
    form = signed_in(cast.sam).get(reverse("sheets")).context["form"]
    assert {key for key, _ in form.fields["kind"].choices} == set(KINDS)
    assert form.fields["kind"].choices[0][0] == "denials"


def test_one_remittance_for_each_payer_facility_and_day(cast: Cast) -> None:
    known_payer()
    other = SECOND.replace("Fictional Health", "Other Plan")
    later = SECOND.replace("RC-2", "RC-3").replace("11/02/2026", "11/03/2026")
    sheet = brought(cast.sam, content(GOOD, SECOND, other.replace("RC-2", "RC-4"), later))
    assert "New payers" in mapped(cast.sam, sheet).content.decode()
    assert not Payer.objects.filter(name="Other Plan").exists()

    confirmed(cast.sam, sheet)

    assert Remittance.objects.count() == 3
    assert not Payer.objects.get(name="Other Plan").is_confirmed


def test_the_same_sheet_twice_changes_nothing_and_says_so(cast: Cast) -> None:
    sheet = brought(cast.sam, content(GOOD))
    mapped(cast.sam, sheet)
    confirmed(cast.sam, sheet)

    again = bring(cast.sam, content(GOOD), "renamed.csv")

    assert "byte for byte. Nothing was added" in again.content.decode()
    assert (Sheet.objects.count(), WorkItem.objects.count()) == (1, 1)
    assert confirmed(cast.sam, sheet).status_code == 409
    assert WorkItem.objects.count() == 1


def test_rows_that_are_recorded_already_are_left_out_and_said(cast: Cast) -> None:
    first = brought(cast.sam, content(GOOD))
    mapped(cast.sam, first)
    confirmed(cast.sam, first)
    corrected = brought(cast.sam, content(GOOD, SECOND))

    shown = mapped(cast.sam, corrected).content.decode()
    confirmed(cast.sam, corrected)

    assert "Recorded already: nothing is added for it." in shown
    assert "Record 1 claim " in shown
    assert WorkItem.objects.count() == 2


def test_wrong_rows_are_told_one_by_one_and_the_right_ones_are_recorded(cast: Cast) -> None:
    wrong = GOOD.replace("RC-1", "RC-9").replace("CO-50", "N54").replace("40.00", "12.3x")
    sheet = brought(cast.sam, content(SECOND, wrong))
    shown = mapped(cast.sam, sheet, facility=cast.here.pk).content.decode()
    assert "N54 is a remark code" in shown

    report = signed_in(cast.sam).get(reverse("sheet_report", args=[sheet.pk]))
    rows = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Row", "What is wrong", "Claim"]
    assert rows[1][0] == "3"
    confirmed(cast.sam, sheet)
    assert set(WorkItem.objects.values_list("claim__number", flat=True)) == {"RC-2"}
    assert sheet.skipped == 1
    after = signed_in(cast.sam).get(reverse("sheet_report", args=[sheet.pk]))
    assert after.content == report.content


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)"])
def test_no_cell_of_the_report_can_start_a_formula(cast: Cast, evil: str) -> None:
    sheet = brought(cast.sam, content(GOOD.replace("RC-1", evil).replace("40.00", "39.00")))
    mapped(cast.sam, sheet)
    report = signed_in(cast.sam).get(reverse("sheet_report", args=[sheet.pk])).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(report)) for cell in row]
    assert f"'{evil}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_columns_are_remembered_for_the_next_sheet_with_the_same_heads(cast: Cast) -> None:
    heads = HEADS.replace("CARC", "Why").replace("Billed", "How much")
    first = brought(cast.sam, content(GOOD, heads=heads))
    assert "Choose a column for this." in mapped(cast.sam, first).content.decode()
    mapped(cast.sam, first, column_reason="Why", column_charge="How much")

    second = brought(cast.sue, content(SECOND, heads=heads))

    assert (second.columns["reason"], second.columns["charge"]) == ("Why", "How much")
    assert SheetLayout.objects.get().changed_by == cast.sam


def test_an_xlsx_with_dates_and_numbers_is_read_like_a_csv(cast: Cast) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (HEADS.split(","), ["RC-1", "Fictional Health", "2026-11-02", "10/05/2026", 99213, 100, 60.0, "CO-50",
                                   40, "Fictional, Ann", "N115", "Here Clinic"]):  # fmt: skip
        page.append(row)
    written = io.BytesIO()
    book.save(written)
    sheet = brought(cast.sam, written.getvalue(), "denials.xlsx")
    assert "Every row can be recorded" in mapped(cast.sam, sheet).content.decode()
    confirmed(cast.sam, sheet)
    assert WorkItem.objects.get().denied_amount == Decimal("40.00")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (content(GOOD).decode().replace("Ann", "Zoë").encode("cp1252"), "Every row can be recorded"),
        (b"\xef\xbb\xbf" + content(GOOD), "Every row can be recorded"),
        (content(GOOD.replace('"Fictional, Ann"', "Ann Fictional")).replace(b",", b";"), "Every row can be recorded"),
    ],
)
def test_windows_files_marks_and_semicolons_are_read(cast: Cast, data: bytes, words: str) -> None:
    sheet = brought(cast.sam, data)
    assert words in mapped(cast.sam, sheet).content.decode()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 not a table", b"\x00\x01\x02", b"PK\x03\x04garbage", b"only,heads\n"])
def test_what_is_no_sheet_is_refused_beside_the_field_and_not_kept(cast: Cast, data: bytes) -> None:
    answer = signed_in(cast.sam).post(
        reverse("sheets"), {"kind": "denials", "sheet": SimpleUploadedFile("x.csv", data)}
    )
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode() or "errorlist" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_too_many_rows_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "denials", replace(KINDS["denials"], most_rows=1))
    answer = bring(cast.sam, content(GOOD, SECOND))
    assert "more than 1 rows" in answer.content.decode()


def test_the_field_says_how_long_a_sheet_of_each_kind_may_be(cast: Cast) -> None:
    page = signed_in(cast.sam).get(reverse("sheets")).content.decode()
    assert "5,000 rows (imaging events: 10,000)" in page


def test_a_facility_that_is_not_ones_own_is_as_unknown_as_none(cast: Cast) -> None:
    for name in ("There Clinic", "1000000002", "No Such Clinic"):
        Sheet.objects.all().delete()
        sheet = brought(cast.sam, content(GOOD.replace("Here Clinic", name)))
        assert f"No facility of yours is called “{name}”" in mapped(cast.sam, sheet).content.decode()
    assert confirmed(cast.sam, sheet).status_code == 422
    assert not Remittance.objects.exists()


def test_somebody_elses_sheet_does_not_exist(cast: Cast) -> None:
    sheet = brought(cast.sam, content(GOOD))
    otto = signed_in(cast.otto)
    for name in ("sheet", "sheet_report"):
        assert otto.get(reverse(name, args=[sheet.pk])).status_code == 404
    assert otto.post(reverse("sheet_confirm", args=[sheet.pk])).status_code == 404
    assert "denials.csv" not in otto.get(reverse("sheets")).content.decode()
    assert "Somebody else brought this very sheet in" in bring(cast.otto, content(GOOD)).content.decode()
    assert signed_in(cast.mara).get(reverse("sheet", args=[sheet.pk])).status_code == 200


def test_the_sheet_behind_an_entry_is_for_who_may_see_all_of_it(cast: Cast) -> None:
    sheet = brought(cast.mara, content(GOOD))
    mapped(cast.mara, sheet)
    confirmed(cast.mara, sheet)
    url = reverse("entry_original", args=[sheet.file_id])
    assert signed_in(cast.mara).get(url).content == content(GOOD)
    assert signed_in(cast.sue).get(url).status_code == 404


def test_scripts_in_cells_are_words_and_no_patient_is_in_the_title(cast: Cast) -> None:
    sheet = brought(cast.sam, content(GOOD.replace("RC-1", "<script>alert(1)</script>").replace("40.00", "x")))
    response = mapped(cast.sam, sheet)
    assert "<script>alert(1)" not in response.content.decode()
    assert "Fictional" not in page_title(response)


def test_who_only_reads_brings_no_sheet_in(cast: Cast) -> None:
    assert signed_in(cast.remy).get(reverse("sheets")).status_code == 403
