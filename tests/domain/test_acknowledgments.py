"""What 999, 997, TA1 and 277CA files say, and that nothing they hold is lost or guessed, however broken they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.domain.acknowledgments import is_acknowledgment, read_acknowledgments
from denials.domain.answer_words import in_words
from denials.domain.answers import Answer, Kind, Level, Status
from denials.domain.facts import Finding, Severity
from tests.acknowledgment_text import (
    Answered,
    accepted_set,
    claims_answered,
    interchange,
    rejected_set,
    sets_answered,
    wrapped,
)
from tests.remittance_text import Payment, file_of

REJECTED = Answered("RC-2", "A7:562:85", "U", charge="250.00", payer_number="", last="SPECIMEN")


def read(content: bytes) -> tuple[list[Answer], list[Finding]]:
    events = list(read_acknowledgments(BytesIO(content)))
    return (
        [event for event in events if isinstance(event, Answer)],
        [event for event in events if isinstance(event, Finding)],
    )


def claims_in(content: bytes) -> list[Answer]:
    return [answer for answer in read(content)[0] if answer.level is Level.CLAIM]


def test_a_277ca_says_of_each_claim_what_became_of_it() -> None:
    answers, findings = read(claims_answered(Answered(), REJECTED, said=(1, 1)))

    batch, accepted, rejected = answers
    assert findings == []
    assert (batch.level, batch.status, batch.subject) == (Level.BATCH, Status.RECEIVED, "Batch BATCH1")
    assert (accepted.kind, accepted.status) == (Kind.CLAIMS, Status.ACCEPTED)
    assert (accepted.claim_number, accepted.payer_control_number) == ("RC-1", "PCN1")
    assert (accepted.answered_on, accepted.received_on) == (date(2026, 2, 2), date(2026, 2, 1))
    assert (accepted.source_name, accepted.source_is_payer) == ("FICTIONAL HEALTH", True)
    assert (accepted.patient_last, accepted.member_id) == ("FICTIONAL", "W1")
    assert (accepted.service_from, accepted.amount) == (date(2026, 1, 15), Decimal("100.00"))
    assert (rejected.status, rejected.codes) == (Status.REJECTED, ["STC:A7:562:85"])
    assert rejected.provider_npi == "1000000001"
    content = claims_answered(Answered(), REJECTED, said=(1, 1)).decode().split("~\n")
    assert (content[rejected.segment_from][:3], content[rejected.segment_to][:3]) == ("TRN", "DTP")


@pytest.mark.parametrize(
    ("status", "action", "expected"),
    [
        ("A0:16:AY", "WQ", Status.RECEIVED),
        ("A1:19:PR", "WQ", Status.RECEIVED),
        ("A2:20:PR", "WQ", Status.ACCEPTED),
        ("A3:21:85", "U", Status.REJECTED),
        ("A4:35:PR", "U", Status.REJECTED),
        ("A5:20:PR", "WQ", Status.ACCEPTED),
        ("A6:21:QC", "U", Status.REJECTED),
        ("A7:562:85", "U", Status.REJECTED),
        ("A8:488:PR", "U", Status.REJECTED),
    ],
)
def test_the_category_decides(status: str, action: str, expected: Status) -> None:
    (claim,) = claims_in(claims_answered(Answered(status=status, action=action)))
    assert claim.status is expected


def test_an_unknown_category_is_kept_and_only_its_action_is_believed() -> None:
    for action, expected in (("U", Status.REJECTED), ("WQ", Status.RECEIVED)):
        answers, findings = read(claims_answered(Answered(status="Z9:1:PR", action=action)))
        assert answers[-1].status is expected
        assert answers[-1].codes == ["STC:Z9:1:PR"]
        assert [finding.code for finding in findings] == ["unknown_category"]


def test_one_rejecting_status_outweighs_an_accepting_one() -> None:
    more = ("STC*A7:453:85*20260204*U",)
    (claim,) = claims_in(claims_answered(Answered(more=more)))
    assert claim.status is Status.REJECTED
    assert claim.codes == ["STC:A2:20:PR", "STC:A7:453:85"]
    assert claim.answered_on == date(2026, 2, 4)


def test_a_rejected_line_of_an_accepted_claim_is_an_acceptance_with_errors() -> None:
    more = ("SVC*HC:99213*100*****1", "STC*A7:454:85*20260202*U", "REF*FJ*1", "DTP*472*D8*20260115")
    (claim,) = claims_in(claims_answered(Answered(more=more)))
    assert claim.status is Status.WITH_ERRORS


def test_a_clearinghouse_is_not_taken_for_the_payer() -> None:
    (claim,) = claims_in(claims_answered(Answered(), source="AY", payer="EXAMPLE CLEARINGHOUSE"))
    assert not claim.source_is_payer


def test_a_claim_without_a_status_proves_nothing_and_is_said() -> None:
    content = claims_answered(Answered()).replace(b"STC*A2:20:PR*20260202*WQ*100.00~\n", b"")
    answers, findings = read(content)
    assert (answers[-1].claim_number, answers[-1].status) == ("RC-1", Status.RECEIVED)
    assert "no_status" in {finding.code for finding in findings}


def test_a_999_says_of_each_set_whether_it_was_taken_in() -> None:
    answers, findings = read(sets_answered(accepted_set(), rejected_set("0002"), last_word="P*2*2*1"))

    assert findings == []
    assert [(each.status, each.subject) for each in answers] == [
        (Status.ACCEPTED, "837 set 0001 of group 17"), (Status.REJECTED, "837 set 0002 of group 17"),
    ]  # fmt: skip
    assert answers[1].codes == ["IK3:NM1:15:2010BA:8", "IK4:9:67:1", "IK5:5"]
    assert answers[1].claim_number == "RC-1"
    assert answers[1].answered_on == date(2026, 2, 3)


def test_a_group_that_lists_no_set_is_answered_as_a_whole() -> None:
    for word, status in (("A*3*3*3", Status.ACCEPTED), ("R*3*3*0*2", Status.REJECTED)):
        answers, _ = read(sets_answered(last_word=word))
        assert [(each.level, each.status, each.subject) for each in answers] == [(Level.GROUP, status, "Group 17")]


def test_a_group_rejected_without_a_rejected_set_is_not_lost_behind_them() -> None:
    answers, _ = read(sets_answered(accepted_set(), last_word="R*1*1*0*5"))
    assert answers[-1].level is Level.GROUP
    assert answers[-1].codes == ["AK9:5"]


def test_a_997_and_a_ta1_are_read_too() -> None:
    old = [["AK2*837*0001", "AK3*NM1*15**8", "AK4*9*67*1*SECRET", "AK5*R*5"]]
    answers, _ = read(sets_answered(*old, last_word="R*1*1*0", kind="997"))
    assert (answers[0].kind, answers[0].status) == (Kind.FUNCTIONAL, Status.REJECTED)
    assert "SECRET" not in "".join(answers[0].codes)
    alone = interchange(["TA1*000000042*260203*0800*R*025"], groups=0)
    assert is_acknowledgment(BytesIO(alone))
    (answer,) = read(alone)[0]
    assert (answer.kind, answer.status, answer.codes) == (Kind.INTERCHANGE, Status.REJECTED, ["TA1:025"])


def test_a_remittance_is_no_acknowledgment_also_behind_a_ta1() -> None:
    assert not is_acknowledgment(BytesIO(file_of(Payment())))
    behind = file_of(Payment()).replace(b"GS*HP", b"TA1*000000042*260203*0800*A*000~\nGS*HP", 1)
    assert not is_acknowledgment(BytesIO(behind))
    assert not is_acknowledgment(BytesIO(b"no X12 at all"))


def test_a_file_with_payments_behind_its_answers_is_refused_so_that_they_are_not_lost() -> None:
    _, findings = read(claims_answered(Answered()) + file_of(Payment()))
    assert [finding.code for finding in findings if finding.severity is Severity.REJECT] == ["mixed_file"]


def test_a_claim_status_response_is_not_taken_for_an_acknowledgment() -> None:
    for content in (
        claims_answered(Answered(), guide="005010X212"),
        claims_answered(Answered(), guide="").replace(b"BHT*0085", b"BHT*0010"),
    ):
        answers, findings = read(content)
        assert answers == []
        assert "claim status response" in next(each.message for each in findings if each.severity is Severity.REJECT)


def test_counts_that_do_not_agree_are_said() -> None:
    _, findings = read(claims_answered(Answered(), said=(2, 1)))
    assert "2 claims are accepted and 1 rejected, but it lists 1 and 0" in findings[0].message
    _, findings = read(sets_answered(accepted_set(), last_word="P*3*3*1"))
    assert findings[0].code == "wrong_count"


def test_of_a_cut_file_what_stands_before_the_cut_is_kept_and_the_cut_is_said() -> None:
    whole = claims_answered(Answered("RC-1"), Answered("RC-2"), Answered("RC-3"))
    cut = whole[: whole.index(b"TRN*2*RC-3")]
    answers, findings = read(cut)
    assert [each.claim_number for each in answers if each.level is Level.CLAIM] == ["RC-1", "RC-2"]
    assert any("The report is cut" in finding.message for finding in findings)


def test_a_set_whose_end_is_cut_off_counts_as_rejected() -> None:
    whole = sets_answered(accepted_set("0001"), accepted_set("0002"), last_word="A*2*2*2")
    answers, findings = read(whole[: whole.rindex(b"IK5*A")])
    assert [each.status for each in answers] == [Status.ACCEPTED, Status.REJECTED]
    assert any("counts as rejected" in finding.message for finding in findings)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"hello", wrapped(["ST*999*0001"], "FA", "X")[:-40]])
def test_what_holds_no_answer_is_refused_with_a_sentence(content: bytes) -> None:
    answers, findings = read(content)
    assert answers == []
    assert findings[-1].severity is Severity.REJECT
    assert findings[-1].message.endswith(".")


WHOLE = claims_answered(Answered("RC-1"), REJECTED, said=(1, 1)) + sets_answered(
    accepted_set(), rejected_set("0002"), last_word="P*2*2*1"
)


@given(st.data())
def test_no_damage_makes_the_reader_fail_or_invent_an_acceptance(data: st.DataObject) -> None:
    """Bytes are cut out, doubled or changed anywhere: the reader answers, and no claim is accepted that was not."""
    at = data.draw(st.integers(106, len(WHOLE) - 1))
    end = data.draw(st.integers(at, min(len(WHOLE), at + 60)))
    put = data.draw(st.sampled_from([b"", WHOLE[at:end] * 2, b"~", b"*", b"\x00\xff", b"STC*", b"HL*9*1*PT~"]))
    answers, findings = read(WHOLE[:at] + put + WHOLE[end:])
    accepted = {each.claim_number for each in answers if each.level is Level.CLAIM and each.status is Status.ACCEPTED}
    assert "RC-2" not in accepted
    assert answers or findings
    for finding in findings:
        assert "FICTIONAL" not in finding.message
        assert "RC-1" not in finding.message


def test_codes_are_said_in_words_and_unknown_ones_as_they_stand() -> None:
    assert in_words("STC:A7:562:85") == "rejected: information is not valid: NPI (billing provider)"
    assert in_words("STC:A9:9999:ZZ") == "category A9: status 9999 (entity ZZ)"
    assert in_words("STC:A3") == "returned, cannot be processed"
    assert in_words("IK3:NM1:15:2010BA:8") == "segment NM1 of loop 2010BA (position 15) holds wrong elements"
    assert in_words("IK4:9:67:1") == "element 9 (data element 67) is missing"
    assert in_words("IK5:5") == "segments are in error"
    assert in_words("AK9:99") == "code 99"
    assert in_words("TA1:025") == "the control number was used before"
