"""Notes: kinds, contacts, phrases with blanks, the promised day, pins. Written for good."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import escape, unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials import payer_contacts
from denials.domain.days import add_business_days, next_business_day
from tests.cast import Cast
from tests.worklists.pages import item_at, panel_of, signed_in
from worklists import acts, work
from worklists.domain.ticklers import in_full
from worklists.models import Activity, BulkAct, Contact, PinnedNote, SmartPhrase, WorkItem
from worklists.notes import phrases, writing
from worklists.notes.writing import Note

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PROMISED = date(2026, 12, 3)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    made = item_at(cast.here, last="Calledabout")
    payer_contacts.keep(made.payer, "phone", "800-555-0177")
    return made


def send(user: User, item: WorkItem, **form: Any) -> Any:
    return signed_in(user).post(reverse("item_note", args=[item.pk]), form)


def latest(item: WorkItem) -> Activity:
    return Activity.objects.filter(item=item, kind="note").latest("pk")


def soon() -> date:
    return add_business_days(timezone.localdate(), 2)


def far_deadline(item: WorkItem) -> None:
    far = timezone.localdate() + timedelta(days=90)
    WorkItem.objects.filter(pk=item.pk).update(deadline=far, last_safe_on=far)


def test_a_note_says_of_which_kind_it_is(cast: Cast, item: WorkItem) -> None:
    assert send(cast.sam, item, text="  Asked the front desk. ", channel="internal").status_code == 302
    assert (latest(item).text, latest(item).headline, latest(item).actor) == ("Asked the front desk.", "Note", cast.sam)
    assert Contact.objects.count() == 0


def test_a_contact_is_logged_and_stands_in_the_notes_and_the_timeline(cast: Cast, item: WorkItem) -> None:
    send(cast.sam, item, channel="call", text="In review.", spoke_to="Pat", reference="R-77", hold_minutes="12")
    contact = Contact.objects.get()
    assert (contact.item, contact.channel, contact.spoke_to, contact.reference) == (item, "call", "Pat", "R-77")
    assert (contact.hold_minutes, contact.by) == (12, cast.sam)
    for key in ("notes", "timeline"):
        said = panel_of(item, cast.remy, key)
        assert "Spoke to Pat, reference R-77, 12 minutes on hold." in said
        assert "In review." in said


def test_contacts_and_notes_stay_for_good(cast: Cast, item: WorkItem) -> None:
    send(cast.sam, item, channel="call", text="x", reference="R-77")
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.update(reference="R-78")
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.all().delete()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": " "}, "The note is empty"),
        ({"text": "x", "spoke_to": "Pat"}, "Say how you were in touch"),
        ({"text": "x", "channel": "pigeon"}, "pigeon is not one of the available choices"),
        ({"text": "x", "channel": "call", "promised_on": "2020-01-01"}, "Choose a day after today."),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_written(
    cast: Cast, item: WorkItem, form: dict[str, str], said: str
) -> None:
    answer = send(cast.sam, item, **form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Activity.objects.filter(item=item, kind="note").count() == 0


def test_a_note_that_is_too_long_is_refused_whole_and_shown_whole(cast: Cast, item: WorkItem) -> None:
    text = "word " * 1999 + "last."
    response = send(cast.sam, item, text=text, channel="internal")
    assert response.status_code == 422
    said = response.content.decode()
    assert f"This has {len(text)} characters, and there is room for 5000." in said
    assert f">\n{text}</textarea>" in said
    assert not Activity.objects.filter(item=item, kind="note").exists()


def test_known_blanks_are_filled_and_the_others_are_asked_for(cast: Cast, item: WorkItem) -> None:
    phrases.load()
    text = SmartPhrase.objects.get(key="status", owner=None).text
    answer = send(cast.sam, item, text=text, channel="call", spoke_to="Pat")
    page = answer.content.decode()
    assert answer.status_code == 422
    for name in ("ref", "state", "date"):
        assert f"The phrase asks for {{{name}}}: fill it in." in page
    assert "asks for {rep}" not in page

    far_deadline(item)
    form = {"spoke_to": "Pat", "reference": "R-77", "blank-state": "in review", "promised_on": soon().isoformat()}
    assert send(cast.sam, item, text=text, channel="call", **form).status_code == 302
    day = f"{soon().day} {soon():%b %Y}"
    assert latest(item).text == (
        f"Called {item.payer} 800-555-0177, spoke to Pat, ref R-77. Claim in review. Expected {day}."
    )


def test_the_promised_day_brings_the_item_back_to_who_wrote_it_and_can_be_undone(cast: Cast, item: WorkItem) -> None:
    far_deadline(item)
    form = {"text": "Will call back.", "channel": "call", "promised_on": soon().isoformat()}
    told = signed_in(cast.sam).post(reverse("item_note", args=[item.pk]), form, follow=True).content.decode()
    assert f"Note added to item {item.pk}. It comes back on {in_full(soon())}." in told
    item.refresh_from_db()
    assert (item.status, item.postponed_until, item.assignee) == ("postponed", soon(), cast.sam)
    acts.undo(BulkAct.objects.get(kind="postpone"), cast.sam)
    item.refresh_from_db()
    assert (item.status, item.postponed_until, item.assignee) == ("new", None, None)
    assert latest(item).text == "Will call back."


def test_what_the_payer_promised_stays_as_said_and_the_item_comes_back_on_a_business_day(
    cast: Cast, item: WorkItem
) -> None:
    far_deadline(item)
    today = timezone.localdate()
    sunday = today + timedelta(days=(6 - today.weekday()) % 7 + 7)
    form = {"text": "Will call back.", "channel": "call", "promised_on": sunday.isoformat()}
    told = signed_in(cast.sam).post(reverse("item_note", args=[item.pk]), form, follow=True).content.decode()
    item.refresh_from_db()
    back = next_business_day(sunday)
    assert (Contact.objects.get().promised_on, item.postponed_until) == (sunday, back)
    assert f"{in_full(sunday)} is no business day: it comes back on {in_full(back)}." in told


def test_a_promise_of_another_century_is_refused_and_the_note_kept_in_its_form(cast: Cast, item: WorkItem) -> None:
    form = {"text": "Will call back.", "channel": "call", "promised_on": "9999-12-31", "late_because": "So they said"}
    answer = send(cast.sam, item, **form)
    assert answer.status_code == 422
    assert "is more than two years ahead: choose a day up to" in answer.content.decode()
    assert not Contact.objects.exists()


def test_what_waits_for_the_payer_is_asked_about_on_the_promised_day(cast: Cast, item: WorkItem) -> None:
    work.take([item.pk], cast.sam)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY)
    writing.write_down(item.pk, cast.sam, Note("In review.", "call", promised_on=PROMISED), today=TODAY)
    item.refresh_from_db()
    assert (item.status, item.follow_up_on) == ("waiting", PROMISED)
    late = ((item.deadline or TODAY) + timedelta(days=400)).isoformat()
    assert send(cast.sam, item, text="In review for long.", channel="call", promised_on=late).status_code == 302


def test_a_promise_after_the_last_safe_day_needs_a_reason_and_loses_nothing(cast: Cast, item: WorkItem) -> None:
    late = (item.deadline or TODAY) + timedelta(days=400)
    form = {"text": "They want a year.", "channel": "call", "promised_on": late.isoformat()}
    answer = send(cast.sam, item, **form)
    assert answer.status_code == 422
    assert "choose an earlier day, or say why it may pass" in answer.content.decode()
    assert (Activity.objects.filter(item=item, kind="note").count(), Contact.objects.count()) == (0, 0)
    assert send(cast.sam, item, **form, late_because="They extended it in writing").status_code == 302


def test_a_day_on_somebody_elses_item_is_refused_together_with_the_note(cast: Cast, item: WorkItem) -> None:
    work.take([item.pk], cast.sue)
    with pytest.raises(Refused, match="Sue Fictional has this item"):
        writing.write_down(item.pk, cast.sam, Note("x", "call", promised_on=PROMISED), today=TODAY)
    assert Activity.objects.filter(item=item, kind="note").count() == 0


def test_a_note_is_pinned_on_the_page_and_both_pin_and_unpin_are_history(cast: Cast, item: WorkItem) -> None:
    send(cast.sam, item, text="Only talk to the supervisor.")
    note = latest(item)
    client = signed_in(cast.sue)
    for pinned in ("yes", "yes", "no", "yes"):
        client.post(reverse("item_pin", args=[item.pk]), {"note": note.pk, "pinned": pinned})
    told = Activity.objects.filter(item=item).exclude(kind="note").order_by("pk")
    assert [each.kind for each in told] == ["pin", "unpin", "pin"]
    page = signed_in(cast.remy).get(reverse("item", args=[item.pk])).content.decode()
    assert "Only talk to the supervisor." in page.split('id="pinned-title"')[1]
    assert PinnedNote.objects.get().by == cast.sue


def test_only_a_note_of_this_item_is_pinned(cast: Cast, item: WorkItem) -> None:
    other = item_at(cast.here)
    work.note([other.pk], cast.sam, text="elsewhere")
    for note in (str(latest(other).pk), "x", str(Activity.objects.create(item=item, kind="opened").pk)):
        answer = signed_in(cast.sam).post(reverse("item_pin", args=[item.pk]), {"note": note, "pinned": "yes"})
        assert answer.status_code == 422


def test_without_javascript_a_phrase_is_put_in_by_a_button(cast: Cast, item: WorkItem) -> None:
    phrases.load()
    answer = send(cast.sam, item, phrase="status", use="1", text="First line.")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"First line.\nCalled {item.payer} 800-555-0177, spoke to {{rep}}" in page
    assert 'name="blank-state"' in page
    assert Activity.objects.filter(item=item, kind="note").count() == 0


def test_own_phrases_come_before_those_of_the_practice_and_are_nobody_elses(cast: Cast, item: WorkItem) -> None:
    phrases.load()
    client = signed_in(cast.sam)
    form = {
        "key": "Status",
        "name": "Mine",
        "text": "My {own} words about {claim}",
        "channel": "call",
        "is_active": "on",
    }
    assert client.post(reverse("my_phrase_new"), form).status_code == 302
    assert client.post(reverse("my_phrase_new"), form).status_code == 422
    mine = SmartPhrase.objects.get(owner=cast.sam)
    assert mine.key == "status"
    assert f"My {{own}} words about {item.claim.number}" in client.get(reverse("item", args=[item.pk])).content.decode()
    assert "My {own}" not in signed_in(cast.sue).get(reverse("item", args=[item.pk])).content.decode()
    assert signed_in(cast.sue).get(reverse("my_phrase", args=[mine.pk])).status_code == 404
    assert client.post(reverse("my_phrase", args=[mine.pk]), form | {"text": "Shorter"}).status_code == 302
    assert "Shorter" in client.get(reverse("my_phrases")).content.decode()


def test_phrases_are_offered_with_what_the_item_knows_and_nothing_of_it_becomes_markup(cast: Cast) -> None:
    item = item_at(cast.here, last="O'Fictional <Called>")
    text = "<b>{patient}</b> & {missing blank}, {claim}"
    SmartPhrase.objects.create(owner=cast.sam, key="both", name="{claim} & <i>more</i>", text=text, channel="call")
    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    patient, claim = f"{item.claim.patient_first} O'Fictional <Called>", item.claim.number
    [said, called] = re.findall(r'<option value="both" data-text="(.*?)" data-channel="call">(.*?)</option>', page)[0]
    assert said == escape(f"<b>{patient}</b> & {{missing blank}}, {claim}")
    assert unescape(called) == ".both · {claim} & <i>more</i>"
    assert "<i>" not in called


def test_managers_keep_the_phrases_of_the_practice_with_their_history(cast: Cast) -> None:
    phrases.load()
    phrases.load()
    assert SmartPhrase.objects.filter(key="status").count() == 1
    address = reverse("smart_phrases_new")
    form = {"key": "status", "name": "Twice", "text": "x", "channel": "call"}
    assert signed_in(cast.sam).get(address).status_code == 403
    assert "There is a phrase of this key already" in signed_in(cast.mara).post(address, form).content.decode()
    assert signed_in(cast.mara).post(address, form | {"key": "again"}).status_code == 302


def test_an_item_without_notes_leads_to_the_box_where_none_stands_on_the_page(cast: Cast, item: WorkItem) -> None:
    box, address = reverse("item_note", args=[item.pk]), reverse("item_panel", args=[item.pk, "notes"])
    assert f'href="{box}">Write a note' in signed_in(cast.sam).get(address).content.decode()
    assert "Write a note" not in signed_in(cast.remy).get(address).content.decode()
    on_item = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{reverse('item', args=[item.pk])}"}
    said = signed_in(cast.sam).get(address, headers=on_item).content.decode()
    assert "No notes yet" in said
    assert "Write a note" not in said
