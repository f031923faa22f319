"""Enclosures of a draft whose documents were refused, withdrawn or replaced since."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from django.urls import reverse

from accounts.refusal import Refused
from appeals import documents, drafting, submission
from appeals.enclosed import fallen_in, reworded_in
from appeals.models import Appeal
from tests.appeals.letters import FAXED, TODAY, as_written, item_at, ready
from tests.cast import Cast
from tests.worklists.evidence import PNG, kept, slugs
from tests.worklists.pages import signed_in
from worklists.evidence import documents as evidence
from worklists.evidence import gathering
from worklists.evidence.verified import enclosures_of
from worklists.models import EvidenceDocument, WorkItem

pytestmark = pytest.mark.django_db
REPORT = "final signed report"
NAMED = "Final signed report, October 5, 2026 (3 pages)"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here, evidence=[REPORT, "order"])


@pytest.fixture
def letter(cast: Cast, item: WorkItem) -> Appeal:
    """A draft, ready to be sent, that encloses a verified report."""
    appeal = ready(item, cast.sam)
    kept(item, cast.sam, REPORT, document_on=date(2026, 10, 5), pages=3)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, REPORT))
    assert enclosures_of(WorkItem.objects.get(pk=item.pk)) == [NAMED]
    return drafting.edit(appeal, cast.sam, as_written(appeal, enclosures=[*appeal.enclosures, NAMED]))


def withdraw(cast: Cast) -> None:
    evidence.withdraw(EvidenceDocument.objects.get(), cast.sue, because="Another patient's")


def refuse(cast: Cast, item: WorkItem) -> None:
    gathering.take_step(item.pk, cast.sue, "reject", slugs(item, REPORT), because="Not signed")


def fresh(item: WorkItem) -> WorkItem:
    return WorkItem.objects.get(pk=item.pk)


def again(letter: Appeal) -> Appeal:
    return Appeal.objects.get(pk=letter.pk)


def test_a_letter_whose_enclosures_all_count_is_sent(cast: Cast, letter: Appeal) -> None:
    assert fallen_in(letter) == []
    assert submission.mark_sent(letter, cast.sam, FAXED, today=TODAY).enclosures[-1] == NAMED


def test_a_withdrawn_document_is_told_and_keeps_the_letter_back(cast: Cast, letter: Appeal) -> None:
    withdraw(cast)
    with pytest.raises(Refused) as refused:
        submission.mark_sent(again(letter), cast.sam, FAXED, today=TODAY)
    said = refused.value.sentence
    assert said.startswith(f"The letter was not marked as sent. “{NAMED}” was withdrawn by {cast.sue} on")
    assert "Another patient's. Nothing else is on hand for it. The draft is kept as it is: take that line out" in said
    assert again(letter).status == Appeal.Status.DRAFT


def test_a_refused_document_is_told_also_after_another_one_took_its_place(
    cast: Cast, item: WorkItem, letter: Appeal
) -> None:
    refuse(cast, item)
    (found,) = fallen_in(again(letter))
    assert found.sentence.startswith(f"“{NAMED}” was refused as not the right one by {cast.sue} on")
    assert found.sentence.endswith(": Not signed. Nothing else is on hand for it.")
    kept(item, cast.sam, REPORT, content=PNG, document_on=date(2026, 10, 7), pages=2)
    (found,) = fallen_in(again(letter))
    assert found.instead == "“Final signed report, October 7, 2026 (2 pages)” came since and is not verified."
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, REPORT))
    (found,) = fallen_in(again(letter))
    assert found.instead == "Verified since: “Final signed report, October 7, 2026 (2 pages)”."
    with pytest.raises(Refused, match="was not marked as sent"):
        submission.mark_sent(again(letter), cast.sam, FAXED, today=TODAY)


def test_the_line_is_known_with_what_somebody_added_to_it_and_others_are_left_alone(cast: Cast, letter: Appeal) -> None:
    wanted = [f"{NAMED}, marked", "Final signed report of the referring doctor", "Order"]
    letter = drafting.edit(letter, cast.sam, as_written(letter, enclosures=wanted))
    withdraw(cast)
    assert [each.name for each in fallen_in(again(letter))] == [f"{NAMED}, marked"]


REWORDED = "Report of the fifth of October, signed"


def reword(cast: Cast, letter: Appeal, *lines: str) -> Appeal:
    return drafting.edit(letter, cast.sam, as_written(letter, enclosures=[*letter.enclosures[:-1], *lines]))


def test_a_line_in_other_words_is_asked_about_once_its_document_counts_no_more(
    cast: Cast, item: WorkItem, letter: Appeal
) -> None:
    letter = reword(cast, letter, REWORDED)
    assert reworded_in(again(letter)) == []
    refuse(cast, item)
    (found,) = reworded_in(again(letter))
    assert found.sentence.startswith(f"“{NAMED}” was refused as not the right one by {cast.sue} on")
    assert found.sentence.endswith(f"The letter named it before; since then it says “{REWORDED}”.")
    with pytest.raises(Refused, match=f"not marked as sent. “Final.*“{REWORDED}”.*or confirm that it means another"):
        submission.mark_sent(again(letter), cast.sam, FAXED, today=TODAY)
    meant = replace(FAXED, enclosures_confirmed=True)
    assert submission.mark_sent(again(letter), cast.sam, meant, today=TODAY).enclosures[-1] == REWORDED


def test_a_line_that_was_taken_out_or_replaced_by_evidence_that_counts_is_not_asked_about(
    cast: Cast, item: WorkItem, letter: Appeal
) -> None:
    letter = reword(cast, letter)
    refuse(cast, item)
    assert reworded_in(again(letter)) == []
    kept(item, cast.sam, REPORT, content=PNG, document_on=date(2026, 10, 7), pages=2)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, REPORT))
    letter = drafting.edit(again(letter), cast.sam, as_written(again(letter), enclosures=enclosures_of(fresh(item))))
    assert reworded_in(again(letter)) == []
    assert submission.mark_sent(again(letter), cast.sam, FAXED, today=TODAY).status == Appeal.Status.SENT


def test_a_line_that_only_got_longer_is_told_once(cast: Cast, letter: Appeal) -> None:
    letter = reword(cast, letter, f"{NAMED}, marked")
    withdraw(cast)
    assert [each.name for each in fallen_in(again(letter))] == [f"{NAMED}, marked"]
    assert reworded_in(again(letter)) == []


def test_the_pages_ask_about_a_line_in_other_words(cast: Cast, letter: Appeal) -> None:
    letter = reword(cast, letter, REWORDED)
    client, address = signed_in(cast.sam), reverse("appeal", args=[letter.pk])
    asked = "No enclosure means a document that was refused or withdrawn"
    assert asked not in client.get(address).content.decode()
    withdraw(cast)
    page = client.get(address).content.decode()
    assert "Do these words still mean a document that does not count any more?" in page
    assert asked in page
    assert asked in client.get(address, {"read": 1}).content.decode()
    sent = {"version": again(letter).version, "channel": "fax", "sent_on": TODAY.isoformat(), "proof": "FAX-0042"}
    action = reverse("appeal_action", args=[letter.pk, "send"])
    assert client.post(action, sent).status_code == 422
    assert client.post(action, {**sent, "enclosures_confirmed": "on"}).status_code == 302


def test_a_document_that_came_back_counts_again(cast: Cast, item: WorkItem, letter: Appeal) -> None:
    withdraw(cast)
    kept(item, cast.sam, REPORT, document_on=date(2026, 10, 5), pages=3)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, REPORT))
    assert fallen_in(again(letter)) == []
    submission.mark_sent(again(letter), cast.sam, FAXED, today=TODAY)


def test_what_was_sent_keeps_its_enclosures_as_they_were_sent(cast: Cast, letter: Appeal) -> None:
    submission.mark_sent(letter, cast.sam, FAXED, today=TODAY)
    printed = documents.pdf(again(letter))
    withdraw(cast)
    row = again(letter)
    assert (fallen_in(row), row.enclosures[-1], documents.pdf(row)) == ([], NAMED, printed)
    page = signed_in(cast.sam).get(reverse("appeal", args=[row.pk])).content.decode()
    assert "does not count any more" not in page


def test_the_print_of_a_draft_says_so(cast: Cast, letter: Appeal) -> None:
    before = documents.pdf(again(letter))
    withdraw(cast)
    row = again(letter)
    text = "\n".join(part.text for part in docx.Document(io.BytesIO(documents.word(row))).paragraphs)
    assert f"{NAMED} [missing: a document for this, it was withdrawn]" in text
    assert documents.pdf(row) != before
    assert row.enclosures[-1] == NAMED, "Only the print is marked."


def test_the_page_of_the_draft_says_so_at_the_enclosures(cast: Cast, letter: Appeal) -> None:
    withdraw(cast)
    client, address = signed_in(cast.sam), reverse("appeal", args=[letter.pk])
    page = client.get(address).content.decode()
    assert "This enclosure does not count any more" in page
    assert "1 still open" in page
    assert f"Enclosure withdrawn: {NAMED}" in page
    assert "a document for this, it was withdrawn" in client.get(address, {"read": 1}).content.decode()
    sent = {"version": again(letter).version, "channel": "fax", "sent_on": TODAY.isoformat(), "proof": "FAX-0042"}
    answer = client.post(reverse("appeal_action", args=[letter.pk, "send"]), sent)
    assert answer.status_code == 422
    assert "The letter was not marked as sent. " in answer.content.decode()
    assert 'value="FAX-0042"' in answer.content.decode()
