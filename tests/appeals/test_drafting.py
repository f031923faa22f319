import io

import pytest

from accounts.refusal import Conflict, Refused
from appeals import documents, drafting, outcomes
from appeals.models import Appeal, LetterTemplate
from appeals.outcomes import Answer
from denials import acknowledging, intake
from tests.acknowledgment_text import Answered, claims_answered
from tests.appeals.letters import TODAY, as_written, item_at, ready, sent, signing
from tests.cast import Cast
from tests.factories import APPEALS_ADDRESS, DenialFactory, RemittanceFactory, RemittedClaimFactory
from worklists.models import Activity, Settlement, WorkItem


def test_a_draft_takes_the_template_that_fits_and_what_the_record_holds(cast: Cast) -> None:
    item = item_at(cast.here)

    appeal = drafting.draft(item, signing(cast.sam), today=TODAY)

    letter = documents.final(appeal)
    assert appeal.template is not None
    assert appeal.template.key == "authorization"
    assert (appeal.level, appeal.amount, appeal.deadline) == (1, item.denied_amount, item.deadline)
    for part in (
        "Here Clinic",
        "1 Example Street, Anytown TX 75001",
        "November 20, 2026",
        item.payer.name,
        APPEALS_ADDRESS,
        item.claim.number,
        item.claim.payer_control_number,
        "Ada Fictional, member ID",
        "October 5, 2026",
        "93306 26",
        "$1,450.00",
        "CO-197",
        "N54: ",
        "Sam Fictional\nDenial specialist\n555-0100",
        "1. Remittance advice",
    ):
        assert part in letter.body
    assert "71045" not in letter.body
    assert set(letter.open_places) == {"approval_number", "approval_date"}


def test_proof_of_timely_filing_on_record_goes_into_the_letter_and_its_enclosures(cast: Cast) -> None:
    item = item_at(cast.here, category="timely_filing", primary_code="29")
    answered = Answered(item.claim.number, service="20261005", payer_number=item.claim.payer_control_number)
    file = intake.receive(io.BytesIO(claims_answered(answered, received="20261008")), "oct.277", None).file
    acknowledging.record(file, lambda stage, done, total: None)

    appeal = drafting.draft(item, signing(cast.sam), today=TODAY)

    proof = f"277CA REPORT1 of FICTIONAL HEALTH, file oct.277, payer claim number {item.claim.payer_control_number}"
    assert "It was accepted on February 2, 2026" in appeal.body
    assert f"Proof of the acceptance: {proof}" in appeal.body
    assert f"Acceptance report of the first submission: {proof}, received October 8, 2026" in appeal.enclosures
    assert documents.final(appeal).open_places == ()


def test_without_proof_on_record_the_letter_asks_for_it_once(cast: Cast) -> None:
    item = item_at(cast.here, category="timely_filing", primary_code="29")
    appeal = drafting.draft(item, signing(cast.sam), today=TODAY)
    assert set(documents.final(appeal).open_places) == {"first_submission_date", "acceptance_proof"}

    typed = {"first_submission_date": "March 1, 2026", "acceptance_proof": "portal receipt 7"}
    appeal = drafting.edit(appeal, cast.sam, as_written(appeal, filled=typed))

    assert documents.final(appeal).open_places == ()
    assert "Acceptance report of the first submission: portal receipt 7" in appeal.enclosures


def test_drafting_takes_a_free_item_and_writes_history(cast: Cast) -> None:
    item = item_at(cast.here)

    appeal = drafting.draft(item, cast.sam, today=TODAY)

    item.refresh_from_db()
    assert (item.status, item.assignee) == (WorkItem.Status.TAKEN, cast.sam)
    activity = item.activities.get(kind=Activity.Kind.DRAFTED)
    assert (activity.actor, activity.facts["appeal"]) == (cast.sam, appeal.pk)


def test_an_item_has_one_letter_in_hand(cast: Cast) -> None:
    item = item_at(cast.here)
    first = drafting.draft(item, cast.sam, today=TODAY)

    assert drafting.draft(item, cast.mara, today=TODAY) == first
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("denial", "words"),
    [
        ({"appeal_allowed": False, "resolution": "resubmission"}, "Send the claim again as a new claim"),
        ({"appeal_allowed": False, "resolution": "correction"}, "Correct the claim and send it as a replacement"),
    ],
)
def test_without_a_right_of_appeal_it_says_what_to_do_instead(
    cast: Cast, denial: dict[str, object], words: str
) -> None:
    item = item_at(cast.here, **denial)

    with pytest.raises(Refused, match=words):
        drafting.draft(item, cast.sam, today=TODAY)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("name", ["remy", "otto", "sue"])
