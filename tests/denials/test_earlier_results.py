"""What a claim payment means hangs on what came before it: reversals, corrections, duplicates, upheld denials."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from denials import dictionary
from denials.codes import shipped_dictionary
from denials.models import Denial, Remittance, ReversalPair
from tests.denials.said import classify, concluded, denial, kept, pairs, result
from tests.remittance_text import Claim, Payment

pytestmark = pytest.mark.django_db

DENIED = Claim("RC-1", "100.00", "0.00")
TAKEN_BACK = Claim("RC-1", "-100.00", "0.00", status="22")
PAID = Claim("RC-1", "100.00", "100.00")


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)


class Coded(NamedTuple):
    """A claim whose one line is adjusted in full or in part for this reason."""

    number: str
    cas: str
    payer_number: str = "PCN1"
    paid: str = "0.00"
    charge: str = "100.00"
    first: str = "ANN"
    status: str = "1"
    line_day: str = "20261005"

    def segments(self) -> list[str]:
        return [
            f"CLP*{self.number}*{self.status}*{self.charge}*{self.paid}*0*12*{self.payer_number}*11*1",
            f"NM1*QC*1*FICTIONAL*{self.first}****MI*W1",
            "DTM*232*20261005",
            f"SVC*HC:99213:25*{self.charge}*{self.paid}**1",
            *([f"DTM*472*{self.line_day}"] if self.line_day else []),
            *([f"CAS*{self.cas}"] if self.cas else []),
        ]


def on(day: str, trace: str, *claims: Claim | Coded) -> Payment:
    return Payment(claims, trace=trace, day=f"202611{day}")  # type: ignore[arg-type]


ORIGINAL = "P-FIRST"
DUPLICATE = Coded("RC-2", "OA*18*100.00", payer_number="P-SECOND")


def test_a_reversal_finds_what_it_takes_back_in_an_earlier_file() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("09", "B", TAKEN_BACK, PAID))

    assert pairs() == [("B/1", "A/1", "B/2")]


def test_a_reversal_finds_what_it_takes_back_within_its_own_remittance() -> None:
    concluded(on("02", "A", DENIED, TAKEN_BACK))

    assert pairs() == [("A/2", "A/1", "")]
    assert denial("A", 2).watch != ""
    assert "An earlier denial" not in " ".join(denial("A", 1).because)


def test_two_reversals_never_take_back_the_same_result() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("09", "B", TAKEN_BACK))
    concluded(on("16", "C", TAKEN_BACK))

    assert pairs() == [("B/1", "A/1", ""), ("C/1", "", "")]


def test_two_reversals_in_one_remittance_take_back_two_results() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("09", "B", DENIED))
    concluded(on("16", "C", TAKEN_BACK, TAKEN_BACK))

    assert pairs() == [("C/1", "B/1", ""), ("C/2", "A/1", "")]


def test_a_reversal_of_another_amount_takes_nothing_back() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("09", "B", TAKEN_BACK._replace(charge="-90.00")))

    assert pairs() == [("B/1", "", "")]
    assert "No earlier result" in ReversalPair.objects.get().because


def test_the_correction_in_a_later_file_is_paired_when_it_comes() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("09", "B", TAKEN_BACK))
    concluded(on("16", "C", PAID))

    assert pairs() == [("B/1", "A/1", "C/1")]


def test_a_correction_that_came_in_before_its_reversal_is_paired_too() -> None:
    concluded(on("02", "A", DENIED))
    concluded(on("16", "C", PAID))
    concluded(on("09", "B", TAKEN_BACK))

    assert pairs() == [("B/1", "A/1", "C/1")]


def test_a_result_that_came_in_after_its_reversal_is_paired_too() -> None:
    concluded(on("09", "B", TAKEN_BACK))
    concluded(on("02", "A", DENIED))

    assert pairs() == [("B/1", "A/1", "")]


def test_what_a_reversal_takes_back_is_never_its_correction() -> None:
    concluded(on("02", "A", DENIED, TAKEN_BACK))
    concluded(on("09", "B", DENIED))

    assert pairs() == [("A/2", "A/1", "B/1")]


def test_of_two_payments_of_one_day_the_first_recorded_came_first() -> None:
    first, second = kept(on("02", "A", DENIED), on("02", "B", TAKEN_BACK, PAID))
    classify(first)
    classify(second)

    assert pairs() == [("B/1", "A/1", "B/2")]
    assert "An earlier denial" not in " ".join(denial("A").because)


def test_a_correction_across_batches_is_paired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("denials.classification.BATCH", 1)
    concluded(on("02", "A", DENIED))

    concluded(on("09", "B", TAKEN_BACK, PAID))

    assert pairs() == [("B/1", "A/1", "B/2")]


def test_held_and_set_aside_payments_are_no_past() -> None:
    for trace, state in (("A", Remittance.State.HELD), ("B", Remittance.State.SET_ASIDE)):
        row = kept(on("02", trace, DENIED))[0]
        row.state = state
        row.save(update_fields=["state"])

    concluded(on("09", "C", TAKEN_BACK))

    assert pairs() == [("C/1", "", "")]


def test_a_second_denial_of_a_claim_upholds_the_first_and_keeps_its_category() -> None:
    concluded(on("02", "A", Coded("RC-1", "CO*197*100.00")))

    concluded(on("16", "B", Coded("RC-1", "CO*193*100.00")))

    first, second = denial("A"), denial("B")
    assert (second.category, second.owner_team) == (first.category, first.owner_team) == ("authorization", "prior_auth")
    assert "An earlier denial of $100.00 is upheld" in " ".join(second.because)


def test_a_denial_upheld_in_the_same_remittance_finds_the_first_one() -> None:
    concluded(on("02", "A", Coded("RC-1", "CO*197*100.00"), Coded("RC-1", "CO*193*100.00")))

    assert denial("A", 2).category == "authorization"


def test_an_upheld_part_of_a_split_claim_keeps_the_category_of_its_own_first_denial() -> None:
    concluded(on("02", "A", Coded("RC-1", "CO*197*100.00", "P1"), Coded("RC-1", "CO*29*100.00", "P2")))

    concluded(on("16", "B", Coded("RC-1", "CO*193*100.00", "P1"), Coded("RC-1", "CO*193*100.00", "P2")))

    assert denial("A", 1).category != denial("A", 2).category
    assert [denial("B", place).category for place in (1, 2)] == [denial("A", place).category for place in (1, 2)]


def test_what_fits_several_parts_alike_takes_the_category_of_none() -> None:
    concluded(on("02", "A", Coded("RC-1", "CO*197*100.00", "P1"), Coded("RC-1", "CO*29*100.00", "P2")))

    concluded(on("16", "B", Coded("RC-1", "CO*193*100.00", "P3")))

    assert denial("B").category not in {denial("A", 1).category, denial("A", 2).category}


def test_an_upheld_denial_without_a_first_one_stands_for_itself() -> None:
    concluded(on("02", "A", Coded("RC-1", "CO*193*100.00")))

    assert "An earlier denial" not in " ".join(denial("A").because)


@pytest.mark.parametrize("together", [True, False], ids=["in one remittance", "in two remittances"])
@pytest.mark.parametrize(
    ("first", "outcome", "state"),
    [
        (Coded("RC-1", "", ORIGINAL, paid="100.00"), "duplicate_closed", "paid"),
        (Coded("RC-1", "PR*1*100.00", ORIGINAL), "duplicate_closed", "paid"),
        (Coded("RC-1", "OA*133*100.00", ORIGINAL), "duplicate_closed", "pending"),
        (Coded("RC-1", "CO*197*100.00", ORIGINAL), "full_denial", ""),
    ],
    ids=["paid", "all on the patient", "pending", "denied"],
)
def test_a_duplicate_is_what_became_of_the_first_claim(first: Coded, outcome: str, state: str, together: bool) -> None:
    if together:
        concluded(on("02", "D", first, DUPLICATE))
    else:
        concluded(on("02", "A", first))
        concluded(on("09", "D", DUPLICATE))

    found = denial("D", 2 if together else 1)
    assert found.outcome == outcome
    assert f"the first claim is {state}" in found.because[0] or not state


@pytest.mark.parametrize(
    "other",
    [
        Coded("RC-1", "", ORIGINAL, paid="100.00", first="BOB"),
        Coded("RC-1", "", ORIGINAL, paid="90.00", charge="90.00"),
        Coded("RC-1", "", ORIGINAL, paid="100.00", status="25"),
        Coded("RC-1", "", "P-SECOND", paid="100.00"),
    ],
    ids=["another of the family", "another charge", "an estimate", "its own number"],
)
def test_what_is_not_the_same_service_closes_no_duplicate(other: Coded) -> None:
    concluded(on("02", "A", other))
    concluded(on("09", "D", DUPLICATE))

    assert denial("D").outcome == "full_denial"


def test_the_first_claim_of_another_facility_closes_no_duplicate() -> None:
    concluded(on("02", "A", Coded("RC-1", "", ORIGINAL, paid="100.00"))._replace(npi="1000000002"))
    concluded(on("09", "D", DUPLICATE))

    assert denial("D").outcome == "full_denial"


def test_a_line_without_a_date_has_the_date_of_its_claim() -> None:
    concluded(on("02", "A", Coded("RC-1", "", ORIGINAL, paid="100.00", line_day="")))
    concluded(on("09", "D", DUPLICATE))

    assert denial("D").outcome == "duplicate_closed"


def test_a_first_claim_that_was_taken_back_closes_no_duplicate() -> None:
    first = Coded("RC-1", "", ORIGINAL, paid="100.00")
    concluded(on("02", "A", first))
    concluded(on("03", "B", first._replace(charge="-100.00", paid="-100.00", status="22")))
    concluded(on("09", "D", DUPLICATE))

    assert pairs() == [("B/1", "A/1", "")]
    assert denial("D").outcome == "full_denial"


def test_a_held_first_claim_closes_no_duplicate() -> None:
    row = kept(on("02", "A", Coded("RC-1", "", ORIGINAL, paid="100.00")))[0]
    row.state = Remittance.State.HELD
    row.save(update_fields=["state"])

    concluded(on("09", "D", DUPLICATE))

    assert denial("D").outcome == "full_denial"


def test_a_first_claim_nobody_has_concluded_yet_counts_only_with_what_it_paid() -> None:
    kept(on("02", "A", Coded("RC-1", "PR*1*100.00", ORIGINAL)))
    concluded(on("09", "D", DUPLICATE))
    assert denial("D").outcome == "full_denial"

    kept(on("03", "B", Coded("RC-3", "", "P-THIRD", paid="100.00")))
    concluded(on("10", "E", DUPLICATE._replace(number="RC-4", payer_number="P-FOURTH")))
    assert denial("E").outcome == "duplicate_closed"


def test_claims_told_twice_cost_no_query_each(django_assert_max_num_queries: object) -> None:
    many = [each for n in range(40) for each in (_numbered(TAKEN_BACK, n), _numbered(PAID, n))]
    row = kept(on("09", "B", *many))[0]

    with django_assert_max_num_queries(70):  # type: ignore[operator]
        classify(row)

    assert Denial.objects.filter(outcome="reversal").count() == 40
    assert result("B", 80).corrects.count() == 1


def _numbered(claim: Claim, number: int) -> Claim:
    return claim._replace(number=f"RC-{number}", payer_number=f"P{number}")
