"""What is needed as evidence, once each, and how a piece may move on."""

from __future__ import annotations

import struct

import pytest

from worklists.domain import evidence
from worklists.domain.evidence import Gathered, State
from worklists.domain.page_counts import pages_in


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Attachment control number", "attachment control number", True),
        ("complete image set", "Complete image set in the payer format", True),
        ("order and notes", "Order and clinical notes", True),
        ("record", "Emergency record", False),
        ("Waiver", "waiver signed by patient", True),
        ("remit", "remit for the original", False),
        ("call log with date and name", "Call log with name and number", False),
        ("remit", "Remittance", True),
    ],
)
def test_two_names_mean_one_piece_only_when_one_holds_the_words_of_the_other(one: str, other: str, same: bool) -> None:
    assert evidence.is_same(one, other) is same
    assert evidence.is_same(other, one) is same


def test_what_code_and_playbook_ask_for_is_one_list_in_the_fuller_words() -> None:
    asked = evidence.needs(["remit", "complete image set"], ["Complete image set in the payer format", "Order", " "])
    assert [(need.name, need.sources) for need in asked] == [
        ("remit", ("code",)),
        ("Complete image set in the payer format", ("code", "playbook")),
        ("Order", ("playbook",)),
    ]
    assert [evidence.is_on_record(need.name) for need in asked] == [True, False, False]


@pytest.mark.parametrize(
    ("states", "how_far"),
    [
        ([], Gathered.NOTHING),
        (["needed", "needed"], Gathered.NOTHING),
        (["needed", "requested"], Gathered.REQUESTED),
        (["requested", "received"], Gathered.TO_VERIFY),
        (["verified", "needed"], Gathered.PARTLY),
        (["verified", "requested"], Gathered.REQUESTED),
        (["verified", "not_available"], Gathered.COMPLETE),
    ],
)
def test_how_far_an_item_is_says_what_somebody_has_to_do(states: list[str], how_far: Gathered) -> None:
    assert evidence.gathered(states) is how_far


def test_nothing_is_verified_that_was_not_received() -> None:
    assert {state for state in State if evidence.is_allowed("verify", state)} == {State.RECEIVED}
    assert (State.NEEDED, State.VERIFIED) not in evidence.allowed_jumps()
    assert evidence.refusal("verify", "needed") == "Verified: not possible while it is needed."


def tiff(pages: int, order: str = "<") -> bytes:
    """As many directories of no entries, each leading to the next."""
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    places = [8 + 6 * (number + 1) for number in range(pages - 1)] + [0]
    return head + b"".join(struct.pack(f"{order}HI", 0, place) for place in places)


@pytest.mark.parametrize(
    ("content", "ending", "pages"),
    [
        (b"\x89PNG", "png", 1),
        (tiff(3), "tif", 3),
        (tiff(2, ">"), "tif", 2),
        (b"II*\x00" + struct.pack("<I", 8) + struct.pack("<HI", 0, 8), "tif", None),
        (b"II*\x00\xff", "tif", None),
        (b"%PDF-1.4 /Type /Pages /Type /Page >> /Type/Page /Type /PageLabel %%EOF", "pdf", 2),
        (b"%PDF-1.5 /Type /ObjStm /Type /Page %%EOF", "pdf", None),
        (b"%PDF-1.4 /Type /Page %%EOF /Type /Page %%EOF", "pdf", None),
        (b"%PDF-1.4 <</Linearized 1 /L 9 /N 12 /T 9>> %%EOF %%EOF", "pdf", 12),
        (b"%PDF-1.4 nothing", "pdf", None),
    ],
)
def test_pages_are_counted_only_where_the_bytes_say_so_plainly(content: bytes, ending: str, pages: int | None) -> None:
    assert pages_in(content, ending) == pages
