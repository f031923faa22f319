"""A claim that its payer split under numbers of its own for each part: one item, each part decided by itself."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from denials.models import Claim, Clock, ClockEvent, CodeHandling, Denial, RemittedClaim
from tests.cast import Cast
from tests.factories import ClaimFactory, ClockFactory
from tests.worklists.evidence import kept
from tests.worklists.pages import signed_in
from tests.worklists.remitted import DENIED_ON, deny, remit
from tests.worklists.remitted import reverse as taken_back
from worklists import acts, clock_steps, last_days, work
from worklists.calls import sheets
from worklists.calls.sheets import Line
from worklists.evidence import archive
from worklists.evidence.archive import Asked
from worklists.models import BulkAct, Contact, MissedClock, SmartPhrase, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle
from worklists.watch import missed
from worklists.wording import day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON, LATE = date(2026, 12, 1), date(2027, 1, 15)
NEXT, THEN = date(2026, 11, 19), date(2026, 11, 26)


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return ClaimFactory.create(facility=cast.here, charge=Decimal(520))


def denied(claim: Claim, number: str, amount: int, *, deadline: date, **said: Any) -> Denial:
    return deny(
        claim,
        payer_control_number=number,
        charge=amount,
        denied_amount=amount,
        amount_at_risk=amount,
        deadline=deadline,
        **said,
    )


def told(result: RemittedClaim) -> WorkItem:
    open_items(result.remittance)
    settle(result.remittance)
    return WorkItem.objects.get()


@pytest.fixture
def first(claim: Claim) -> Denial:
    found = denied(claim, "PART1", 200, deadline=LATE, on=DENIED_ON, trace="T-FIRST")
    told(found.remitted_claim)
    return found


@pytest.fixture
def second(claim: Claim, first: Denial) -> Denial:
    found = denied(claim, "PART2", 320, deadline=SOON, on=DENIED_ON, beside=first.remitted_claim)
    told(found.remitted_claim)
    return found


def state(item: WorkItem) -> tuple[Any, ...]:
    return item.status, item.denied_amount, item.deadline


def test_both_parts_count(second: Denial) -> None:
    assert state(WorkItem.objects.get()) == ("new", 520, SOON)


def test_a_part_decided_earlier_that_comes_in_later_counts_too(claim: Claim, first: Denial) -> None:
    part = denied(claim, "PART2", 320, deadline=SOON, on=date(2026, 10, 30), trace="T-EARLIER")
    assert state(told(part.remitted_claim)) == ("new", 520, SOON)


def test_the_first_part_denied_again_keeps_the_other(claim: Claim, second: Denial) -> None:
    again = denied(claim, "PART1", 200, deadline=LATE, on=NEXT)
    item = told(again.remitted_claim)
    assert (*state(item), item.round) == ("new", 520, SOON, 2)


def test_the_second_part_denied_again_counts_once(claim: Claim, second: Denial) -> None:
    again = denied(claim, "PART2", 320, deadline=LATE, on=NEXT)
    assert state(told(again.remitted_claim)) == ("new", 520, LATE)


def test_the_second_part_paid_leaves_the_first(claim: Claim, second: Denial) -> None:
    item = told(remit(claim, on=NEXT, payer_control_number="PART2", charge=320, paid=Decimal(320)))
    assert (*state(item), item.recovered_amount) == ("new", 200, LATE, 320)


def test_the_first_part_paid_leaves_the_second(claim: Claim, second: Denial) -> None:
    item = told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200)))
    assert (*state(item), item.recovered_amount, item.denial) == ("new", 320, SOON, 200, second)


def test_both_paid_one_after_the_other_close_it(claim: Claim, second: Denial) -> None:
    told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200)))
    item = told(remit(claim, on=THEN, trace="T3", payer_control_number="PART2", charge=320, paid=Decimal(300)))
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", 500)


def test_both_paid_at_once_close_it(claim: Claim, second: Denial) -> None:
    one = remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200))
    two = remit(claim, beside=one, payer_control_number="PART2", charge=320, paid=Decimal(300))
    item = told(two)
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", 500)


def test_one_result_about_the_whole_claim_ends_both(claim: Claim, second: Denial) -> None:
    item = told(remit(claim, on=NEXT, payer_control_number="WHOLE", charge=520, paid=Decimal(500)))
    assert (item.status, item.recovered_amount) == ("resolved", 500)


def test_paid_part_taken_back(claim: Claim, second: Denial) -> None:
    paid = remit(claim, on=NEXT, payer_control_number="PART2", charge=320, paid=Decimal(320))
    told(paid)
    item = told(taken_back(paid, on=THEN, trace="T-BACK", payer_control_number="PART2"))
    assert (item.status, item.denied_amount) == ("new", 520)


def test_a_closed_item_comes_back_when_a_part_is_taken_back(claim: Claim, second: Denial) -> None:
    told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200)))
    paid = remit(claim, on=NEXT, trace="T3", payer_control_number="PART2", charge=320, paid=Decimal(300))
    assert told(paid).status == "resolved"
    item = told(taken_back(paid, on=THEN, trace="T-BACK", payer_control_number="PART2"))
    assert (item.status, item.denied_amount, item.settlement, item.recovered_amount) == ("new", 320, "partial", 200)


def test_what_was_paid_at_once_of_another_part_is_not_recovered(claim: Claim, first: Denial) -> None:
    told(remit(claim, beside=first.remitted_claim, payer_control_number="PART2", charge=320, paid=Decimal(320)))
    item = told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(150)))
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", 150)


@pytest.fixture
def clocks(first: Denial, second: Denial) -> None:
    for denial in (first, second):
        ClockFactory.create(denial=denial)


@pytest.mark.usefixtures("clocks")
def test_the_page_tells_the_other_part_and_its_earlier_day(cast: Cast) -> None:
    page = signed_in(cast.sam).get(reverse("item", args=[WorkItem.objects.get().pk])).content.decode()

    assert "denied another part too under its number PART2: $320.00" in page
    assert "to be answered by Tue 1 Dec." in page
    assert page.index("Reconsideration of part PART2") < page.index("<b>Reconsideration</b>")


@pytest.mark.usefixtures("clocks")
def test_the_clock_of_the_other_part_is_noted_when_it_ran_out(cast: Cast) -> None:
    assert missed.note_missed(SOON + timedelta(days=1)) == 1
    assert missed.note_missed(SOON + timedelta(days=2)) == 0
    assert MissedClock.objects.get().last_day == SOON


@pytest.mark.usefixtures("clocks")
def test_what_was_answered_since_is_missed_no_longer(claim: Claim) -> None:
    told(remit(claim, on=NEXT, payer_control_number="PART2", charge=320, paid=Decimal(320)))

    assert missed.note_missed(SOON + timedelta(days=1)) == 0


@pytest.mark.usefixtures("second")
def test_a_letter_about_both_parts_ends_the_clocks_of_both(first: Denial) -> None:
    clock_steps.letter_sent(WorkItem.objects.get(), first, 1, NEXT)

    assert set(ClockEvent.objects.values_list("denial", flat=True)) == set(Denial.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("paid", "settlement"), [({"PART1": 200}, "partial"), ({"PART1": 200, "PART2": 320}, "overturned")]
)
def test_a_payment_of_closed_work_decides_in_part_while_a_part_stays_denied(
    claim: Claim, second: Denial, cast: Cast, paid: dict[str, int], settlement: str
) -> None:
    item = WorkItem.objects.get()
    work.resolve([item.pk], cast.mara, resolution="appeal", settlement="upheld").or_refuse()

    result = None
    for number, amount in paid.items():
        said = {"charge": amount, "paid": Decimal(amount), "payer_control_number": number}
        result = remit(claim, on=NEXT, trace="T-PAID", beside=result, **said)
    assert result is not None
    told(result)

    item.refresh_from_db()
    assert (item.status, item.settlement) == ("resolved", "upheld")
    assert item.activities.get(kind="settle").facts["settlement"] == settlement


def test_a_closed_item_takes_up_one_payment_after_the_other(claim: Claim, second: Denial, cast: Cast) -> None:
    work.resolve([WorkItem.objects.get().pk], cast.mara, resolution="appeal").or_refuse()

    item = told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200)))
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "partial", 200)
    item = told(remit(claim, on=THEN, trace="T3", payer_control_number="PART2", charge=320, paid=Decimal(300)))

    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", 500)


@pytest.mark.parametrize(("typed", "settlement", "recovered"), [(200, "overturned", 500), (220, "partial", 220)])
def test_what_people_closed_it_with_stands_where_it_is_not_what_was_paid(
    claim: Claim, second: Denial, cast: Cast, typed: int, settlement: str, recovered: int
) -> None:
    item = told(remit(claim, on=NEXT, payer_control_number="PART1", charge=200, paid=Decimal(200)))
    said: dict[str, Any] = {"settlement": "partial", "recovered_amount": Decimal(typed)}
    work.resolve([item.pk], cast.mara, resolution="appeal", **said).or_refuse()

    item = told(remit(claim, on=THEN, trace="T3", payer_control_number="PART2", charge=320, paid=Decimal(300)))

    assert (item.settlement, item.recovered_amount) == (settlement, recovered)


def done_for(item: WorkItem, cast: Cast, *parts: Denial, **said: Any) -> Any:
    item.refresh_from_db()
    form = {"resolution": "correction", "preventable": "yes", "root_cause": "Modifier", "version": item.version}
    return signed_in(cast.mara).post(
        reverse("item_action", args=[item.pk, "resolve"]), form | {"parts": [part.pk for part in parts]} | said
    )


def days(item: WorkItem) -> tuple[Any, ...]:
    item.refresh_from_db()
    return item.status, item.denied_amount, item.deadline, item.denial


@pytest.mark.usefixtures("clocks")
def test_a_corrected_claim_for_one_part_leaves_the_days_of_the_other(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()

    assert done_for(item, cast, second).status_code == 302

    assert days(item) == ("new", 520, LATE, first)
    assert list(ClockEvent.objects.values_list("denial", "kind")) == [(second.pk, "claim_sent")]
    told = item.activities.get(kind="send")
    assert told.text == (
        "Corrected claim for PART2 ($320.00). Still to be worked: PART1 ($200.00), to be answered by 15 Jan 2027."
        " Modifier"
    )
    assert last_days.catch_up([item]) == {}
    of_the_sent = Clock.objects.get(denial=second, is_binding=True).last_day
    assert of_the_sent is not None
    assert of_the_sent < LATE
    assert missed.note_missed(of_the_sent + timedelta(days=1)) == 0
    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "charge and lines are of this one. The claim of that part went out again on" in page


def test_the_item_stands_for_the_part_that_is_left(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, first)
    assert days(item) == ("new", 520, SOON, second)


def test_that_is_undone_with_its_days(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    before = days(item)
    done_for(item, cast, second)

    assert acts.undo(BulkAct.objects.get(), cast.mara).refused == []

    counted = Denial.objects.order_by("deadline").values_list("deadline", flat=True)[0]
    assert days(item) == (before[0], before[1], counted, before[3])
    assert not ClockEvent.objects.exists()


def test_all_parts_are_ticked_and_close_it(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    form = signed_in(cast.mara).get(reverse("item_action", args=[item.pk, "resolve"])).content.decode()
    assert "PART1 ($200.00), CO-197 N54, to be answered by 15 Jan 2027" in form
    assert len(re.findall('name="parts"[^>]* checked', form)) == 2

    done_for(item, cast, first, second)

    assert days(item)[0] == "resolved"
    assert not ClockEvent.objects.exists()


def test_the_part_that_is_left_closes_it(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, second)
    form = signed_in(cast.mara).get(reverse("item_action", args=[item.pk, "resolve"])).content.decode()
    assert "For which parts" not in form
    done_for(item, cast)
    assert days(item)[0] == "resolved"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"resolution": "adjustment"}, "Only a corrected claim or a resubmission can be for some parts"),
        ({"settlement": "upheld"}, "leave this empty until it closes"),
        ({"recovered_amount": "20"}, "say this when it closes"),
        ({"parts": []}, "Tick the parts that this is about."),
    ],
)
def test_what_does_not_fit_some_parts_is_refused(second: Denial, cast: Cast, said: dict[str, Any], fault: str) -> None:
    item = WorkItem.objects.get()
    answer = done_for(item, cast, second, **said)
    assert (answer.status_code, fault in answer.content.decode()) == (422, True)
    assert days(item)[:3] == ("new", 520, SOON)


def test_a_part_denied_again_after_its_claim_went_out_is_worked_again(
    claim: Claim, first: Denial, second: Denial, cast: Cast
) -> None:
    done_for(WorkItem.objects.get(), cast, second)
    again = denied(claim, "PART2", 320, deadline=date(2026, 12, 20), on=THEN)
    assert state(told(again.remitted_claim)) == ("new", 520, date(2026, 12, 20))


@pytest.mark.usefixtures("second")
def test_the_page_of_the_item_tells_the_number_of_every_part(cast: Cast) -> None:
    item = WorkItem.objects.get()
    client = signed_in(cast.sam)
    page = client.get(reverse("item", args=[item.pk])).content.decode()
    assert 'other parts <span class="code">PART2</span>' in page


def test_a_phrase_names_the_number_of_every_part(cast: Cast, second: Denial) -> None:
    SmartPhrase.objects.create(key="numbers", name="Numbers", text="Asked about {payer claim}.")
    item = WorkItem.objects.get()
    form = {"phrase": "numbers", "use": "1", "version": item.version}
    page = signed_in(cast.sam).post(reverse("item_note", args=[item.pk]), form).content.decode()
    assert "Asked about PART1, PART2." in page


def test_the_sheet_of_a_call_names_every_part_with_its_charge(cast: Cast, claim: Claim, second: Denial) -> None:
    CodeHandling.objects.filter(code__code="197").update(call_asks="Is an authorization on file?")
    line = Line(claim.payer_id, None, cast.here.pk)
    sheet = sheets.sheet(cast.sam, line, NEXT)
    assert sheet is not None
    assert [(told.payer_numbers, told.charges) for told in sheet.claims] == [("PART1, PART2", "$200.00, $320.00")]


@pytest.mark.usefixtures("second")
def test_the_archive_finds_documents_by_the_number_of_every_part(cast: Cast) -> None:
    Denial.objects.update(evidence=["order and notes"], primary_code="P1", category="")
    document = kept(WorkItem.objects.get(), cast.sam).document
    for number in ("PART1", "part2"):
        assert list(archive.found(cast.sam, Asked(words=number))) == [document]
    assert list(archive.found(cast.otto, Asked(words="PART2"))) == []


def said_by_phone(item: WorkItem, cast: Cast, *parts: Denial, **said: Any) -> Any:
    item.refresh_from_db()
    form = {"channel": "call", "reference": "REF-77", "on": TODAY.isoformat(), "text": "Not on file.",
            "version": item.version, "parts": [part.pk for part in parts]} | said  # fmt: skip
    return signed_in(cast.mara).post(reverse("item_action", args=[item.pk, "part_refused"]), form)


@pytest.mark.usefixtures("clocks")
def test_a_part_that_the_payer_refused_by_phone_is_to_be_answered_again(
    first: Denial, second: Denial, cast: Cast
) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, second)
    address = reverse("item_action", args=[item.pk, "part_refused"])
    assert f'href="{address}' in signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "PART2 ($320.00, sent again on " in signed_in(cast.mara).get(address).content.decode()

    assert said_by_phone(item, cast, second).status_code == 302

    assert not ClockEvent.objects.exists()
    second.refresh_from_db()
    assert days(item)[1:3] == (520, min(LATE, second.deadline or LATE))
    told = item.activities.filter(kind="note").latest("pk")
    assert told.text.startswith(f"On {day(TODAY)} the payer refused what went out again for PART2 ($320.00). Not on fi")
    assert told.contact_words
    said = Contact.objects.get()
    assert (said.channel, said.reference, said.item) == ("call", "REF-77", item)
    form = signed_in(cast.mara).get(reverse("item_action", args=[item.pk, "resolve"])).content.decode()
    assert len(re.findall('name="parts"[^>]* checked', form)) == 2


@pytest.mark.usefixtures("clocks")
def test_a_refusal_that_was_wrong_is_undone_with_its_days(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, second)
    ClockEvent.objects.update(on=TODAY - timedelta(days=3))
    before = days(item)
    said_by_phone(item, cast, second)

    assert acts.undo(BulkAct.objects.latest("pk"), cast.mara).refused == []

    assert days(item) == before
    assert ClockEvent.objects.values_list("denial", "kind", "on").get() == (
        second.pk, "claim_sent", TODAY - timedelta(days=3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "Choose today or an earlier day."),
        ({"on": (TODAY - timedelta(days=1)).isoformat()}, "before the day on which it went out"),
        ({"reference": ""}, "This field is required."),
        ({"parts": []}, "Tick the part that the payer refused."),
    ],
)
def test_a_refusal_that_cannot_be_is_not_recorded(
    first: Denial, second: Denial, cast: Cast, said: dict[str, Any], fault: str
) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, second)
    answer = said_by_phone(item, cast, second, **said)
    assert (answer.status_code, fault in answer.content.decode()) == (422, True)
    assert ClockEvent.objects.count() == 1
    assert said_by_phone(item, cast, first).status_code == 422


def many(item: WorkItem, cast: Cast, step: str, **said: Any) -> str:
    form = {"list": "all_items", "action": f"resolve:{step}", "pick": [item.pk], "resolve-resolution": "correction",
            "resolve-preventable": "yes", **said}  # fmt: skip
    return signed_in(cast.mara).post("/items/many/", form, follow=True).content.decode()


@pytest.mark.usefixtures("second")
def test_done_to_many_it_closes_all_parts_and_says_which(cast: Cast) -> None:
    item = WorkItem.objects.get()
    preview = many(item, cast, "preview")
    assert "all parts would be closed" in preview
    assert "PART1 ($200.00), PART2 ($320.00)" in preview

    answer = many(item, cast, "now")

    item.refresh_from_db()
    assert item.status == "resolved"
    assert "1 split claim closed with all parts" in answer
    assert "PART1 ($200.00), PART2 ($320.00)" in answer
    told = item.activities.get(kind="resolve")
    assert told.text == "Closed with all parts of the claim, which the payer split: PART1 ($200.00), PART2 ($320.00)."


def test_done_to_many_it_leaves_open_what_the_payer_has_a_part_of(first: Denial, second: Denial, cast: Cast) -> None:
    item = WorkItem.objects.get()
    done_for(item, cast, second)
    form = signed_in(cast.mara).get(reverse("item_action", args=[item.pk, "resolve"])).content.decode()
    assert "The payer still has PART2 ($320.00, sent again on " in form

    for step in ("preview", "now"):
        assert "The payer has a part of this split claim again" in many(item, cast, step)
    assert days(item)[0] == "new"

    done_for(item, cast)
    assert days(item)[0] == "resolved"
    told = item.activities.get(kind="resolve")
    assert told.text.startswith(
        "Modifier Closed with all parts of the claim, which the payer split: PART1 ($200.00), PART2"
    )
