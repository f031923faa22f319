"""Imaging beside the claim: noted by hand, brought in as a sheet of events, and counted by interface."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials import payer_merging, sheets
from denials.models import Sheet, SheetLayout
from tests.cast import Cast
from tests.factories import ClaimFactory, PayerFactory
from tests.worklists.evidence import needing
from tests.worklists.pages import panel_of, signed_in
from worklists.imaging import marking, status
from worklists.imaging.forms import STAMP
from worklists.imaging.marking import Told
from worklists.imaging.sheets import EVENTS
from worklists.models import Activity, ImagingEvent, WorkItem

pytestmark = pytest.mark.django_db

HEADS = "Claim,Event,When,Result,Interface,ACN,By,Message\n"
ROWS = (
    "RC-1,report signed,2026-11-02 09:00,ok,PACS link,,Dr. Example,\n"
    "RC-1,transmitted,2026-11-02 10:00,failed,Clearinghouse,,,No route to the payer\n"
    "RC-7,ACN,2026-11-02 10:30,ok,Clearinghouse,ACN*7,,\n"
    "RC-1,danced,2026-11-02,ok,PACS link,,,=cmd()\n"
)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    made = needing(cast.here, claim__number="RC-1")
    type(cast.here).objects.filter(pk=cast.here.pk).update(service_line="radiology")
    row: WorkItem = WorkItem.objects.select_related("claim", "facility").get(pk=made.pk)
    return row


def brought(user: User, cast: Cast, text: str = HEADS + ROWS) -> Sheet:
    """With its columns as they are guessed."""
    sent = SimpleUploadedFile("events.csv", text.encode())
    sheet = sheets.receive(sent, "events.csv", user, cast.here, EVENTS).sheet
    sheets.name_columns(sheet, sheet.columns, cast.here, user)
    sheet.refresh_from_db()
    return sheet


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def test_an_event_noted_by_hand_stands_beside_the_claim_with_who_and_when(cast: Cast, item: WorkItem) -> None:
    told = Told("attachment_id", an_hour_ago(), attachment_id="ACN-42")
    event = marking.mark(item.pk, cast.sam, told)
    marking.mark(item.pk, cast.sam, told)
    assert (event.who, ImagingEvent.objects.count()) == ("Sam Fictional", 1)
    assert [place.mark for place in status.way_on(item, [], status.events_of(item)) if place.is_ok] == ["attachment_id"]
    texts = Activity.objects.filter(item=item, kind="evidence").values_list("text", flat=True)
    assert list(texts) == ["Imaging: Attachment ID present."]
    page = signed_in(cast.remy).get(reverse("item", args=[item.pk])).content.decode()
    assert "Final report signed" in page
    assert "ACN-42" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"mark": "attachment_id", "attachment_id": "A*B"}, "cannot carry"),
        ({"mark": "attachment_id"}, "is missing"),
        ({"mark": "transmitted", "is_ok": False}, "say what went wrong"),
        ({"mark": "transmitted", "at": datetime(2099, 1, 1, tzinfo=timezone.get_current_timezone())}, "future"),
    ],
)
def test_what_could_not_be_so_is_not_noted(cast: Cast, item: WorkItem, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        marking.mark(item.pk, cast.sam, Told(**{"at": an_hour_ago(), **values}))
    for nobody in (cast.remy, cast.otto):
        with pytest.raises(Refused):
            marking.mark(item.pk, nobody, Told("transmitted", an_hour_ago()))
    assert not ImagingEvent.objects.exists()


def test_events_are_never_changed(cast: Cast, item: WorkItem) -> None:
    marking.mark(item.pk, cast.sam, Told("transmitted", an_hour_ago()))
    with pytest.raises(ProgrammingError), transaction.atomic():
        ImagingEvent.objects.update(is_ok=False)


def test_a_sheet_is_checked_before_anything_is_recorded_and_recorded_once(cast: Cast, item: WorkItem) -> None:
    sheet = brought(cast.sam, cast)
    checked: Any = sheets.check(sheet, cast.sam)
    assert [(event.claim_key, event.mark) for event in checked.events] == [
        ("RC-1", "report_signed"),
        ("RC-1", "transmitted"),
        ("RC-7", "attachment_id"),
    ]
    assert [figure.number for figure in checked.figures] == [2, 1]
    assert [row.number for row in checked.faulty] == [5]
    assert not ImagingEvent.objects.exists()
    sheets.confirm(sheet, cast.sam)
    event = ImagingEvent.objects.get(mark="report_signed")
    assert (event.who, event.entered_by, event.sheet) == ("Dr. Example", cast.sam, sheet)
    assert timezone.localtime(event.at).hour == 9
    wrong = ImagingEvent.objects.get(mark="attachment_id")
    assert (wrong.is_ok, "cannot carry" in wrong.said) == (False, True)
    with pytest.raises(Conflict, match="recorded already"):
        sheets.confirm(sheet, cast.sam)


def test_after_recording_the_rows_left_out_stand_as_they_were_told(cast: Cast, item: WorkItem) -> None:
    """Checked again, each recorded row would be one that is on record already."""
    sheet, sam = brought(cast.sam, cast), signed_in(cast.sam)
    before = sheets.left_out(sheet, cast.sam)
    assert [row.number for row in before] == [5]
    sheets.confirm(sheet, cast.sam)
    sheet.refresh_from_db()
    assert sheets.left_out(sheet, cast.sam) == before
    assert sam.get(reverse("sheet_report", args=[sheet.pk])).content.decode("utf-8-sig").count("\r\n") == 2
    page = sam.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert "“danced” is no step" in page
    assert "Recorded already" not in page


def test_a_row_about_a_claim_that_nobody_knows_is_recorded_and_named(cast: Cast, item: WorkItem) -> None:
    checked = sheets.check(brought(cast.sam, cast), cast.sam)
    assert [(doubt.number, doubt.whose) for doubt in checked.doubts] == [(4, "RC-7")]


def test_heads_that_are_not_recognised_are_named(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    sent: dict[str, Any] = {"sheet": SimpleUploadedFile("e.csv", b"Claim,Foo\nRC-1,2\n"), "kind": EVENTS.key}
    page = sam.get(sam.post(reverse("sheets"), sent).headers["Location"]).content.decode()
    assert "Choose the column for: What happened; When." in page


def bring_in(user: User, text: str) -> Any:
    """The page of a sheet of events, as it opens after it was brought in."""
    said = {"kind": EVENTS.key, "sheet": SimpleUploadedFile("e.csv", text.encode())}
    return signed_in(user).post(reverse("sheets"), said, follow=True)


TIMED = "Claim,Event,Date,Time\nRC-1,sent,2026-11-02,{}\n"
NEW = "Time of day (where it stands in a column of its own): “Time”"


def test_columns_chosen_before_a_time_was_asked_for_gain_it_and_say_so(cast: Cast) -> None:
    sheet = brought(cast.sam, cast, TIMED.format("8:15"))
    before = {name: head for name, head in sheet.columns.items() if name in ("claim_number", "event", "when")}
    SheetLayout.objects.update(columns=before)
    Sheet.objects.update(columns=before)
    row = sheets.check(Sheet.objects.get(), cast.sam).rows[0]
    assert row.at == time(8, 15)
    assert NEW in signed_in(cast.sam).get(reverse("sheet", args=[sheet.pk])).content.decode()
    page = bring_in(cast.sue, TIMED.format("9:15"))
    assert NEW in page.content.decode()
    assert page.context["form"].initial["column_time"] == "Time"
    sheets.name_columns(page.context["sheet"], {**before, "time": "Time"}, cast.here, cast.sue)
    assert NEW not in bring_in(cast.sam, TIMED.format("10:15")).content.decode()


def test_a_column_that_somebody_left_out_is_not_taken_again(cast: Cast) -> None:
    sheet = brought(cast.sam, cast, TIMED.format("8:15"))
    sheets.name_columns(sheet, {**sheet.columns, "time": ""}, cast.here, cast.sam)
    page = bring_in(cast.sam, TIMED.format("9:15"))
    assert page.context["form"].initial["column_time"] == ""
    assert NEW not in page.content.decode()


def test_a_sheet_that_has_got_a_column_more_keeps_what_was_chosen_for_the_others(cast: Cast) -> None:
    page = bring_in(cast.sam, "Number,Step,Day\nRC-1,sent,2026-11-02\n")
    chosen = {"claim_number": "Number", "event": "Step", "when": "Day"}
    sheets.name_columns(page.context["sheet"], chosen, cast.here, cast.sam)
    page = bring_in(cast.sam, "Number,Step,Day,Time\nRC-1,sent,2026-11-02,8:15\n")
    assert page.context["form"].initial["column_claim_number"] == "Number"
    assert NEW in page.content.decode()
    other = bring_in(cast.sam, "Number,Event,When\nRC-1,sent,2026-11-02\n")
    assert other.context["form"].initial["column_claim_number"] == ""


def test_what_another_sheet_brought_is_known(cast: Cast, item: WorkItem) -> None:
    sheets.confirm(brought(cast.sam, cast), cast.sam)
    again = brought(cast.sue, cast, HEADS + ROWS + "RC-2,transmitted,2026-11-03,ok,PACS link,,,\n" * 2)
    checked = sheets.check(again, cast.sue)
    assert (checked.ready, checked.known) == (1, 3)
    assert [row.faults[0][:8] for row in checked.faulty] == ["Recorded", "Recorded", "Recorded", "“danced”", "An earli"]
    sheets.confirm(again, cast.sue)
    assert ImagingEvent.objects.count() == 4


def test_rows_of_several_facilities_come_in_one_sheet_and_those_of_others_do_not(cast: Cast) -> None:
    rows = f"RC-1,sent,2026-11-02,{cast.here.name}\nRC-1,sent,2026-11-02,{cast.there.name}\nRC-2,sent,2026-11-02,\n"
    sheet = brought(cast.sam, cast, f"Claim,Event,When,Location\n{rows}")
    [unknown] = sheets.check(sheet, cast.sam).faulty
    assert (unknown.number, "No facility of yours" in unknown.faults[0]) == (3, True)
    sheets.confirm(sheet, cast.mara)
    facilities = ImagingEvent.objects.order_by("pk").values_list("claim_key", "facility")
    assert list(facilities) == [("RC-1", cast.here.pk), ("RC-1", cast.there.pk), ("RC-2", cast.here.pk)]


def test_a_preview_says_how_each_row_is_understood_beside_what_was_sent(cast: Cast, item: WorkItem) -> None:
    rows = (
        "RC-1,Report Signed,11/2/2026 2:05 pm,Y,PACS link\n"
        "RC-1,275 sent,2026-11-03,timeout,<b>\n"
        "RC-1,danced,2026-13-01,maybe,\n"
    )
    text = f"Claim,Event,When,Result,Interface\n{rows}"
    sam = signed_in(cast.sam)
    sent: dict[str, Any] = {"sheet": SimpleUploadedFile("e.csv", text.encode()), "kind": EVENTS.key}
    address = sam.post(reverse("sheets"), sent).headers["Location"]
    sheet = Sheet.objects.get()
    guessed = sam.get(address)
    assert "Every row names its own" in guessed.content.decode()
    assert "checked" not in guessed.context, "Nothing is counted before somebody has looked over the columns."
    assert guessed.context["understood"].heads[:3] == ["Our claim number", "What happened", "When"]
    sheets.name_columns(sheet, sheet.columns, cast.here, cast.sam)
    page = sam.get(address)
    first, second, third = page.context["understood"].rows
    assert [cell[1:] for cell in first.cells] == [
        ("RC-1", "RC-1"),
        ("Report Signed", "Final report signed"),
        ("11/2/2026 2:05 pm", "Mon 2 Nov 2026, 14:05"),
        ("Y", "it worked"),
        ("PACS link", "PACS link"),
    ]
    assert [cell[1:] for cell in second.cells[1:4]] == [
        ("275 sent", "Transmitted"),
        ("2026-11-03", "Tue 3 Nov 2026, without a time: counts as 00:00"),
        ("timeout", "it failed"),
    ]
    assert [words for *_, words in third.cells[1:4]] == ["not understood"] * 3
    assert (first.faults, len(third.faults)) == ([], 3)
    shown = page.content.decode().split('id="understood-title"')[1].split("</section>")[0]
    assert "11/2/2026 2:05 pm" in shown
    assert "&lt;b&gt;" in shown
    assert shown.count("Left out") == 1
    assert "“danced” is no step" in shown
    sheets.confirm(sheet, cast.sam)
    assert page.context["understood"]
    assert "understood-title" not in sam.get(address).content.decode()


def test_a_preview_shows_the_first_rows_only_and_the_facility_that_is_meant(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "UNDERSTOOD", 2)
    rows = f"RC-1,sent,2026-11-02,\nRC-2,sent,2026-11-02,{cast.there.name}\nRC-3,sent,2026-11-02,\n"
    sheet = brought(cast.sam, cast, f"Claim,Event,When,Location\n{rows}")
    understood = sheets.understood(sheet, sheets.table_of(sheet), sheets.check(sheet, cast.sam))
    assert understood is not None
    assert [row.cells[3][1:] for row in understood.rows] == [
        ("", cast.here.name),
        (cast.there.name, "not understood"),
    ]
    assert understood.more == 1


def test_a_moment_to_come_is_left_out(cast: Cast) -> None:
    sheet = brought(cast.sam, cast, "Claim,Event,When\nRC-1,sent,2099-01-01\n")
    assert [row.faults for row in sheets.check(sheet, cast.sam).rows] == [
        ["The moment lies in the future: correct its date."]
    ]


def test_the_report_says_what_is_wrong_and_starts_no_formula(cast: Cast, item: WorkItem) -> None:
    sheet = brought(cast.sam, cast)
    report = sheets.report_of(sheet, sheets.left_out(sheet, cast.sam))
    assert (
        '5,"“danced” is no step that is known here. Write one of: image link confirmed, final report signed,' in report
    )
    assert "'=cmd()" in report


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Claim,Event\nRC-1,sent\n", "Choose a column for: When"), ("", "is empty"), (HEADS, "there is no row")],
)
def test_what_is_no_sheet_of_events_is_refused(cast: Cast, text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        brought(cast.sam, cast, text)
    assert not Sheet.objects.filter(state=Sheet.State.MAPPED).exists()


def test_the_rate_of_failure_counts_what_this_person_may_see(cast: Cast, item: WorkItem) -> None:
    sheets.confirm(brought(cast.sam, cast), cast.sam)
    (whole, parts), (second, _) = status.failure_rates(cast.sam, 90)
    assert (whole.interface, whole.number, whole.failed) == ("Clearinghouse", 2, 2)
    assert [part.mark for part in parts] == ["attachment_id", "transmitted"]
    assert (second.interface, second.failed) == ("PACS link", 0)
    assert status.failure_rates(cast.otto, 90) == []
    assert [failure.item_pk for failure in status.latest_failures(cast.sam, 90)] == [None, item.pk]


def test_more_failures_than_are_shown_are_counted_all_the_same(
    cast: Cast, item: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "MOST", 1)
    latest = timezone.localtime(an_hour_ago())
    moments = [(latest - timedelta(hours=each)).strftime("%Y-%m-%d %H:%M") for each in (0, 1)]
    rows = "".join(f"RC-1,sent,{moment},failed,Wire\n" for moment in moments)
    sheets.confirm(brought(cast.sam, cast, f"Claim,Event,When,Result,Interface\n{rows}"), cast.sam)
    page = signed_in(cast.sam).get(reverse("imaging"), {"interface": "Wire"})
    assert len(page.context["failures"]) == 1
    assert "Wire: 2 failures, the newest 1" in page.content.decode()


def test_each_number_of_failures_opens_those_failures(cast: Cast, item: WorkItem) -> None:
    sheets.confirm(brought(cast.sam, cast), cast.sam)
    sam = signed_in(cast.sam)
    found = re.findall(
        r'<a href="(\?days[^"]*step[^"]*)#failures">(\d+)<', sam.get(reverse("imaging")).content.decode()
    )
    wholes = re.findall(
        r'<a href="(\?days[^"]*=Clearinghouse)#failures">(\d+)<', sam.get(reverse("imaging")).content.decode()
    )
    assert [int(number) for _, number in (*found, *wholes)] == [1, 1, 2]
    for address, number in (*found, *wholes):
        page = sam.get(reverse("imaging") + address.replace("&amp;", "&"))
        assert len(page.context["failures"]) == int(number)
    assert sam.get(reverse("imaging"), {"interface": "PACS link"}).context["failures"] == []


def test_the_pages_bring_a_sheet_in_and_show_the_rates(cast: Cast, item: WorkItem) -> None:
    sam = signed_in(cast.sam)
    assert f'href="{reverse("sheets")}?kind=imaging_events"' in sam.get(reverse("imaging")).content.decode()
    sent: dict[str, Any] = {"sheet": SimpleUploadedFile("e.csv", (HEADS + ROWS).encode()), "kind": EVENTS.key}
    answer: Any = sam.post(reverse("sheets"), sent)
    form = sam.get(answer.url).context["form"]
    said = {name: form.initial.get(name) or "" for name in form.fields}
    checked = sam.post(answer.url, said, follow=True).content.decode()
    assert "Record 3 events" in checked
    assert "the others wait for their remittance" in checked
    assert sam.post(reverse("sheet_confirm", args=[Sheet.objects.get().pk])).status_code == 302
    shown = sam.get(reverse("imaging"), {"days": "365"}).content.decode()
    assert "Clearinghouse" in shown
    assert "100%" in shown
    assert "No route to the payer" in shown


def test_a_step_is_noted_within_the_item(cast: Cast, item: WorkItem) -> None:
    sam, address = signed_in(cast.sam), reverse("item_imaging", args=[item.pk])
    at = timezone.localtime(an_hour_ago()).strftime("%Y-%m-%dT%H:%M")
    told = sam.post(address, {"mark": "transmitted", "at": at}, follow=True)
    assert "Noted: Transmitted, done." in told.content.decode()
    refused = sam.post(address, {"mark": "attachment_id", "at": at, "attachment_id": "A*B"})
    assert refused.status_code == 422
    assert "cannot carry" in refused.content.decode()
    assert sam.post(address, {}).status_code == 422


def test_what_is_missing_about_a_step_is_said_at_its_field(cast: Cast, item: WorkItem) -> None:
    sam, address = signed_in(cast.sam), reverse("item_imaging", args=[item.pk])
    at = timezone.localtime(an_hour_ago()).strftime(STAMP)
    later = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime(STAMP)

    def wrong(**sent: str) -> set[str]:
        answer = sam.post(address, {"mark": "transmitted", "at": at, **sent})
        assert answer.status_code == 422
        return set(answer.context["mark_form"].errors)

    assert wrong(has_failed="1") == {"said"}
    assert wrong(mark="attachment_id") == {"attachment_id"}
    assert wrong(at=later) == {"at"}
    assert not ImagingEvent.objects.filter(interface="by hand").exists()
    failed = {"mark": "attachment_id", "at": at, "has_failed": "1", "said": "PACS was down"}
    assert sam.post(address, failed).status_code == 302, "what failed has no ID yet"
    assert sam.post(address, failed).status_code == 302, "the same again is the same event"
    assert ImagingEvent.objects.filter(interface="by hand").count() == 1
    refused = sam.post(address, failed | {"said": "The link was broken"})
    assert "noted for that minute already" in refused.content.decode()


def test_the_form_begins_at_the_first_step_that_is_not_done(cast: Cast, item: WorkItem) -> None:
    sam, address = signed_in(cast.sam), reverse("item_imaging", args=[item.pk])
    at = timezone.localtime(an_hour_ago()).strftime(STAMP)

    def chosen() -> str:
        _, _, way = panel_of(item, cast.sam, "evidence").partition('id="way-title"')
        found = re.search(r'value="(\w+)" selected', way)
        return found[1] if found else ""

    assert chosen() == "image_linked"
    sam.post(address, {"mark": "image_linked", "at": at})
    assert chosen() == "report_signed"
    sam.post(address, {"mark": "report_signed", "at": at, "has_failed": "1", "said": "Not signed"})
    assert chosen() == "report_signed", "what failed is to be repeated"


def test_a_moment_of_another_time_zone_is_taken_for_what_it_is(cast: Cast, item: WorkItem) -> None:
    now = timezone.now().astimezone(UTC).replace(microsecond=0)
    rows = f"RC-1,sent,{now:%Y-%m-%dT%H:%M:%SZ},ok,Clearinghouse,,,\nRC-1,ACN,2026-11-02 10:30,ok,Clearinghouse,A7,,\n"
    checked: Any = sheets.check(brought(cast.sam, cast, HEADS + rows), cast.sam)
    local = datetime(2026, 11, 2, 10, 30, tzinfo=timezone.get_current_timezone())
    assert ([event.at for event in checked.events], checked.faulty) == ([now, local], [])


def test_the_study_of_a_claim_that_both_names_of_a_payer_knew_stays_with_it(cast: Cast, item: WorkItem) -> None:
    other = needing(cast.here, claim__number="RC-1", claim__service_from=item.claim.service_from)
    marking.mark(item.pk, cast.sam, Told("report_signed", an_hour_ago()))
    for stays in (other.payer, PayerFactory.create()):
        payer_merging.merge(WorkItem.objects.get(pk=item.pk).payer, stays, cast.ada)
    row = WorkItem.objects.select_related("claim").get(pk=item.pk)
    marking.mark(row.pk, cast.sam, Told("transmitted", an_hour_ago()))
    assert row.claim.matching_key != "RC-1"
    assert {event.mark for event in status.events_of(row)} == {"report_signed", "transmitted"}
    assert set(ImagingEvent.objects.values_list("claim_key", flat=True)) == {"RC-1"}


def test_a_failure_leads_to_the_item_of_a_claim_that_a_merge_set_apart(cast: Cast, item: WorkItem) -> None:
    marking.mark(item.pk, cast.sam, Told("report_signed", an_hour_ago(), is_ok=False, said="Not signed"))
    other = ClaimFactory.create(facility=cast.here, number="RC-1", service_from=item.claim.service_from)
    payer_merging.merge(item.payer, other.payer, cast.ada)
    assert WorkItem.objects.get().claim.matching_key != "RC-1"

    [failure] = status.latest_failures(cast.sam, 30)

    assert failure.item_pk == item.pk
