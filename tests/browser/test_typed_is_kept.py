"""What somebody typed or pasted stays in its form: however long it is, without a connection, and when signed out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists.models import Activity, WorkItem

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
    expect(note).to_be_focused()
    assert len(note.input_value()) == 10_000
    assert not Activity.objects.filter(kind="note").exists()

    note.fill("y" * 4999)
    expect(page.get_by_text("4,999 of 5,000 characters")).to_be_visible()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text(f"Note added to item {item.pk}")).to_be_visible()
    assert len(Activity.objects.get(kind="note").text) == 4999

    dialog = sam.open_dialog("Postpone")
    why = dialog.get_by_label("Why", exact=True)
    why.focus()
    page.keyboard.insert_text("z" * 301)
    expect(dialog.get_by_text("301 characters, 1 more than there is room for.")).to_be_visible()
    sam.look_over()
    assert sam.trouble == []
