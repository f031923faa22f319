"""A denial typed from paper goes the way of a payer's file, says where it comes from, and is worked once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from config import pipeline
from denials import dictionary, payer_matching
from denials.codes import shipped_dictionary
from denials.models import Confirmation, Denial, Job, Payer, Remittance, RemittanceFile, RemittedClaim
from tests.cast import Cast
from tests.denials.test_acknowledging import known_payer
from tests.remittance_text import Claim, Payment, file_of
from tests.security.site import PNG, bring_in
from tests.worklists.pages import page_title, signed_in
from worklists import defaults
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    defaults.load_defaults()


@pytest.fixture
def payer(cast: Cast) -> Payer:
    found = known_payer()
    found.identifiers.create(kind="name", value=payer_matching.comparable("Fictional Health"))
    return found


def typed(cast: Cast, chosen: Payer | None, **changes: Any) -> dict[str, Any]:
    """What the page sends of the denial that `remittance_text.Claim` tells too: $40.00 of $100.00 as CO-50."""
    said = {
        "lines": "2", "source": "paper_eob", "payment_date": "2026-11-02", "trace": "TRACE1",
        "facility": cast.here.pk, "payer": chosen.pk if chosen else "", "new_payer": "",
        "claim_number": "RC-1", "payer_control_number": "", "status": "1", "service_from": "2026-10-05",
        "service_to": "", "patient_last": "FICTIONAL", "patient_first": "ANN", "member_id": "W1",
        "charge": "$100.00", "paid": "60", "remarks": "",
        "line1-procedure": "99213", "line1-modifiers": "25", "line1-day": "2026-10-05", "line1-charge": "100",
        "line1-paid": "60.00", "line1-remarks": "N115", "line1-group1": "CO", "line1-code1": "50",
        "line1-amount1": "40",
    }  # fmt: skip
    return said | changes


def send(user: User, said: dict[str, Any]) -> Any:
    return signed_in(user).post(reverse("enter_denial"), said)


def entered(user: User, said: dict[str, Any]) -> RemittanceFile:
    answer = send(user, said)
    assert answer.status_code == 302, answer.content.decode()
    file: RemittanceFile = RemittanceFile.objects.order_by("-pk")[0]
    assert answer["Location"] == reverse("remittance_file", args=[file.pk])
    pipeline.run(Job.objects.get(subject=file.pk, state="waiting").pk)
    file.refresh_from_db()
    return file


def refused(user: User, said: dict[str, Any]) -> str:
    answer = send(user, said)
    assert answer.status_code == 422
    assert not RemittanceFile.objects.exists()
    return str(answer.content.decode())


def test_a_typed_denial_becomes_work_like_one_from_a_file(cast: Cast, payer: Payer) -> None:
    file = entered(cast.sam, typed(cast, payer))

    remittance = file.remittances.get()
    assert (remittance.state, remittance.entered_from) == (Remittance.State.SETTLED, "paper_eob")
    assert (remittance.payer, remittance.facility, remittance.trace) == (payer, cast.here, "TRACE1")
    item = WorkItem.objects.get()
    assert (item.denied_amount, item.reason, item.claim.number) == (Decimal("40.00"), "CO-50 N115", "RC-1")
    assert item.claim.patient_last == "FICTIONAL"
    assert item.denial.remitted_claim.lines.get().modifiers == ["25"]


def test_it_says_by_whom_and_from_what_and_never_shows_segments_that_no_payer_sent(cast: Cast, payer: Payer) -> None:
    file = entered(cast.sam, typed(cast, payer, source="letter"))
    item = WorkItem.objects.get()
    sam = signed_in(cast.sam)

    source = sam.get(reverse("item_source", args=[item.pk, item.denial.remitted_claim_id]) + "?fact=paid")
    page = source.content.decode()
    assert "Entered by <b>Sam Fictional</b>" in page
    assert "from: Denial letter" in page
    assert "No file of the payer stands behind it" in page
    assert "CLP" not in page
    payment = sam.get(reverse("payment_source", args=[file.remittances.get().pk])).content.decode()
    assert "No file of the payer stands behind it" in payment
    over = sam.get(
        reverse("item_source", args=[item.pk, item.denial.remitted_claim_id]), headers={"HX-Request": "true"}
    )
    assert "<html" not in over.content.decode()
    assert signed_in(cast.mara).get(reverse("remittance_original", args=[file.pk])).status_code == 404
    assert "entered: Denial letter" in sam.get(reverse("intake")).content.decode()
    shown = sam.get(reverse("remittance_file", args=[file.pk]))
    assert "Find the work about RC-1" in shown.content.decode()
    assert "RC-1" not in page_title(shown)


def test_the_scan_is_kept_with_its_hash_and_served_only_to_who_may_see_it(cast: Cast, payer: Payer) -> None:
    file = entered(cast.sam, typed(cast, payer, scan=SimpleUploadedFile("../../eob of ann.png", PNG)))

    assert file.entry.original_size == len(PNG)
    assert file.entry.original_name == "eob of ann.png"
    url = reverse("entry_original", args=[file.pk])
    answer = signed_in(cast.sue).get(url)
    assert answer.content == PNG
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Content-Disposition"] == f'attachment; filename="entry-{file.pk}.png"'
    assert signed_in(cast.otto).get(url).status_code == 404


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"MZ\x90", b"<svg onload=alert(1)>"])
def test_a_scan_of_another_kind_is_refused_by_its_content(cast: Cast, payer: Payer, content: bytes) -> None:
    page = refused(cast.sam, typed(cast, payer, scan=SimpleUploadedFile("eob.pdf", content, "application/pdf")))
    assert "has to be a PDF, PNG, JPEG or TIFF file" in page
    assert "FICTIONAL" in page


def test_a_scan_that_is_too_large_is_refused(cast: Cast, payer: Payer, settings: Any) -> None:
    settings.PROOF_LIMIT_BYTES = 10
    assert "larger than" in refused(cast.sam, typed(cast, payer, scan=SimpleUploadedFile("eob.png", PNG)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"line1-code1": "N54"}, "N54 is a remark code"),
        ({"line1-code1": "MA130"}, "MA130 is a remark code"),
        ({"line1-code1": "HELLO"}, "no reason code"),
        ({"line1-remarks": "197"}, "197 is a reason code"),
        ({"line1-group1": ""}, "The group is missing"),
        ({"line1-amount1": ""}, "The amount is missing"),
        ({"line1-amount1": "30"}, "$10.00 of the charge is neither paid nor adjusted"),
        ({"charge": "120"}, "The lines charge $100.00 together"),
        ({"paid": "abc"}, "is no amount"),
        ({"paid": "-60"}, "below zero"),
        ({"payment_date": "02/11/26"}, "more than one day"),
        ({"payment_date": "2999-01-01"}, "far away"),
        ({"service_from": "2026-12-05"}, "lies after the payment"),
        ({"service_to": "2026-10-01"}, "before the first"),
        ({"payer": ""}, "Choose the payer"),
        ({"new_payer": "Other"}, "Choose the payer"),
        ({"claim_number": ""}, "required"),
        ({"line1-procedure": ""}, "The procedure code of this line is missing"),
        ({"line1-modifiers": "25 LT RT 59 76"}, "At most four modifiers"),
        ({"remarks": "N1 N2 N3 N4 N5 N6"}, "at most 5 remarks"),
        ({"source": "835"}, "valid choice"),
        ({"source": "sheet"}, "valid choice"),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_it_and_what_was_typed_stays(
    cast: Cast, payer: Payer, changes: dict[str, str], words: str
) -> None:
    page = refused(cast.sam, typed(cast, payer, **changes))
    assert words in page.replace("&#x27;", "'")
    assert 'value="FICTIONAL"' in page


def test_group_and_reason_may_be_typed_together(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer, **{"line1-group1": "", "line1-code1": "co-50"}))
    assert WorkItem.objects.get().reason == "CO-50 N115"


def test_an_unknown_reason_code_is_recorded_and_flagged_not_refused(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer, **{"line1-code1": "989", "line1-remarks": "N9999"}))
    assert "unknown_code" in Denial.objects.get().exceptions


def test_a_payer_that_is_not_in_the_list_is_added_for_an_admin_to_confirm(cast: Cast) -> None:
    entered(cast.sam, typed(cast, None, new_payer="Brand New Plan"))
    payer = Payer.objects.get()
    assert (payer.name, payer.is_confirmed) == ("Brand New Plan", False)
    assert WorkItem.objects.get().payer == payer


def test_a_claim_without_lines_is_recorded_too(cast: Cast, payer: Payer) -> None:
    said = {name: value for name, value in typed(cast, payer).items() if not name.startswith("line1")}
    entered(cast.sam, said | {"group1": "CO", "code1": "50", "amount1": "40"})
    assert WorkItem.objects.get().denied_amount == Decimal("40.00")


def test_several_claims_of_one_check_are_entered_one_by_one(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer))
    entered(cast.sam, typed(cast, payer, claim_number="RC-2", patient_last="SPECIMEN"))
    assert set(WorkItem.objects.values_list("claim__number", flat=True)) == {"RC-1", "RC-2"}
    assert not Remittance.objects.filter(state=Remittance.State.HELD).exists()


def test_a_facility_of_others_cannot_be_chosen(cast: Cast, payer: Payer) -> None:
    refused(cast.sam, typed(cast, payer, facility=cast.there.pk))
    assert "There Clinic" not in signed_in(cast.sam).get(reverse("enter_denial")).content.decode()


def test_another_line_and_the_balance_keep_what_was_typed_and_record_nothing(cast: Cast, payer: Payer) -> None:
    more = send(cast.sam, typed(cast, payer, more="line"))
    page = more.content.decode()
    assert more.status_code == 200
    assert 'name="line3-procedure"' in page
    assert 'value="FICTIONAL"' in page
    assert "This field is required" not in page
    right = send(cast.sam, typed(cast, payer, check="balance"))
    assert (right.status_code, "the claim balance" in right.content.decode()) == (200, True)
    wrong = send(cast.sam, typed(cast, payer, check="balance", paid="50"))
    assert (wrong.status_code, "do not balance yet" in wrong.content.decode()) == (422, True)
    assert not RemittanceFile.objects.exists()


def told(**values: Any) -> None:
    """The payer's own remittance of the same claim."""
    payment = {name: values.pop(name) for name in ("trace", "day") if name in values}
    bring_in(file_of(Payment((Claim("RC-1", **values),), **payment), interchange=len(payment) + 40), "later.835", None)


