"""What no 835 tells, through a real browser, server, worker and broker: a typed denial, a sheet, a rejection."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.acknowledgment_text import Answered, claims_answered
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.faults.real_processes import running
from tests.faults.test_worker import WORKER
from tests.security.site import PNG
from worklists.models import WorkItem

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()
DECIDED, SERVED = TODAY - timedelta(days=9), TODAY - timedelta(days=45)


def send(visitor: Visitor, label: str, name: str, content: bytes) -> None:
    sent = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.get_by_label(label).set_input_files(sent)  # type: ignore[arg-type]


def test_what_no_remittance_tells_is_brought_in_and_worked(sign_in: SignIn) -> None:
    with running(*WORKER):
        specialist = sign_in("sam")
        types_a_denial(specialist)
        finds_its_work(specialist)
        brings_a_sheet_in(specialist)
        sees_to_a_rejection(specialist)
    assert WorkItem.objects.count() == 2
    assert specialist.trouble == []


def types_a_denial(specialist: Visitor) -> None:
    page = specialist.page
    specialist.go("/remittances/")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Enter a denial")).to_be_visible()
    specialist.look_over()
    send(specialist, "Scan of it", "eob.png", PNG)
    page.get_by_label("Date on the payment or notice").fill(DECIDED.isoformat())
    page.get_by_label("Payer not in the list").fill("Paper Only Plan")
    page.get_by_label("Our claim number").fill("RC-7001")
    page.get_by_label("First day of service").fill(SERVED.isoformat())
    page.get_by_label("Patient's last name").fill("Fictional")
    page.get_by_label("Charge of the claim").fill("100")
    page.get_by_label("Paid on the claim").fill("60")
    expect(page.get_by_text("Claim with its lines: $40.00 of the charge is neither paid nor adjusted.")).to_be_visible()
    reason = page.get_by_role("group", name="Adjustment 1 of the claim")
    reason.get_by_label("Group").select_option("CO")
    reason.get_by_label("Reason").fill("N54")
    reason.get_by_label("Amount").fill("40")
    expect(page.get_by_text("Claim with its lines: Balances.")).to_be_visible()
    specialist.press("Check the balance")
    expect(page.get_by_text("N54 is a remark code")).to_be_visible()
    specialist.trouble = [each for each in specialist.trouble if "422" not in each]
    specialist.look_over()
    reason.get_by_label("Reason").fill("197")
    send(specialist, "Scan of it", "eob.png", PNG)
    specialist.press("Record")
    expect(page.get_by_text("Finished")).to_be_visible(timeout=60_000)
    specialist.look_over()


def finds_its_work(specialist: Visitor) -> None:
    specialist.press("Find the work about RC-7001")
    specialist.page.get_by_role("link", name="Fictional").first.click()
    expect(specialist.page.get_by_text("Entered by Sam Fictional from: Paper EOB")).to_be_visible()
    specialist.look_over()
    specialist.page.get_by_role("link", name="Where it comes from").first.click()
    expect(specialist.page.get_by_text("No file of the payer stands behind it")).to_be_visible()
    specialist.look_over()


def brings_a_sheet_in(specialist: Visitor) -> None:
    page = specialist.page
    rows = (
        "Claim,Payer,Payment date,DOS,Billed,Why,Patient",
        f"RC-7002,Paper Only Plan,{DECIDED},{SERVED},80.00,CO-50,Specimen",
        f"RC-7003,Paper Only Plan,{DECIDED},02/11/26,80.00,CO-50,Specimen",
    )
    specialist.go("/remittances/sheets/")
    specialist.look_over()
    send(specialist, "File with the sheet", "list.csv", "\n".join(rows).encode())
    specialist.press("Bring it in")
    specialist.look_over()
    page.get_by_label("Reason code").select_option("Why")
    specialist.press("Check every row")
    expect(page.get_by_text("can mean more than one day")).to_be_visible()
    specialist.look_over()
    specialist.press("Record 1 claim")
    expect(page.get_by_text("Finished")).to_be_visible(timeout=60_000)


def sees_to_a_rejection(specialist: Visitor) -> None:
    page = specialist.page
    rejected = Answered("RC-7004", "A7:562:85", "U", payer_number="", last="SPECIMEN")
    specialist.go("/remittances/")
    send(specialist, "Remittance file", "feb.277", claims_answered(Answered("RC-7001"), rejected))
    specialist.press("Upload and preview")
    expect(page.get_by_text("never reached a decision")).to_be_visible()
    specialist.press("Record this file")
    expect(page.get_by_role("heading", name="Answers recorded")).to_be_visible(timeout=60_000)
    expect(page.locator("#file-progress")).to_have_count(0)  # the answers stand there before the job has ended
    specialist.look_over()
    specialist.go("/rejections/")
    specialist.look_over()
    page.get_by_role("link", name="Claim RC-7004").click()
    specialist.look_over()
    page.get_by_label("Where it stands").select_option("resent")
    page.get_by_label("What was done").fill("NPI corrected and sent again.")
    specialist.press("Save")
    expect(page.get_by_text("by Sam Fictional")).to_be_visible()
