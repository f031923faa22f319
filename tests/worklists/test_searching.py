"""Finding what was meant: names and numbers with a slip in them, what is closed, and never another facility's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from appeals import lists
from denials import patient_names
from denials.models import PatientName
from tests.appeals import letters
from tests.cast import Cast
from tests.factories import RemittedClaimFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import searching, work
from worklists.models import WorkItem
from worklists.notes import writing
from worklists.notes.writing import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe(cast: Cast) -> WorkItem:
    item = item_at(
        cast.here, last="Madeupson", claim__patient_first="Zoe", claim__number="RC-777123",
        claim__payer_control_number="PCN-5512A", claim__member_id="W9931245",
    )  # fmt: skip
    patient_names.learn(cast.here.pk, patient_names.words_of(["Madeupson", "Zoe"]))
    return item


@pytest.mark.parametrize(
    "words",
    ["Madepuson", "Madeupsen", "madeupson, zoee", "Zoe Madeupsom", "RC-771723", "rc777123", "PCN-5521A", "W9931254"],
)
def test_one_slip_still_finds_it_and_says_that_it_is_a_guess(cast: Cast, zoe: WorkItem, words: str) -> None:
    item_at(cast.here, last="Other")
    page = signed_in(cast.sam).post("/search/", {"q": words}, follow=True)
    assert shown_items(page) == [zoe.pk]
    text = page.content.decode()
    assert "Nothing is called exactly" in text
    assert "Did you mean" in text


@pytest.mark.parametrize("words", ["Unrael", "Unreal, Mnoa", "Mona Nureal", "Unreal, Msna", "Unreal, Mon"])
def test_one_slip_in_a_short_name_still_finds_it(cast: Cast, words: str) -> None:
    mona = item_at(cast.here, last="Unreal", claim__patient_first="Mona")
    patient_names.learn(cast.here.pk, {"UNREAL", "MONA", "UNRAVELED"})
    page = signed_in(cast.sam).post("/search/", {"q": words}, follow=True)
    assert shown_items(page) == [mona.pk]


@pytest.mark.parametrize("words", ["MR000771", "mr000771"])
def test_a_medical_record_number_finds_what_its_payments_tell_of(cast: Cast, words: str) -> None:
    item, elsewhere = item_at(cast.here), item_at(cast.there)
    for each in (item, elsewhere):
        RemittedClaimFactory.create(claim=each.claim, medical_record="MR000771")
    page = signed_in(cast.sam).post("/search/", {"q": words}, follow=True)
    assert shown_items(page) == [item.pk]
    assert not page.context["found"].is_likely


def test_what_is_called_so_comes_alone_and_what_may_be_meant_is_offered(cast: Cast, zoe: WorkItem) -> None:
    other = item_at(cast.here, last="Madeupsen")
    patient_names.learn(cast.here.pk, {"MADEUPSEN"})
    page = signed_in(cast.sam).post("/search/", {"q": "Madeupsen"}, follow=True)
    assert shown_items(page) == [other.pk]
    assert page.context["found"].meant == ["Madeupson"]
    assert not page.context["found"].is_likely


def test_what_is_closed_is_found_after_what_is_open_and_says_so(cast: Cast, zoe: WorkItem) -> None:
    work.resolve([zoe.pk], cast.sam, resolution="correction")
    still_open = item_at(cast.here, last="Madeupson")
    found = searching.search("Madeupson", cast.sam)
    assert found.items == [still_open.pk, zoe.pk]
    page = signed_in(cast.sam).post("/search/", {"q": "RC-777123"}, follow=True)
    assert shown_items(page) == [zoe.pk]
    assert "Resolved" in page.content.decode()


def test_only_what_is_open_of_what_was_found_is_at_risk(cast: Cast, zoe: WorkItem) -> None:
    for amount in ("60.25", "39.75"):
        item_at(cast.here, last="Madeupson", amount_at_risk=Decimal(amount))
    work.resolve([zoe.pk], cast.sam, resolution="correction")
    sam = signed_in(cast.sam)
    page = sam.post("/search/", {"q": "Madeupson"}, follow=True)
    counts = page.context["counts"]
    assert (counts.shown, counts.at_risk) == (3, Decimal("100.00"))
    groups = sam.get(f"/groups/?list=all_items&by=payer&query=search%3D{page.context['filter'].chosen('search')}")
    assert sum(each.amount for each, _ in groups.context["groups"]) == Decimal("100.00")
    alone = sam.post("/search/", {"q": "RC-777123"}, follow=True)
    assert (alone.context["counts"].shown, alone.context["counts"].at_risk) == (1, 0)
    assert sam.get("/items/?status=any").context["counts"].at_risk == Decimal("100.00")


def test_names_of_another_facility_are_neither_found_nor_offered(cast: Cast, zoe: WorkItem) -> None:
    for words in ("Madepuson", "RC-771723"):
        found = searching.search(words, cast.otto)
        assert (found.items, found.meant) == ([], [])


def test_what_was_found_and_what_may_be_meant_stand_in_no_address(cast: Cast, zoe: WorkItem) -> None:
    client = signed_in(cast.sam)
    answer = client.post("/search/", {"q": "Madepuson"})
    assert "adep" not in answer.headers["Location"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'name="q" value="Madeupson"' in page
    addresses = "".join(part.split('"')[0] for part in page.split('="/')[1:])
    assert "adeup" not in addresses.lower()


def test_a_search_finds_no_more_than_it_shows_and_says_so(
    cast: Cast, zoe: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST", 1)
    item_at(cast.here, last="Madeupson")
    page = signed_in(cast.sam).post("/search/", {"q": "Madeupson"}, follow=True)
    assert len(shown_items(page)) == 1
    assert "More were found" in page.content.decode()


def test_names_are_learned_once_and_by_their_words(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            patient_names.learn_later(cast.here.pk, ["Van Madeup-Öst", "O'Sample", "", "X"])
    words = PatientName.objects.values_list("word", flat=True)
    assert sorted(words) == ["MADEUP", "SAMPLE", "VAN", "ÖST"]


def test_the_reference_of_a_call_finds_its_items_also_those_of_a_claim_called_alike(cast: Cast, zoe: WorkItem) -> None:
    called = item_at(cast.here, last="Other", claim__number="REF-2026-1")
    for item, reference in ((zoe, "REF-2026-0817"), (called, "77")):
        note = Note("Called them", "call", spoke_to="Pat", reference=reference)
        writing.write_down(item.pk, cast.sam, note, today=timezone.localdate()).or_refuse()
    client = signed_in(cast.sam)
    page = client.post("/search/", {"q": "ref-2026-08"}, follow=True)
    assert shown_items(page) == [zoe.pk]
    assert "REF" not in page.request["QUERY_STRING"].upper()
    assert searching.search("REF-2026", cast.sam).items == [called.pk, zoe.pk]
    assert searching.search("REF-2026-0817", cast.otto).items == []
    assert searching.search("77", cast.sam).items == []


def test_a_tracking_number_of_a_letter_finds_its_item_and_is_looked_up_by_an_index(cast: Cast, zoe: WorkItem) -> None:
    sent = letters.sent(letters.item_at(cast.here), letters.signing(cast.sam))
    assert searching.search("fax-0042", cast.sam).items == [sent.item_id]
    assert searching.search("FAX-0042", cast.otto).items == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for rows in (lists.items_of_proof("FAX-0042", cast.mara), searching._contacted("REF-1", cast.mara)):
            assert "_by_proof" in rows.explain() or "_by_reference" in rows.explain()


@pytest.mark.parametrize("words", ["item {}", "Work item {}", "#{}", "Item #{}"])
def test_an_item_is_found_as_pages_name_it(cast: Cast, zoe: WorkItem, words: str) -> None:
    elsewhere = item_at(cast.there, last="Other")
    assert searching.search(words.format(zoe.pk), cast.sam).items == [zoe.pk]
    assert searching.search(words.format(elsewhere.pk), cast.sam).items == []
    assert searching.search(str(zoe.pk), cast.sam).items == []


@pytest.fixture
def split(cast: Cast) -> dict[str, WorkItem]:
    """An item here and one elsewhere, each with a part that its payer decided under another number."""
    items = {"here": item_at(cast.here), "there": item_at(cast.there)}
    for item in items.values():
        RemittedClaimFactory.create(claim=item.claim, payer_control_number="PCN-PART2-778")
    return items


@pytest.mark.parametrize("words", ["PCN-PART2-778", "pcn-part2", "PCN-PART2-787"])
def test_the_number_of_another_part_finds_its_item(cast: Cast, split: dict[str, WorkItem], words: str) -> None:
    assert searching.search(words, cast.sam).items == [split["here"].pk]
    assert searching.search(words, cast.otto).items == [split["there"].pk]


def test_a_slip_in_the_number_of_another_part_offers_it(cast: Cast, split: dict[str, WorkItem]) -> None:
    found = searching.search("PCN-PART2-787", cast.sam)
    assert (found.is_likely, found.meant) == (True, ["PCN-PART2-778"])


def test_a_number_that_begins_others_finds_the_part_too(cast: Cast, split: dict[str, WorkItem]) -> None:
    other = item_at(cast.here, claim__payer_control_number="PCN-PART2-778-9")
    assert set(searching.search("PCN-PART2-778", cast.sam).items) == {split["here"].pk, other.pk}


def test_numbers_of_parts_are_looked_up_by_their_index(cast: Cast, split: dict[str, WorkItem]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for by_payer in (
            Q(payer_control_number__startswith="PCN-PART2"),
            Q(payer_control_number__in=["PCN-PART2-778"]),
        ):
            assert "remitted_by_payer_number" in searching._parts(by_payer, cast.sam).explain()