def test_the_payers_remittance_of_the_same_decision_makes_no_second_work_and_counts_no_money_twice(
    cast: Cast, payer: Payer
) -> None:
    entered(cast.sam, typed(cast, payer))
    told()

    item = WorkItem.objects.get()
    assert (item.round, item.status, item.recovered_amount) == (1, "new", None)
    assert Denial.objects.count() == 1
    confirmation = Confirmation.objects.get()
    assert confirmation.told.remittance.entered_from == ""
    assert confirmation.because == "Same amounts and reasons, same trace number."
    assert not Remittance.objects.filter(state=Remittance.State.HELD).exists()
    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "The payer's own remittance says the same" in page.replace("&#x27;", "'")


def test_work_that_was_closed_before_the_remittance_came_is_not_opened_again(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer))
    closed = {"status": "resolved", "resolution": "written_off", "settlement": "upheld", "resolved_at": timezone.now()}
    WorkItem.objects.update(**closed)
    told()
    assert WorkItem.objects.get().status == "resolved"


def test_a_payment_after_the_confirmation_recovers_only_what_is_new(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer))
    told()
    told(paid="100.00", trace="TRACE2", day="20261110")
    item = WorkItem.objects.get()
    assert (item.settlement, item.status) == ("overturned", "resolved")


def test_the_same_claim_denied_again_later_is_a_new_round(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer))
    told(trace="TRACE2", day="20261112")
    assert WorkItem.objects.get().round == 2
    assert not Confirmation.objects.exists()


