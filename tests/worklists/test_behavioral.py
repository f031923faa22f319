"""The behavioral health checklist of an item: answers with who and when, and what a letter may claim of them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from accounts.refusal import Refused
from appeals import drafting, submission
from appeals.models import Appeal
from appeals.submission import Sending
from tests.appeals.letters import TODAY, as_written, item_at
from tests.cast import Cast
from tests.worklists.evidence import kept, slugs
from tests.worklists.pages import signed_in
from worklists.behavioral import answering, findings
from worklists.domain.behavioral import Given, Question
from worklists.evidence import gathering
from worklists.models import BehavioralAnswer, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """CO-50 on one session of 53 minutes and more."""
    made = item_at(cast.here, primary_code="50", category="documentation", remarks=[], evidence=["progress note"])
    type(cast.here).objects.filter(pk=cast.here.pk).update(service_line="behavioral_health")
    line = made.denial.remitted_claim.lines.get(number=2)
    made.denial.remitted_claim.lines.create(
        number=3, procedure="90837", units_billed=Decimal(1), segment_from=line.segment_from, segment_to=line.segment_to
    )
    type(made.denial).objects.filter(pk=made.denial_id).update(denied_lines=[3])
    return fresh(made)


def fresh(item: WorkItem) -> WorkItem:
    row: WorkItem = WorkItem.objects.select_related("claim", "facility", "denial__remitted_claim").get(pk=item.pk)
    return row


def answered(item: WorkItem, cast: Cast, question: Question, **values: object) -> BehavioralAnswer:
    given = Given(**{"answer": "yes", **values})  # type: ignore[arg-type]
    return answering.answer(item.pk, cast.sam, question, given)


def rows_of(item: WorkItem) -> list[findings.Row]:
    lines = item.denial.remitted_claim.lines.order_by("number")
    return findings.rows_of(item, findings.latest_answers(item), lines)


def holds(item: WorkItem) -> dict[str, bool]:
    return {row.question: row.found.holds for row in rows_of(item) if row.found}


def test_the_latest_answer_counts_and_the_earlier_ones_stay(cast: Cast, item: WorkItem) -> None:
    answered(item, cast, Question.TIME, minutes=45)
    assert holds(item) == {"time": False}
    answered(item, cast, Question.TIME, start=time(9), stop=time(9, 55), where="page 3")
    assert holds(item) == {"time": True}
    assert BehavioralAnswer.objects.count() == 2
    assert rows_of(item)[0].answer.by == cast.sam  # type: ignore[union-attr]
    with pytest.raises(ProgrammingError), transaction.atomic():
        BehavioralAnswer.objects.update(answer="no")


def test_minutes_of_a_crisis_are_held_against_both_of_its_codes(cast: Cast, item: WorkItem) -> None:
    for number, procedure in ((4, "90839"), (5, "90840")):
        item.denial.remitted_claim.lines.create(
            number=number, procedure=procedure, units_billed=Decimal(1), segment_from=9, segment_to=9
        )
    type(item.denial).objects.filter(pk=item.denial_id).update(denied_lines=[4])
    item = fresh(item)
    answered(item, cast, Question.TIME, minutes=100)
    row = next(row for row in rows_of(item) if row.found)
    assert row.found is not None
    assert (row.found.holds, "90839 with 90840 stands for 75 to 104 minutes" in row.found.said) == (True, True)


def test_an_answer_that_rests_on_nothing_is_refused(cast: Cast, item: WorkItem) -> None:
    with pytest.raises(Refused, match="without them nothing is documented"):
        answered(item, cast, Question.TIME)
    for nobody in (cast.remy, cast.otto):
        with pytest.raises(Refused):
            answering.answer(item.pk, nobody, Question.GOALS, Given(answer="yes"))
    assert not BehavioralAnswer.objects.exists()


def test_the_checklist_is_answered_on_the_item(cast: Cast, item: WorkItem) -> None:
    sam, address = signed_in(cast.sam), reverse("item_answer", args=[item.pk])
    panel = reverse("item_panel", args=[item.pk, "evidence"])
    assert "Behavioral health checklist" in sam.get(panel).content.decode()
    assert sam.post(address, {"question": "time", "answer": "yes", "minutes": "55"}).status_code == 302
    assert "90837 stands for 53 minutes or more: it fits." in sam.get(panel).content.decode()
    wrong = sam.post(address, {"question": "plan", "answer": "yes", "plan_on": "2026-09-01"})
    assert wrong.status_code == 422
    assert "on which it was signed" in wrong.content.decode()
    assert sam.post(address, {"question": "mood", "answer": "yes"}).status_code == 422


def letter_about(item: WorkItem, cast: Cast, text: str) -> Appeal:
    appeal = drafting.draft(item, cast.sam, today=TODAY)
    body = f"{text}\n\nSincerely,\nSam"
    return drafting.edit(appeal, cast.sam, as_written(appeal, body=body, subject="Appeal", enclosures=[]))


def test_a_letter_that_claims_what_is_not_there_is_not_sent(cast: Cast, item: WorkItem) -> None:
    answered(item, cast, Question.TIME, minutes=45)
    appeal = letter_about(item, cast, "The record documents 55 minutes.")
    page = signed_in(cast.sam).get(reverse("appeal", args=[appeal.pk])).content.decode()
    assert "What the record supports" in page
    assert "does not hold" in page
    sending = Sending(Appeal.Channel.MAIL, TODAY)
    with pytest.raises(Refused, match=r"Nothing was sent\. The letter speaks of it"):
        submission.mark_sent(appeal, cast.sam, sending, today=TODAY)
    answered(item, cast, Question.TIME, minutes=55)
    assert submission.mark_sent(appeal, cast.sam, sending, today=TODAY).status == "sent"


def test_answers_that_hold_fill_the_places_of_a_letter(cast: Cast, item: WorkItem) -> None:
    answered(item, cast, Question.TIME, minutes=55, where="page 3")
    answered(item, cast, Question.PLAN, plan_on=date(2026, 9, 1), signed_on=date(2026, 9, 2))
    text = "{{ session_minutes }} minutes ({{ record_pages }}), plan of {{ plan_date }}"
    assert letter_about(item, cast, text).body.startswith("55 minutes (page 3), plan of September 1, 2026")


def test_verified_evidence_is_offered_as_an_enclosure(cast: Cast, item: WorkItem) -> None:
    kept(item, cast.sam, "progress note", document_on=date(2026, 10, 5))
    appeal = letter_about(item, cast, "We disagree.")
    sam, address = signed_in(cast.sam), reverse("appeal", args=[appeal.pk])
    offered = "Progress note, October 5, 2026 (3 pages)"
    assert offered not in sam.get(address).content.decode()
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, "progress note"))
    assert offered in sam.get(address).content.decode()
    written = {
        "subject": "Appeal", "body": "We disagree.\n\nSincerely,\nSam", "signer": cast.sam.pk,
        "letter_date": TODAY.isoformat(), "enclosures": "Remittance advice", "enclose": [offered],
    }  # fmt: skip
    assert sam.post(reverse("appeal_edit", args=[appeal.pk]), written).status_code == 302
    appeal.refresh_from_db()
    assert appeal.enclosures == ["Remittance advice", offered]
