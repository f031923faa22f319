"""Reads the body of a 277CA (005010X214; 004040X167 leniently): what became of each claim of an 837.

Levels (HL03): 20 who answers, 21 who sent the batch, 19 the provider, PT (or 22, 23) the patient. A TRN at the patient
opens a claim; STC says what became of it, and REF*1K is the payer's own number for it from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from denials.domain.answers import Answer, Kind, Level, Status
from denials.domain.elements import DAY, MONEY
from denials.domain.finding_log import FindingLog

_PAD = ("",) * 14
_SOURCE, _RECEIVER, _PROVIDER = "20", "21", "19"
_PATIENT = ("PT", "22", "23")
_PAYER = "PR"
_MOST_CODES = 40
BY_CATEGORY = {
    "A0": Status.RECEIVED,
    "A1": Status.RECEIVED,
    "A2": Status.ACCEPTED,
    "A3": Status.REJECTED,
    "A4": Status.REJECTED,
    "A5": Status.ACCEPTED,
    "A6": Status.REJECTED,
    "A7": Status.REJECTED,
    "A8": Status.REJECTED,
}
"""Claim status category codes of the acknowledgment (X12 list 507, A0 to A8)."""
_WORST_FIRST = (Status.REJECTED, Status.ACCEPTED, Status.RECEIVED)


@dataclass(slots=True)
class _Source:
    name: str = ""
    identifier: str = ""
    is_payer: bool = False
    received_on: date | None = None
    processed_on: date | None = None


class ClaimAcknowledgment:
    """Takes the segments of one 277CA; `answers` holds what is whole so far."""

    def __init__(self, transaction: int, component: str, log: FindingLog) -> None:
        self.answers: list[Answer] = []
        self.is_other_guide = False
        self._transaction = transaction
        self._component = component
        self._log = log
        self._level = ""
        self._source = _Source()
        self._provider_npi = ""
        self._patient = ("", "", "")
        self._reference = ""
        self._reported_on: date | None = None
        self._open: Answer | None = None
        self._categories: list[Status] = []
        self._line_is_rejected = False
        self._in_line = False
        self._said = {"90": 0, "AA": 0}
        self._counted = {"90": 0, "AA": 0}
        self._has_said = False
        self.take: dict[str, Callable[[list[str], int], None]] = {
            "BHT": self._bht, "HL": self._hl, "NM1": self._nm1, "TRN": self._trn, "DTP": self._dtp, "STC": self._stc,
            "QTY": self._qty, "REF": self._ref, "SVC": self._svc, "AMT": _ignore, "PER": _ignore, "SBR": _ignore,
        }  # fmt: skip

    def close(self, last: int) -> None:
        """The report ends here, or is cut here."""
        self._close_answer(last)
        if self._has_said and self._said != self._counted:
            self._log.note(
                "wrong_count",
                f"The report says that {self._said['90']} claims are accepted and {self._said['AA']} rejected, but it"
                f" lists {self._counted['90']} and {self._counted['AA']}. Ask the sender whether claims are missing.",
                last,
            )

    def _bht(self, elements: list[str], index: int) -> None:
        elements += _PAD
        self._reference, self._reported_on = elements[3].strip(), DAY[elements[4]]
        self.is_other_guide = elements[1].strip() in ("0010", "0019")

    def _hl(self, elements: list[str], index: int) -> None:
        self._close_answer(index - 1)
        elements += _PAD
        self._level = elements[3].strip()
        if self._level in (_SOURCE, _RECEIVER):
            self._provider_npi = ""
        if self._level == _SOURCE:
            self._source = _Source()
        self._patient = ("", "", "")

    def _nm1(self, elements: list[str], index: int) -> None:
        elements += _PAD
        role, identifier = elements[1].strip(), elements[9].strip()
        if self._level == _SOURCE:
            self._source.name, self._source.identifier = elements[3].strip(), identifier
            self._source.is_payer = role == _PAYER
        elif self._level == _PROVIDER and elements[8].strip() == "XX":
            self._provider_npi = identifier
        elif self._level in _PATIENT and role in ("QC", "IL"):
            self._patient = (elements[3].strip(), elements[4].strip(), identifier)

    def _trn(self, elements: list[str], index: int) -> None:
        if self._level == _SOURCE:
            return
        self._close_answer(index - 1)
        elements += _PAD
        number = elements[2].strip()
        is_claim = self._level in _PATIENT
        self._open = Answer(
            kind=Kind.CLAIMS,
            level=Level.CLAIM if is_claim else Level.BATCH,
            status=Status.RECEIVED,
            transaction=self._transaction,
            segment_from=index,
            subject=f"Claim {number}" if is_claim else f"Batch {number}",
            source_name=self._source.name,
            source_id=self._source.identifier,
            source_is_payer=self._source.is_payer,
            reference=self._reference,
            reported_on=self._reported_on,
            provider_npi=self._provider_npi,
            claim_number=number if is_claim else "",
            received_on=self._source.received_on,
        )
        if is_claim:
            self._open.patient_last, self._open.patient_first, self._open.member_id = self._patient

    def _dtp(self, elements: list[str], index: int) -> None:
        elements += _PAD
        kind = elements[1].strip()
        first, _, last = elements[3].strip().partition("-")
        day, end = DAY[first], DAY[last or first]
        if day is None:
            self._log.bad_value("DTP03", "date", index)
        elif self._level == _SOURCE and kind == "050":
            self._source.received_on = day
        elif self._level == _SOURCE and kind == "009":
            self._source.processed_on = day
        elif kind == "472" and self._open and self._open.level == Level.CLAIM:
            known = [each for each in (self._open.service_from, day) if each]
            ends = [each for each in (self._open.service_to, end) if each]
            self._open.service_from, self._open.service_to = min(known), max(ends)

    def _stc(self, elements: list[str], index: int) -> None:
        if self._open is None:
            self._log.note("out_of_place", f"STC in segment {index} belongs to no claim; it is not read.", index)
            return
        elements += _PAD
        answer, day = self._open, DAY[elements[2]]
        if not self._in_line:
            answer.amount = answer.amount if answer.amount is not None else MONEY[elements[4]]
        if day and (answer.answered_on is None or day > answer.answered_on):
            answer.answered_on = day
        answer.message = answer.message or elements[12].strip()
        for composite in (elements[1], elements[10], elements[11]):
            if composite.strip() and len(answer.codes) < _MOST_CODES:
                self._take_code(answer, composite.strip(), elements[3].strip(), index)

    def _take_code(self, answer: Answer, composite: str, action: str, index: int) -> None:
        parts = composite.split(self._component)
        answer.codes.append(":".join(["STC", *parts]))
        status = BY_CATEGORY.get(parts[0].strip().upper())
        if status is None:
            self._log.note(
                "unknown_category",
                f"STC in segment {index} holds a category that no acknowledgment has; only its action code"
                f" ({action or 'none'}) is believed.",
                index,
            )
            status = Status.REJECTED if action == "U" else Status.RECEIVED
        if self._in_line:
            self._line_is_rejected |= status is Status.REJECTED
        else:
            self._categories.append(status)

    def _qty(self, elements: list[str], index: int) -> None:
        """QTY*90 accepted and QTY*AA rejected, of the whole batch; those of single providers add up to the same."""
        elements += _PAD
        if self._level == _RECEIVER and elements[1].strip() in self._said and elements[2].strip().isdigit():
            self._said[elements[1].strip()] += int(elements[2].strip()[:9])
            self._has_said = True

    def _ref(self, elements: list[str], index: int) -> None:
        elements += _PAD
        if self._open is None or self._in_line:
            return
        if elements[1].strip() == "1K":
            self._open.payer_control_number = elements[2].strip()
        elif elements[1].strip() == "D9":
            self._open.clearinghouse_number = elements[2].strip()

    def _svc(self, elements: list[str], index: int) -> None:
        self._in_line = True

    def _close_answer(self, last: int) -> None:
        answer, self._open = self._open, None
        categories, self._categories = self._categories, []
        line_is_rejected, self._line_is_rejected, self._in_line = self._line_is_rejected, False, False
        if answer is None or (answer.level is Level.BATCH and not categories):
            return
        answer.segment_to = last
        answer.answered_on = answer.answered_on or self._source.processed_on or self._reported_on
        if not categories:
            self._log.note(
                "no_status", f"The claim in segment {answer.segment_from} has no status (STC).", answer.segment_from
            )
        else:
            answer.status = next(status for status in _WORST_FIRST if status in categories)
        if answer.status is Status.ACCEPTED and line_is_rejected:
            answer.status = Status.WITH_ERRORS
        if answer.level is Level.CLAIM:
            self._counted["AA" if answer.status is Status.REJECTED else "90"] += 1
        self.answers.append(answer)


def _ignore(elements: list[str], index: int) -> None:
    """A segment that belongs here and says nothing that is kept."""
