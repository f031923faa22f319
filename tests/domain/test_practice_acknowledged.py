"""Acknowledgments of the made-up practice are read by the product's own reader as what they are meant to say."""

from __future__ import annotations

import io
from datetime import date

from denials.domain.acknowledgments import read_acknowledgments
from denials.domain.answers import Answer, Level, Status
from denials.practice.acknowledged import CLEARINGHOUSE, Receiver, Sent, acknowledge

CLAIM = Sent("RC-1", "Fictional", "Ada", "W1", date(2026, 10, 5), date(2026, 10, 7), "100.00")


def answers(receiver: Receiver, *claims: Sent) -> list[Answer]:
    content = acknowledge(receiver, "1000001018", "Fictional Imaging Center", claims, 7)
    read = list(read_acknowledgments(io.BytesIO(content)))
    assert all(isinstance(each, Answer) for each in read), read
    return [each for each in read if isinstance(each, Answer) and each.level is Level.CLAIM]


def test_a_payers_acceptance_proves_the_day_after_receipt() -> None:
    first, second = answers(Receiver("PR", "AETNA EXAMPLE", ""), CLAIM, CLAIM._replace(number="RC-2"))
    assert (first.status, first.source_is_payer, first.answered_on) == (Status.ACCEPTED, True, date(2026, 10, 8))
    assert (first.claim_number, first.service_from, second.claim_number) == ("RC-1", date(2026, 10, 5), "RC-2")


def test_what_the_clearinghouse_sent_back_is_a_rejection_and_no_payers_word() -> None:
    [answer] = answers(Receiver(*CLEARINGHOUSE), CLAIM._replace(answer="A7:562:85"))
    assert (answer.status, answer.source_is_payer) == (Status.REJECTED, False)