def test_what_the_payer_told_already_is_not_entered_again(cast: Cast, payer: Payer) -> None:
    told()
    page = send(cast.sam, typed(cast, payer))
    assert page.status_code == 422
    assert "This denial is recorded already" in page.content.decode()
    assert "from the payer's remittance" in page.content.decode()
    entered(cast.sam, typed(cast, payer, trace="OTHER", payment_date="2026-11-15"))
    assert RemittedClaim.objects.count() == 2


def test_the_same_entry_twice_is_one(cast: Cast, payer: Payer) -> None:
    entered(cast.sam, typed(cast, payer))
    assert "This denial is recorded already" in send(cast.sue, typed(cast, payer)).content.decode()
    assert WorkItem.objects.count() == 1


def test_who_only_reads_enters_nothing(cast: Cast) -> None:
    assert signed_in(cast.remy).get(reverse("enter_denial")).status_code == 403
    assert "Enter a denial" not in signed_in(cast.remy).get(reverse("intake")).content.decode()


@pytest.mark.parametrize("lines", ["0", "-1", "999999", "x", ""])
def test_a_hostile_count_of_lines_leads_to_no_fault(cast: Cast, payer: Payer, lines: str) -> None:
    assert send(cast.sam, typed(cast, payer, lines=lines)).status_code in (302, 422)


def test_control_characters_never_become_segments(cast: Cast, payer: Payer) -> None:
    answer = send(cast.sam, typed(cast, payer, patient_first="A\x1eCLP\x1dX\x1d1\x1d5\x1d0"))
    assert answer.status_code == 422
    assert not RemittanceFile.objects.exists()
