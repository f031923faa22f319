"""What people decide about exceptions, and what becomes of the work that they hold up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Team
from accounts.refusal import Conflict, Refused
from denials import exceptions
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, HeldUp, RemittedClaim, ReversalPair
from denials.models.exceptions import CaseQuerySet
from tests.cast import Cast
from tests.security.payer_says import Said
from tests.worklists.exceptions import THERE, case, come_in, held, prepare, suspected, unknown_code
from worklists import work
from worklists.exceptions import deciding
from worklists.exceptions.watch import watch
from worklists.models import Activity, WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    prepare()
    Team.objects.get(key="denials_general").people.add(cast.sam)


def cases(*found: ExceptionCase) -> CaseQuerySet:
    rows: CaseQuerySet = ExceptionCase.objects.filter(pk__in=[each.pk for each in found])
    return rows


def again(found: ExceptionCase) -> ExceptionCase:
    found.refresh_from_db()
    return found


def still_held(found: ExceptionCase) -> list[str]:
    rows = HeldUp.objects.filter(case=found, state=HeldUp.State.HELD).order_by("pk")
    return [row.remitted_claim.claim_number for row in rows if row.remitted_claim]


def item(number: str) -> WorkItem:
    return WorkItem.objects.get(claim__number=number)


def test_what_was_left_as_it_is_opens_no_second_exception(cast: Cast) -> None:
    found = unknown_code("RC-1")
    assert deciding.accept(cases(found), cast.sam, reason="The payer's own code") == 1
    assert (again(found).state, found.closed_by, found.closed_because) == ("accepted", cast.sam, "The payer's own code")

    exceptions.open_from([found.held.get().remittance_id])

    assert not ExceptionCase.objects.open().exists()


def test_what_comes_in_after_it_was_left_as_it_is_is_asked_about_anew(cast: Cast) -> None:
    first = unknown_code("RC-1")
    deciding.accept(cases(first), cast.sam, reason="The payer's own code")
    second = unknown_code("RC-2", trace="T2")
    assert second.pk != first.pk
    assert second.held.get().remitted_claim == RemittedClaim.objects.get(claim_number="RC-2")


def test_nobody_leaves_as_it_is_what_they_cannot_see(cast: Cast) -> None:
    found = unknown_code("RC-1")
    come_in(Said("RC-2", reason=("CO", "999")), trace="T2", **THERE)
    assert deciding.accept(cases(found), cast.sam, reason="Ours is fine") == 0
    assert again(found).is_open
    assert [row.remitted_claim.claim_number for row in found.held.filter(state="held") if row.remitted_claim] == [
        "RC-2"
    ]
    assert deciding.accept(cases(found), cast.otto, reason="no") == 0
    assert again(found).is_open


def test_a_reason_is_asked_for_and_read_only_people_decide_nothing(cast: Cast) -> None:
    found = unknown_code("RC-1")
    with pytest.raises(Refused, match="say why"):
        deciding.accept(cases(found), cast.sam, reason="  ")
    with pytest.raises(Refused, match="your role"):
        deciding.accept(cases(found), cast.remy, reason="x")


def test_only_managers_hand_over_and_only_to_people_who_may_work(cast: Cast) -> None:
    found = unknown_code("RC-1")
    with pytest.raises(Refused, match="only managers"):
        deciding.assign(cases(found), cast.sam, team=None, person=cast.sue)
    with pytest.raises(Refused, match="may not work"):
        deciding.assign(cases(found), cast.mara, team=None, person=cast.remy)
    with pytest.raises(Refused, match="a team or a person"):
        deciding.assign(cases(found), cast.mara, team=None, person=None)
    assert deciding.assign(cases(found), cast.mara, team=None, person=cast.sue) == 1
    assert (again(found).owner, found.owner_team) == (cast.sue, None)
    assert found in ExceptionCase.objects.visible_to(cast.sue)


def test_one_takes_what_nobody_has(cast: Cast) -> None:
    found = unknown_code("RC-1")
    Team.objects.get(key="denials_general").people.add(cast.sue)
    deciding.take(found, cast.sam)
    assert again(found).owner == cast.sam
    with pytest.raises(Conflict, match="Sam Fictional has this exception"):
        deciding.take(found, cast.sue)
    deciding.take(found, cast.mara)
    assert again(found).owner == cast.mara


def test_asking_the_payer_stands_on_the_case_and_on_every_item(cast: Cast) -> None:
    come_in(Said("RC-1", reason=("CO", "16"), remark="N381"), Said("RC-2", reason=("CO", "16"), remark="N381"))
    found = case(Kind.MISSING_REMARK)
    day = TODAY + timedelta(days=14)
    asked = deciding.ask_payer(found, cast.sam, text="Which remark?", again_on=day, today=TODAY)
    assert asked.done == 2
    assert (again(found).asked_on, found.ask_again_on) == (TODAY, day)
    notes = Activity.objects.filter(kind=Activity.Kind.NOTED).values_list("text", flat=True)
    assert all(note.startswith("Asked the payer: Which remark? Ask again on ") for note in notes)
    with pytest.raises(Refused, match="after today"):
        deciding.ask_payer(found, cast.sam, text="x", again_on=TODAY, today=TODAY)


def test_a_suspected_denial_that_is_one_keeps_its_item_in_work(cast: Cast) -> None:
    found = suspected("RC-1", "RC-2")
    first, second = held(found)
    assert deciding.confirm(found, cast.sam, [first], reason="Representative said so").done == 1
    assert again(found).is_open
    assert Activity.objects.filter(item=item("RC-1"), text="It is a denial: Representative said so").exists()

    deciding.confirm(found, cast.sam, [second], reason="Same")

    assert (again(found).state, found.closed_because) == ("fixed", "It is a denial: Same")
    assert item("RC-1").is_open
    exceptions.open_from([found.held.order_by("pk")[0].remittance_id])
    assert not ExceptionCase.objects.open().exists()


def test_confirming_brings_back_what_was_closed(cast: Cast) -> None:
    found = suspected("RC-1")
    work.resolve([item("RC-1").pk], cast.sam, resolution="no_action").or_refuse()
    deciding.confirm(found, cast.sam, held(found), reason="It was one after all")
    assert item("RC-1").is_open


def test_a_contract_write_down_closes_the_items_of_one_or_many(cast: Cast) -> None:
    found = suspected("RC-1", "RC-2", "RC-3")
    assert deciding.dismiss(found, cast.sam, held(found)[:2], reason="Contract, section 4").done == 2
    assert (item("RC-1").resolution, item("RC-1").settlement) == ("adjustment", "not_contested")
    assert [row.remitted_claim.claim_number for row in found.held.filter(state="held") if row.remitted_claim] == [
        "RC-3"
    ]
    deciding.dismiss(found, cast.sam, held(found), reason="Contract, section 4")
    assert again(found).state == "accepted"


def test_what_somebody_else_works_is_not_closed_under_their_hands(cast: Cast) -> None:
    found = suspected("RC-1", "RC-2")
    work.take([item("RC-1").pk], cast.sue).or_refuse()
    decided = deciding.dismiss(found, cast.sam, held(found), reason="Contract")
    assert decided.done == 1
    assert [refusal.sentence for refusal in decided.refused] == [
        "Sue Fictional has this item: ask them or a manager to hand it over."
    ]
    assert again(found).is_open
    assert item("RC-1").is_open


def test_nothing_ticked_changes_nothing(cast: Cast) -> None:
    found = suspected("RC-1")
    for verb in (deciding.confirm, deciding.dismiss):
        with pytest.raises(Refused, match="tick the claims"):
            verb(found, cast.sam, [], reason="x")


def reversal_of_one_of_two(cast: Cast) -> ExceptionCase:
    for number, trace in enumerate(("T1", "T2")):
        come_in(Said("RC-1", paid="1450.00"), trace=trace, day=TODAY - timedelta(days=10 - number))
    beside = Said("RC-P", paid="1450.00", payer_number="P9", member="W9")
    come_in(Said("RC-1", paid="1450.00", status="22"), beside, trace="T3")
    Team.objects.get(key="payment_posting").people.add(cast.sam)
    return case(Kind.AMBIGUOUS_CLAIM)


def test_a_person_chooses_what_a_reversal_takes_back(cast: Cast) -> None:
    found = reversal_of_one_of_two(cast)
    pair = ReversalPair.objects.get()
    offered = deciding.candidates(found, cast.sam)
    other = next(result for result in offered if result.pk != pair.reversed_id)

    deciding.choose(found, cast.sam, other.pk)

    pair.refresh_from_db()
    assert (pair.reversed, pair.because) == (other, "Sam Fictional chose it.")
    assert (again(found).state, found.closed_because) == ("fixed", "Chosen by hand.")


def test_only_what_is_offered_can_be_chosen(cast: Cast) -> None:
    found = reversal_of_one_of_two(cast)
    stranger = RemittedClaim.objects.get(claim_number="RC-P")
    with pytest.raises(Refused, match="choose one of the results"):
        deciding.choose(found, cast.sam, stranger.pk)


def test_a_case_that_was_closed_in_the_meantime_is_left_alone(cast: Cast) -> None:
    found = unknown_code("RC-1")
    deciding.accept(cases(found), cast.mara, reason="Fine")
    with pytest.raises(Conflict, match="closed in the meantime"):
        deciding.take(found, cast.sam)


def test_the_clock_closes_a_case_whose_work_is_done(cast: Cast) -> None:
    found = suspected("RC-1")
    watch(TODAY)
    assert again(found).is_open
    work.resolve([item("RC-1").pk], cast.sam, resolution="no_action").or_refuse()

    watch(TODAY)
    watch(TODAY)

    assert (again(found).state, found.closed_because) == ("fixed", "The work on all that it held up is done.")
    assert not ExceptionCase.objects.open().exists()


def test_the_clock_opens_what_became_late_and_does_so_once() -> None:
    come_in(Said("RC-1", reason=("OA", "133"), remark="N706"))
    come_in(Said("RC-2", paid="1450.00", payer_number="P2"), trace="T2")
    beside = Said("RC-P", paid="1450.00", payer_number="P9", member="W9")
    come_in(Said("RC-2", paid="1450.00", payer_number="P2", status="22"), beside, trace="T3")
    watch(TODAY)
    assert not ExceptionCase.objects.open().exists()

    for day in (16, 16, 31, 31):
        watch(TODAY + timedelta(days=day))

    found = ExceptionCase.objects.open().order_by("pk").values_list("kind", flat=True)
    assert list(found) == [Kind.TAKEBACK, Kind.PENDING_LONG]
    assert HeldUp.objects.filter(state=HeldUp.State.HELD).count() == 2
