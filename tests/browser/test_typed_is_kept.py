"""What somebody typed or pasted stays in its form: however long it is, without a connection, and when signed out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import BegunForm, Facility
from appeals import drafting
from denials.domain.days import next_business_day, previous_business_day
from tests.appeals.letters import as_written, ready
from tests.appeals.letters import item_at as item_to_appeal
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists.domain.ticklers import moved_words, moved_words_of_many
from worklists.models import Activity, BehavioralAnswer, Clarification, WorkItem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(staff: Cast) -> WorkItem:
    far = timezone.localdate() + timedelta(days=60)
    return item_at(staff.here, last="Kept", deadline=far, last_safe_on=far)


def test_what_is_pasted_is_never_cut(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    note = page.get_by_role("textbox", name="Note", exact=True)
    note.focus()
    page.keyboard.insert_text("x" * 10_000)
    assert len(note.input_value()) == 10_000
    expect(page.get_by_text("10,000 characters, 5,000 more than there is room for.")).to_be_visible()
    sam.look_over()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("10,000 characters, 5,000 more than there is room for.")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(f"/items/{item.pk}/$"))
    expect(note).to_be_focused()
    assert len(note.input_value()) == 10_000
    assert not Activity.objects.filter(kind="note").exists()

    note.fill("y" * 4999)
    expect(page.get_by_text("4,999 of 5,000 characters")).to_be_visible()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text(f"Note added to item {item.pk}")).to_be_visible()
    assert len(Activity.objects.get(kind="note").text) == 4999
    assert sam.trouble == []


def test_a_day_that_is_no_business_day_is_said_at_its_field(sign_in: SignIn, item: WorkItem) -> None:
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    WorkItem.objects.filter(pk=item.pk).update(last_safe_on=saturday + timedelta(days=30))
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Postpone")
    day = dialog.get_by_label("Or back on another day")
    day.fill(saturday.isoformat())
    expect(dialog.get_by_text(moved_words(saturday, next_business_day(saturday)))).to_be_visible()
    sam.look_over()
    day.fill(next_business_day(saturday).isoformat())
    expect(dialog.get_by_text("is no business day")).to_have_count(0)
    day.fill("9999-12-31")
    assert day.evaluate("field => field.validity.rangeOverflow")
    day.fill("")

    page.keyboard.press("Escape")
    WorkItem.objects.filter(pk=item.pk).update(last_safe_on=saturday)
    page.reload()
    dialog = sam.open_dialog("Postpone")
    dialog.get_by_label("Or back on another day").fill(saturday.isoformat())
    expect(dialog.get_by_text(moved_words(saturday, previous_business_day(saturday)))).to_be_visible()

    sam.go("/items/")
    page.locator("[data-pick]").first.check()
    page.get_by_role("button", name="Postpone").first.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Or back on another day").fill(saturday.isoformat())
    expect(dialog.get_by_text(moved_words_of_many(saturday))).to_be_visible()
    sam.look_over()
    assert sam.trouble == []


def test_a_reason_that_is_too_long_is_told_in_its_dialog(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Postpone")
    why = dialog.get_by_label("Why", exact=True)
    why.focus()
    page.keyboard.insert_text("z" * 301)
    expect(dialog.get_by_text("301 characters, 1 more than there is room for.")).to_be_visible()
    sam.look_over()
    assert sam.trouble == []


def test_a_form_sent_without_a_connection_stays_as_it_was_filled_in(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Postpone")
    dialog.get_by_label("Why", exact=True).fill("Record asked for")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Postpone", exact=True).click()
    expect(dialog.get_by_text("No connection. Nothing was sent, and what you filled in stays here")).to_be_visible()
    expect(dialog.get_by_label("Why", exact=True)).to_have_value("Record asked for")
    sam.trouble.clear()  # the browser says of itself that it had no connection
    page.context.set_offline(False)
    sam.look_over()
    dialog.get_by_role("button", name="Postpone", exact=True).click()
    expect(page.get_by_text(f"Item {item.pk} is postponed.")).to_be_visible()
    assert sam.trouble == []


def test_a_form_sent_after_the_session_ended_is_sent_again_once_signed_in(
    sign_in: SignIn, item: WorkItem, staff: Cast
) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Ask a colleague")
    dialog.get_by_label("Question").fill("Which plan was active?")
    dialog.get_by_label("Which team").select_option(index=1)
    Session.objects.all().delete()
    dialog.get_by_role("button", name="Ask", exact=False).last.click()
    expect(dialog.get_by_text("You are signed out. Nothing was sent")).to_be_visible()
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in in another window").click()
    Visitor(opened.value).sign_in_here("sam")
    opened.value.close()
    expect(dialog.get_by_label("Question")).to_have_value("Which plan was active?")
    sam.trouble.clear()  # the browser says of itself that the old page was refused
    dialog.get_by_role("button", name="Ask", exact=False).last.click()
    expect(page.get_by_text(f"Asked. Item {item.pk} waits for the answer")).to_be_visible()
    assert Clarification.objects.get().text == "Which plan was active?"


def test_a_part_that_is_opened_signed_out_says_so_in_place_of_the_page_to_sign_in(
    sign_in: SignIn, item: WorkItem
) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    page.get_by_role("textbox", name="Note", exact=True).fill("Called")
    Session.objects.all().delete()
    page.locator("#tab-evidence").click()
    expect(page.get_by_text("You are signed out. What you wrote stays here: sign in in another window")).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/items/{item.pk}/$"))


def test_what_was_begun_stays_when_another_form_of_its_panel_is_sent(sign_in: SignIn, item: WorkItem) -> None:
    Facility.objects.filter(pk=item.facility_id).update(service_line="behavioral_health")
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/#tab-evidence")
    goals, severity = (page.locator(f"form:has([name=question][value={name}])") for name in ("goals", "severity"))
    for form, pages in ((goals, "p. 4"), (severity, "p. 9")):
        form.locator("xpath=..").locator("summary").click()
        form.get_by_label("Yes").check()
        form.get_by_label("Pages of the record").fill(pages)
    page.get_by_label("Also needed").fill("Consent")
    goals.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text("Answer kept.")).to_be_visible()
    expect(severity.get_by_label("Pages of the record")).to_be_visible()
    expect(severity.get_by_label("Pages of the record")).to_have_value("p. 9")
    expect(severity.get_by_label("Yes")).to_be_checked()

    page.locator("#tab-notes").click()
    expect(severity).to_have_count(0)
    page.locator("#tab-evidence").click()
    expect(page.get_by_label("Also needed")).to_have_value("Consent")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("It is on the list now.")).to_be_visible()
    expect(page.get_by_label("Also needed")).to_have_value("")
    severity.get_by_role("button", name="Keep the answer").click()
    expect(severity.get_by_label("Pages of the record")).to_be_hidden()
    assert set(BehavioralAnswer.objects.values_list("question", "where")) == {("goals", "p. 4"), ("severity", "p. 9")}
    assert sam.trouble == []


def test_what_was_refused_in_a_panel_stays_when_another_form_is_sent(sign_in: SignIn, item: WorkItem) -> None:
    Facility.objects.filter(pk=item.facility_id).update(service_line="behavioral_health")
    page = sign_in("sam").page
    page.goto(f"/items/{item.pk}/#tab-evidence")
    time = page.locator("form:has([name=question][value=time])")
    time.locator("xpath=..").locator("summary").click()
    time.get_by_label("Yes").check()
    time.get_by_label("Start").fill("23:40")
    time.get_by_role("button", name="Keep the answer").click()
    expect(time.get_by_text("Give both the start and the stop")).to_be_visible()
    page.get_by_label("Also needed").fill("Consent")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("It is on the list now.")).to_be_visible()
    expect(time.get_by_label("Start")).to_have_value("23:40")
    expect(time.get_by_label("Yes")).to_be_checked()


@pytest.mark.parametrize(
    ("opens", "field"), [("Ask a colleague", "Question"), ("Escalate", "Why"), ("Hand over", "Why")]
)
def test_what_was_typed_in_a_dialog_is_there_when_it_opens_again(
    sign_in: SignIn, item: WorkItem, opens: str, field: str
) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog(opens)
    dialog.get_by_label(field, exact=True).fill("Was the plan active?")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    dialog = sam.open_dialog(opens)
    expect(dialog.get_by_label(field, exact=True)).to_have_value("Was the plan active?")
    assert sam.trouble == []


def await_begun(page: Page, forms: int) -> None:
    for _ in range(60):
        if BegunForm.objects.exclude(body="").count() == forms:
            return
        page.wait_for_timeout(500)
    pytest.fail(f"not {forms} forms are kept")


def begin(sam: Visitor, opens: str, field: str, words: str) -> None:
    sam.open_dialog(opens).get_by_label(field, exact=True).fill(words)
    sam.page.keyboard.press("Escape")
    expect(sam.page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize(("opens", "field"), [("Postpone", "Why"), ("Ask a colleague", "Question")])
def test_what_was_begun_in_a_dialog_stays_when_a_step_is_ticked(
    sign_in: SignIn, item: WorkItem, opens: str, field: str
) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    begin(sam, opens, field, "Was the plan active?")
    page.keyboard.press("x")
    expect(page.locator("#playbook").get_by_text("1 of")).to_be_visible()
    dialog = sam.open_dialog(opens)
    expect(dialog.get_by_label(field, exact=True)).to_have_value("Was the plan active?")
    expect(dialog.get_by_text("You began this here and did not send it.")).to_be_visible()
    sam.look_over()
    dialog.get_by_role("button", name="Discard it").click()
    expect(dialog.get_by_label(field, exact=True)).to_have_value("")
    page.keyboard.press("Escape")
    page.reload()
    dialog = sam.open_dialog(opens)
    expect(dialog.get_by_label(field, exact=True)).to_have_value("")
    expect(dialog.get_by_text("You began this here")).to_have_count(0)
    stored = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "plan active" not in stored
    assert sam.trouble == []


def test_what_was_sent_does_not_come_back(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    begin(sam, "Hand over", "Why", "Handed to billing")
    dialog = sam.open_dialog("Postpone")
    dialog.get_by_label("Why", exact=True).fill("Record asked for")
    dialog.get_by_role("button", name="Postpone", exact=True).click()
    expect(page.get_by_text(f"Item {item.pk} is postponed.")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Postpone")
    expect(dialog.get_by_label("Why", exact=True)).to_have_value("")
    page.keyboard.press("Escape")
    dialog = sam.open_dialog("Hand over")
    expect(dialog.get_by_label("Why", exact=True)).to_have_value("Handed to billing")
    assert sam.trouble == []


def test_what_was_begun_about_many_stays_when_one_of_them_is_looked_at(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go("/items/")
    why = page.locator("#bulk-postpone").get_by_label("Why", exact=True)

    def open_it() -> None:
        page.locator("[data-pick]").first.check()
        page.locator("[data-opens=bulk-postpone]").first.click()
        expect(why).to_be_visible()

    open_it()
    why.fill("All wait for the same record")
    page.keyboard.press("Escape")
    page.locator("a[data-open]").first.click()
    expect(page.locator("#playbook")).to_be_visible()
    page.go_back()
    open_it()
    expect(why).to_have_value("All wait for the same record")
    dialog = page.locator("dialog[open]")
    dialog.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    sam.go("/items/")
    open_it()
    expect(why).to_have_value("All wait for the same record")
    sam.look_over()
    dialog.get_by_role("button", name="Postpone", exact=True).click()
    expect(page.get_by_text("1 item.")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    sam.go("/items/")
    open_it()
    expect(why).to_have_value("")
    assert sam.trouble == []


def test_what_was_begun_stays_over_the_end_of_the_session_and_is_nobody_elses(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    begin(sam, "Hand over", "Why", "The payer hung up")
    page.wait_for_load_state("networkidle")
    Session.objects.all().delete()
    sam.go("/")
    sam.sign_in_here("mara")
    sam.go(f"/items/{item.pk}/")
    expect(sam.open_dialog("Hand over").get_by_label("Why", exact=True)).to_have_value("")
    Session.objects.all().delete()
    sam.go("/")
    sam.sign_in_here("sam")
    sam.go(f"/items/{item.pk}/")
    expect(sam.open_dialog("Hand over").get_by_label("Why", exact=True)).to_have_value("The payer hung up")
    assert sam.trouble == []


def test_a_letter_that_was_left_comes_back_as_it_was_typed_and_tells_of_a_managers_change(
    sign_in: SignIn, staff: Cast
) -> None:
    letter = ready(item_to_appeal(staff.here), staff.sam)
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/appeals/{letter.pk}/")
    page.get_by_label("Subject").fill("Our second thought")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    sam.go("/items/")
    drafting.edit(letter, staff.mara, as_written(letter, subject="A manager's subject"))
    sam.go(f"/appeals/{letter.pk}/")
    expect(page.get_by_label("Subject")).to_have_value("Our second thought")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The letter as it is saved now")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("Our second thought")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Letter saved.")).to_be_visible()
    letter.refresh_from_db()
    assert letter.subject == "Our second thought"
    sam.go("/items/")
    sam.go(f"/appeals/{letter.pk}/")
    expect(page.get_by_text("You began this here")).to_have_count(0)


def test_what_was_typed_into_a_page_comes_back_unless_it_was_left_as_it_was(sign_in: SignIn, item: WorkItem) -> None:
    ada = sign_in("ada")
    page = ada.page
    ada.go("/settings/teams/new/")
    name = page.get_by_label("Name")
    name.fill("Night desk")
    page.wait_for_timeout(1000)
    ada.go("/items/")
    ada.go("/settings/teams/new/")
    expect(name).to_have_value("Night desk")
    ada.look_over()
    page.get_by_role("link", name="Leave it as it was").click()
    page.wait_for_url(re.compile("/settings/teams/$"))
    ada.go("/settings/teams/new/")
    page.wait_for_timeout(1500)
    expect(name).to_have_value("")


def test_words_typed_signed_out_are_kept_once_signed_in_elsewhere(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    Session.objects.all().delete()
    begin(sam, "Postpone", "Why", "Handed to billing")
    other = Visitor(page.context.new_page())
    other.sign_in("sam")
    other.page.close()
    await_begun(page, 1)
    page.reload()
    dialog = sam.open_dialog("Postpone")
    expect(dialog.get_by_label("Why", exact=True)).to_have_value("Handed to billing")


def test_a_letter_is_not_sent_without_what_was_typed_into_it(sign_in: SignIn, staff: Cast) -> None:
    letter = ready(item_to_appeal(staff.here), staff.sam)
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/appeals/{letter.pk}/")
    subject = page.get_by_label("Subject")
    dialog = sam.open_dialog("Mark as sent")
    unsaved = dialog.get_by_text("The letter has changes that are not saved")
    expect(unsaved).to_be_hidden()
    page.keyboard.press("Escape")
    subject.fill("Our second thought")
    subject.press("Escape")
    sam.open_dialog("Mark as sent")
    expect(unsaved).to_be_visible()
    sam.look_over()
    dialog.get_by_label("Sent by", exact=True).select_option("fax")
    dialog.locator("[name=proof]").fill("FAX-0042")
    dialog.get_by_role("button", name="Mark as sent").click()
    expect(unsaved).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Letter saved.")).to_be_visible()
    sam.open_dialog("Mark as sent")
    dialog.get_by_label("Sent by", exact=True).select_option("fax")
    dialog.locator("[name=proof]").fill("FAX-0042")
    dialog.get_by_role("button", name="Mark as sent").click()
    expect(page.get_by_text("FAX-0042").first).to_be_visible()
    letter.refresh_from_db()
    assert (letter.status, letter.subject) == ("sent", "Our second thought")
    assert sam.trouble == []


def test_a_duplicated_tab_is_a_window_of_its_own(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    begin(sam, "Hand over", "Why", "First window")
    await_begun(page, 1)
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    copy = Visitor(opened.value)
    copy.page.wait_for_load_state()
    dialog = copy.open_dialog("Hand over")
    expect(dialog.get_by_label("Why", exact=True)).to_have_value("")
    copy.page.keyboard.press("Escape")
    begin(copy, "Hand over", "Why", "Second window")
    await_begun(page, 2)
    for visitor, words in ((copy, "Second window"), (sam, "First window"), (copy, "Second window")):
        visitor.page.reload()
        expect(visitor.open_dialog("Hand over").get_by_label("Why", exact=True)).to_have_value(words)
        assert visitor.trouble == []


def test_what_comes_back_after_a_crash_is_the_same_window(sign_in: SignIn, item: WorkItem) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go(f"/items/{item.pk}/")
    begin(sam, "Hand over", "Why", "Handed to billing")
    await_begun(page, 1)
    page.evaluate("Storage.prototype.removeItem = () => {}")
    page.reload()
    expect(sam.open_dialog("Hand over").get_by_label("Why", exact=True)).to_have_value("Handed to billing")
    assert sam.trouble == []
