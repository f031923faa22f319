"""Pieces of evidence: needed, asked for, received, verified or not to be had, each step with who, when and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import override_settings

from accounts.refusal import Conflict, Refused
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory, WorkItemFactory
from tests.worklists.evidence import PDF, PNG, kept, listed, needing, slugs, states, upload
from tests.worklists.remitted import deny
from worklists import work
from worklists.evidence import archive, documents, gathering, requesting, requests
from worklists.evidence.archive import Asked
from worklists.evidence.requesting import Asking
from worklists.evidence.verified import enclosures_of
from worklists.models import Activity, EvidenceDocument, EvidencePiece, RecordRequest, WorkItem
from worklists.opening import open_items

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 16)
DUE_ON = date(2026, 11, 20)
ORDER, NUMBER = "order and notes", "authorization or reference number"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return needing(cast.here)


def told(item: WorkItem) -> list[str]:
    rows = Activity.objects.filter(item=item, kind=Activity.Kind.EVIDENCE).order_by("pk")
    return list(rows.values_list("text", flat=True))


def how_far(item: WorkItem) -> str:
    return str(WorkItem.objects.values_list("evidence_state", flat=True).get(pk=item.pk))


def test_what_nobody_touched_is_needed_and_has_no_row(item: WorkItem) -> None:
    assert states(item) == {ORDER: "needed", NUMBER: "needed"}
    assert not EvidencePiece.objects.exists()
    first = listed(item).lines[0]
    assert (first.name, first.is_on_record) == ("remit", True)


def test_a_document_is_received_then_verified_by_name(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER).document
    assert (states(item)[ORDER], how_far(item)) == ("received", "to_verify")
    gathering.take_step(item.pk, cast.sue, "verify", slugs(item, ORDER))
    assert (states(item)[ORDER], how_far(item)) == ("verified", "partly")
    line = listed(item).named(slugs(item, ORDER))[0]
    assert line.piece is not None
    assert (line.piece.changed_by, line.documents) == (cast.sue, [document])
    assert told(item) == [f"Received: {ORDER} (document {document.pk})", f"Verified: {ORDER}"]
    facts = Activity.objects.filter(item=item).order_by("pk").values_list("facts", flat=True)
    assert facts[1] == {"pieces": [{"piece": line.piece.pk, "from": "received", "to": "verified"}]}


def test_the_database_refuses_a_step_that_the_table_does_not_have(cast: Cast, item: WorkItem) -> None:
    gathering.add(item.pk, cast.sam, "Invoice")
    with pytest.raises(ProgrammingError), transaction.atomic():
        EvidencePiece.objects.filter(name="Invoice").update(state="verified")


def test_nobody_verifies_what_is_not_here(cast: Cast, item: WorkItem) -> None:
    with pytest.raises(Refused, match="not possible while it is needed"):
        gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    assert not EvidencePiece.objects.exists()


def test_a_number_in_another_system_counts_as_received(cast: Cast, item: WorkItem) -> None:
    gathering.receive_elsewhere(item.pk, cast.sam, slugs(item, NUMBER), held_at="Portal, case SAMPLE-1")
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, NUMBER))
    assert states(item)[NUMBER] == "verified"
    with pytest.raises(Refused, match="say where it is"):
        gathering.receive_elsewhere(item.pk, cast.sam, slugs(item, ORDER), held_at=" ")


def test_what_cannot_be_had_says_why_and_completes_the_list(cast: Cast, item: WorkItem) -> None:
    with pytest.raises(Refused, match="say why"):
        gathering.take_step(item.pk, cast.sam, "give_up", slugs(item))
    gathering.take_step(item.pk, cast.sam, "give_up", slugs(item), because="The archive burned in 2019.")
    assert set(states(item).values()) == {"not_available"}
    assert how_far(item) == "complete"
    gathering.take_step(item.pk, cast.sam, "need", slugs(item, ORDER), because="A copy turned up.")
    assert states(item)[ORDER] == "needed"


def test_the_wrong_document_is_refused_and_the_piece_needed_again(cast: Cast, item: WorkItem) -> None:
    kept(item, cast.sam, ORDER)
    gathering.take_step(item.pk, cast.sam, "reject", slugs(item, ORDER), because="Of another visit.")
    assert states(item)[ORDER] == "needed"
    assert told(item)[-1] == f"Not the right one: {ORDER} (Of another visit.)"


def test_a_piece_of_somebodys_own_joins_the_list_once(cast: Cast, item: WorkItem) -> None:
    gathering.add(item.pk, cast.sam, "Invoice of the implant")
    assert states(item)["Invoice of the implant"] == "needed"
    with pytest.raises(Refused, match="on the list already"):
        gathering.add(item.pk, cast.sam, "invoice, implant")
    with pytest.raises(Refused, match="on the list already"):
        gathering.add(item.pk, cast.sam, "Order and Notes!")


def test_a_piece_that_the_list_no_longer_has_is_a_conflict(cast: Cast, item: WorkItem) -> None:
    with pytest.raises(Conflict, match="has changed since"):
        gathering.take_step(item.pk, cast.sam, "verify", ["0" * 12])
    with pytest.raises(Refused, match="tick what it is about"):
        gathering.take_step(item.pk, cast.sam, "verify", [])


def test_readers_strangers_and_closed_items_change_nothing(cast: Cast, item: WorkItem) -> None:
    for nobody in (cast.remy, cast.otto):
        with pytest.raises(Refused):
            kept(item, nobody, ORDER)
    work.resolve([item.pk], cast.mara, resolution="no_action", root_cause="", preventable=False).or_refuse()
    with pytest.raises(Refused, match="is resolved"):
        kept(item, cast.sam, ORDER)
    assert not EvidencePiece.objects.exists()


def test_the_same_bytes_are_kept_once_per_claim_and_used_again_on_its_next_item(cast: Cast, item: WorkItem) -> None:
    first = kept(item, cast.sam, ORDER, pages=3)
    again = kept(item, cast.sue, NUMBER)
    assert (again.document, again.is_new, again.is_elsewhere) == (first.document, False, False)
    WorkItem.objects.filter(pk=item.pk).update(status="resolved", resolution="no_action", resolved_at=item.created_at)
    denial = DenialFactory.create(
        remitted_claim=RemittedClaimFactory.create(claim=item.claim), evidence=["order and notes"], primary_code="P1",
        category="", remarks=[],
    )  # fmt: skip
    following = WorkItemFactory.create(denial=denial)
    assert list(archive.of_claim(following.claim_id)) == [first.document]
    documents.use(following.pk, cast.sam, first.document.pk, slugs(following, ORDER))
    assert states(following) == {ORDER: "received"}
    assert EvidenceDocument.objects.count() == 1


def test_the_same_file_with_another_claim_is_pointed_out_unless_it_is_another_facilitys(
    cast: Cast, item: WorkItem
) -> None:
    kept(needing(cast.there), cast.otto, ORDER)
    assert not kept(item, cast.sam, ORDER).is_elsewhere
    assert kept(needing(cast.here), cast.sam, ORDER).is_elsewhere


def test_a_document_of_another_claim_cannot_be_used(cast: Cast, item: WorkItem) -> None:
    other = kept(needing(cast.here), cast.sam, ORDER).document
    with pytest.raises(Refused, match="no such document"):
        documents.use(item.pk, cast.sam, other.pk, slugs(item, ORDER))


def test_a_withdrawn_document_makes_its_pieces_needed_and_may_come_again(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER, NUMBER).document
    kept(item, cast.sam, NUMBER, content=PNG)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    lost = documents.withdraw(document, cast.sue, because="Another patient's.")
    assert [piece.name for piece in lost] == [ORDER]
    assert states(item) == {ORDER: "needed", NUMBER: "received"}
    assert document not in archive.of_claim(item.claim_id)
    with pytest.raises(Conflict):
        documents.withdraw(document, cast.sue, because="Again.")
    assert kept(item, cast.sam, ORDER).is_new


def test_a_kept_document_stays_as_it_was_uploaded(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER).document
    assert documents.content_of(document) == PDF
    for change in ({"sha256": "0" * 64}, {"content": "evidence/elsewhere.pdf"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            EvidenceDocument.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        EvidenceDocument.objects.filter(pk=document.pk)._raw_delete("default")
    name = str(document.content.name)
    assert document.sha256[:8] not in name
    assert name.startswith("evidence/")
    with default_storage.open(name, "wb") as file:
        file.write(PDF + b"tampered")
    with pytest.raises(Refused, match="not what was uploaded"):
        documents.content_of(document)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00 a program", "record.pdf", "has to be a PDF"),
        (b"<html><script>", "record.html", "has to be a PDF"),
        (b"", "record.pdf", "has to be a PDF"),
        (PNG, "record.pdf", "the file is a PNG picture, yet its name ends in “.pdf”"),
        (PDF, "record", "its name does not say so"),
        (b"%PDF-" + b"x" * 2000, "record.pdf", "larger than"),
    ],
)
def test_content_and_name_have_to_agree_on_an_allowed_kind(content: bytes, name: str, sentence: str) -> None:
    with override_settings(EVIDENCE_LIMIT_BYTES=1000), pytest.raises(Refused, match=sentence):
        documents.read(upload(content), name)
    assert documents.read(upload(PDF), "RECORD.PDF").ending == "pdf"


def test_pages_that_were_typed_stand_beside_those_that_were_counted(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER, pages=4).document
    assert (document.pages, document.counted_pages) == (4, 3)
    assert kept(item, cast.sam, ORDER, content=PNG).document.pages == 1


def asked(item: WorkItem, cast: Cast, *names: str, **values: object) -> RecordRequest:
    given = {"to": "him", "due_on": DUE_ON, **values}
    return requesting.ask(item.pk, cast.sam, slugs(item, *names), Asking(**given), today=TODAY)  # type: ignore[arg-type]


def test_a_request_ends_by_itself_when_its_last_piece_is_here(cast: Cast, item: WorkItem) -> None:
    request = asked(item, cast)
    assert set(states(item).values()) == {"requested"}
    assert how_far(item) == "requested"
    assert told(item)[-1].endswith("(Health information (HIM), by 20 Nov 2026)")
    kept(item, cast.sue, ORDER)
    request.refresh_from_db()
    assert request.state == "open"
    kept(item, cast.sue, NUMBER, content=PNG)
    request.refresh_from_db()
    assert (request.state, request.ended_by) == ("received", cast.sue)


def test_a_request_without_an_answer_leaves_its_pieces_needed(cast: Cast, item: WorkItem) -> None:
    request = asked(item, cast, ORDER, to="provider", to_name="Dr. Example")
    requesting.withdraw(request, cast.sam, because="She has left.", today=TODAY)
    assert states(item)[ORDER] == "needed"
    request.refresh_from_db()
    assert (request.state, request.because) == ("ended", "She has left.")
    with pytest.raises(Conflict, match="ended already"):
        requesting.remind(request, cast.sam, today=TODAY, how="Called.")


def test_a_reminder_is_counted_and_may_move_the_day(cast: Cast, item: WorkItem) -> None:
    request = asked(item, cast, ORDER)
    later = date(2026, 11, 27)
    row = requesting.remind(request, cast.sue, today=date(2026, 11, 23), how="Called; promised.", due_on=later)
    assert (row.reminders, row.reminded_on, row.due_on) == (1, date(2026, 11, 23), later)
    assert "Reminded Health information (HIM): Called; promised., now promised by 27 Nov 2026" in told(item)


@pytest.mark.parametrize(("promised", "sentence"), [(TODAY, "after today"), (date(2206, 12, 1), "two years ahead")])
def test_a_promise_for_no_day_of_use_is_refused(cast: Cast, item: WorkItem, promised: date, sentence: str) -> None:
    request = asked(item, cast, ORDER)
    with pytest.raises(Refused, match=sentence):
        requesting.remind(request, cast.sam, today=TODAY, how="Called.", due_on=promised)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"due_on": TODAY}, "at least until tomorrow"),
        ({"to": "provider"}, "say which provider"),
        ({"due_on": date(2026, 12, 20)}, "last safe day of this item is 15 Dec 2026"),
        ({"text": "x" * 501}, "shorten the text"),
        ({"due_on": date(2206, 12, 1)}, "more than two years ahead"),
    ],
)
def test_a_request_that_could_not_help_is_refused(
    cast: Cast, item: WorkItem, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        asked(item, cast, ORDER, **values)


def test_ages_count_business_days_and_overdue_ones_come_first(cast: Cast, item: WorkItem) -> None:
    late = asked(item, cast, ORDER)
    other = asked(needing(cast.here), cast, ORDER, due_on=date(2026, 12, 4))
    asked_there = needing(cast.there)
    requesting.ask(asked_there.pk, cast.otto, slugs(asked_there), Asking("him", DUE_ON), today=TODAY)
    later = date(2026, 11, 24)
    overdue = requests.rows_of(requests.part_of(cast.sam, requests.OVERDUE, later), later)
    assert [(row.request, row.age, row.overdue) for row in overdue] == [(late, 6, 2)]
    assert list(requests.part_of(cast.sam, requests.OPEN, later)) == [other]
    assert requests.counts(cast.mara, later) == {"overdue": 2, "open": 1}


def test_the_archive_finds_by_type_day_facility_and_number(cast: Cast) -> None:
    here = needing(cast.here, claim__number="RC-55501")
    order = kept(here, cast.sam, ORDER, document_on=date(2026, 10, 1)).document
    there = needing(cast.there, claim__number="RC-55502")
    other = kept(there, cast.otto, ORDER, content=PNG, kind="images").document

    def found(user: object, **asked: object) -> list[EvidenceDocument]:
        return list(archive.found(user, Asked(**asked)).order_by("pk"))  # type: ignore[arg-type]

    assert found(cast.mara) == [order, other]
    assert found(cast.sam) == [order]
    assert found(cast.mara, kind="images") == [other]
    assert found(cast.mara, facility=cast.there.pk) == [other]
    assert found(cast.mara, words="rc-55501") == [order]
    assert found(cast.sam, words="RC-5550") == [order]
    assert found(cast.mara, first=date(2026, 9, 1), last=date(2026, 10, 31)) == [order]
    assert found(cast.mara, first=order.uploaded_at.date() + timedelta(days=2)) == []
    assert found(cast.mara, words="R") == []


def test_an_archived_claim_number_is_only_looked_for_where_one_may_look(cast: Cast) -> None:
    ClaimFactory.create(facility=cast.there, number="RC-9")
    assert list(archive.found(cast.sam, Asked(words="RC-9"))) == []


def test_what_was_complete_is_no_longer_when_the_payer_denies_again(cast: Cast, item: WorkItem) -> None:
    gathering.take_step(item.pk, cast.sam, "give_up", slugs(item), because="Lost.")
    again = deny(item.claim, evidence=["a letter of the physician"])
    open_items(again.remitted_claim.remittance)
    assert how_far(item) == "partly"
    assert states(item)["a letter of the physician"] == "needed"


def test_what_was_refused_is_not_enclosed_beside_what_came_instead(cast: Cast, item: WorkItem) -> None:
    wrong = kept(item, cast.sam, ORDER, document_on=date(2026, 10, 1)).document
    gathering.take_step(item.pk, cast.sam, "reject", slugs(item, ORDER), because="Another patient's.")
    right = kept(item, cast.sam, ORDER, content=PNG, document_on=date(2026, 10, 2)).document
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    assert listed(item).named(slugs(item, ORDER))[0].documents == [right]
    item.refresh_from_db()
    assert enclosures_of(item) == ["Order and notes, October 2, 2026 (1 page)"]
    assert set(archive.of_claim(item.claim_id)) == {wrong, right}


def test_a_place_that_was_refused_holds_nothing_once_the_document_is_withdrawn(cast: Cast, item: WorkItem) -> None:
    gathering.receive_elsewhere(item.pk, cast.sam, slugs(item, ORDER), held_at="Record MR-1")
    gathering.take_step(item.pk, cast.sam, "reject", slugs(item, ORDER), because="Another patient's.")
    document = kept(item, cast.sam, ORDER).document
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    assert listed(item).named(slugs(item, ORDER))[0].held_at == ""
    documents.withdraw(document, cast.sue, because="Torn.")
    assert states(item)[ORDER] == "needed"