def test_readers_other_facilities_and_people_who_do_not_own_the_item_draft_nothing(cast: Cast, name: str) -> None:
    item = item_at(cast.here)
    WorkItem.objects.filter(pk=item.pk).update(status="taken", assignee=cast.sam)

    with pytest.raises(Refused):
        drafting.draft(item, getattr(cast, name), today=TODAY)
    assert not Appeal.objects.exists()


def test_what_is_typed_goes_into_every_place_and_never_becomes_a_place(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), signing(cast.sam), today=TODAY)
    filled = {"approval_number": "A{{ signer_name }}1", "approval_date": "May 1"}

    drafting.edit(appeal, cast.sam, as_written(appeal, filled=filled))

    appeal.refresh_from_db()
    assert documents.final(appeal).open_places == ()
    assert "ASam" not in documents.final(appeal).body


def test_saving_over_somebody_elses_change_is_a_conflict(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)
    drafting.edit(appeal, cast.mara, as_written(appeal, subject="Mara's"), expected_version=1)

    with pytest.raises(Conflict, match="Mara Fictional changed this letter"):
        drafting.edit(appeal, cast.sam, as_written(appeal, subject="Sam's"), expected_version=1)
    appeal.refresh_from_db()
    assert appeal.subject == "Mara's"


def test_saving_without_a_change_leaves_no_trace(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)

    drafting.edit(appeal, cast.sam, as_written(appeal))

    appeal.refresh_from_db()
    assert appeal.version == 1
    assert not appeal.item.activities.filter(kind=Activity.Kind.EDITED).exists()


def test_a_letter_that_was_sent_is_not_edited(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)

    with pytest.raises(Conflict, match="sent already"):
        drafting.edit(appeal, cast.sam, as_written(appeal, body="Other words"))


def test_an_empty_letter_and_a_signer_of_another_facility_are_refused(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)

    for change in ({"body": " \n "}, {"signer": cast.otto}, {"signer": cast.remy}, {"enclosures": ["x" * 201]}):
        with pytest.raises(Refused):
            drafting.edit(appeal, cast.sam, as_written(appeal, **change))
    appeal.refresh_from_db()
    assert appeal.version == 1


def test_another_template_begins_the_letter_again(cast: Cast) -> None:
    appeal = ready(item_at(cast.here), cast.sam)
    general = LetterTemplate.objects.get(key="general")

    changed = drafting.change_template(appeal, cast.sam, general)

    assert changed.template == general
    assert "clinical_reason" in documents.final(changed).open_places


def test_beginning_again_answers_the_latest_decision(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = drafting.draft(item, cast.sam, today=TODAY)
    later = RemittedClaimFactory.create(
        claim=item.claim, remittance=RemittanceFactory.create(payer=item.payer, facility=item.facility)
    )
    WorkItem.objects.filter(pk=item.pk).update(denial=DenialFactory.create(remitted_claim=later, primary_code="50"))

    changed = drafting.change_template(appeal, cast.sam, LetterTemplate.objects.get(key="general"))

    assert changed.denial.primary_code == "50"
    assert "CO-50" in changed.body


def test_a_withdrawn_letter_makes_room_for_another(cast: Cast) -> None:
    item = item_at(cast.here)
    first = drafting.draft(item, cast.sam, today=TODAY)

    drafting.withdraw(first, cast.sam, because="Wrong template")
    second = drafting.draft(item, cast.sam, today=TODAY)

    assert second != first


def test_withdrawing_what_was_sent_returns_the_item(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)

    drafting.withdraw(appeal, cast.sam, because="Sent to the wrong payer")

    item.refresh_from_db()
    assert (item.status, item.assignee) == (WorkItem.Status.TAKEN, cast.sam)


def test_after_an_upheld_appeal_the_next_one_is_of_the_second_level(cast: Cast) -> None:
    item = item_at(cast.here)
    outcomes.record(sent(item, cast.sam), cast.sam, Answer(Settlement.UPHELD, TODAY), today=TODAY)

    second = drafting.draft(item, cast.sam, today=TODAY)

    assert second.level == 2
    assert "Second-level appeal" in second.body
