"""A question to another team, from the item to its answer, and an escalation that a manager acknowledges."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Facility, Role, Team, User
from tests.browser.conftest import SignIn
from tests.browser.visitor import PASSWORD, Visitor
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists import work
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(staff: Cast) -> WorkItem:
    far = timezone.localdate() + timedelta(days=60)
    made = item_at(staff.here, last="Askwell", deadline=far, last_safe_on=far)
    work.take([made.pk], staff.sam)
    pat = User.objects.create(username="pat", first_name="Pat", last_name="Fictional", role=Role.CONTRIBUTOR)
    pat.set_password(PASSWORD)
    pat.save()
    pat.teams.add(Team.objects.get(key="patient_access"))
    pat.facilities.add(Facility.objects.get(pk=staff.here.pk))
    return made


def test_a_question_is_answered_and_the_item_is_back(sign_in: SignIn, staff: Cast, item: WorkItem) -> None:
    sam = sign_in("sam")
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Ask a colleague")
    dialog.get_by_label("Which team").select_option(label="Patient access")
    dialog.get_by_label("Question").fill("Was the plan active that day?")
    sam.look_over(on_a_phone=False)
    dialog.get_by_role("button", name=re.compile("^Ask a colleague$")).click()
    expect(sam.page.get_by_text("Wait for the colleague's answer")).to_be_visible()
    sam.look_over()
    sam.go("/waiting/colleagues/")
    expect(sam.page.get_by_text("Asked Patient access: answer due")).to_be_visible()

    pat = sign_in("pat")
    expect(pat.page.get_by_role("heading", name="Questions for us")).to_be_visible()
    expect(pat.page.get_by_role("link", name="Board")).to_have_count(0)
    pat.look_over()
    pat.page.get_by_role("link", name="Askwell, Ada").click()
    expect(pat.page.get_by_text("Was the plan active that day?")).to_be_visible()
    assert "$" not in pat.page.locator("main").inner_text()
    pat.look_over()
    pat.page.get_by_label("Your answer").fill("Yes, since January.")
    pat.press("Send the answer")
    expect(pat.page.get_by_text("Nobody waits for you")).to_be_visible()

    sam.go("/my-day/")
    expect(sam.page.get_by_role("heading", name="Your questions were answered")).to_be_visible()
    sam.go(f"/items/{item.pk}/")
    expect(sam.page.get_by_role("region", name="Answered by a colleague")).to_contain_text("Yes, since January.")
    sam.look_over()
    assert sam.trouble == []
    assert pat.trouble == []


def test_an_escalation_is_acknowledged_and_ended(sign_in: SignIn, staff: Cast, item: WorkItem) -> None:
    sam = sign_in("sam")
    sam.go(f"/items/{item.pk}/")
    dialog = sam.open_dialog("Escalate")
    dialog.get_by_label("Why").fill("The payer does not call back.")
    dialog.get_by_role("button", name="Escalate").click()
    expect(sam.page.get_by_role("region", name="Escalated")).to_contain_text("The payer does not call back.")
    assert stands_above(sam, "Next action", "Escalated"), "Sam reads what to do before what others have to look at."

    mara = sign_in("mara")
    mara.go("/escalated/")
    expect(mara.page.get_by_role("link", name="Askwell, Ada")).to_be_visible()
    mara.look_over()
    mara.page.get_by_role("link", name="Askwell, Ada").click()
    expect(mara.page.get_by_text("Sam Fictional is here too")).to_be_visible()
    sam.go("/my-day/")
    mara.page.reload()
    expect(mara.page.get_by_text("is here too")).to_have_count(0)
    assert stands_above(mara, "Escalated", "Next action")
    mara.press("Acknowledge")
    expect(mara.page.get_by_text("Mara Fictional acknowledged it")).to_be_visible()
    mara.look_over()
    mara.page.get_by_role("link", name="End the escalation").click()
    mara.page.get_by_label("Why").fill("They called.")
    mara.press("End the escalation")
    expect(mara.page.get_by_role("region", name="Escalated")).to_have_count(0)
    for address in ("/watch/", "/ledger/", "/settings/escalation/"):
        mara.go(address)
        mara.look_over()
    assert mara.trouble == []
    assert sam.trouble == []


def stands_above(visitor: Visitor, one: str, other: str) -> bool:
    headings = visitor.page.locator("main h2").all_inner_texts()
    return headings.index(one) < headings.index(other)
