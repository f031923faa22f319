"""What somebody typed or pasted stays in its form: however long it is, without a connection, and when signed out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from denials.domain.days import next_business_day, previous_business_day
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists.domain.ticklers import moved_words, moved_words_of_many
from worklists.models import Activity, Clarification, WorkItem

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
