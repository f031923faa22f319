"""Reads the body of a 999 (005010X231) or a 997: what the receiver's syntax check made of each set that we sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from denials.domain.answers import Answer, Kind, Level, Status
from denials.domain.finding_log import FindingLog

_PAD = ("",) * 10
_MOST_CODES = 40
_BY_CODE = {
    "A": Status.ACCEPTED,
    "E": Status.WITH_ERRORS,
    "P": Status.WITH_ERRORS,
    "R": Status.REJECTED,
    "M": Status.REJECTED,
    "W": Status.REJECTED,
    "X": Status.REJECTED,
}
"""IK501, AK501 and AK901; P (some sets accepted) stands for groups only."""


class FunctionalAcknowledgment:
    """Takes the segments of one 999 or 997; `answers` holds what is whole so far."""

    def __init__(self, kind: Kind, transaction: int, component: str, log: FindingLog) -> None:
        self.answers: list[Answer] = []
        self.source_name, self.reference = "", ""
        self.reported_on: date | None = None
        self._kind, self._transaction, self._component, self._log = kind, transaction, component, log
        self._group = "group without a number"
        self._open: Answer | None = None
        self._claims: list[str] = []
        self._is_closed = False
        self._listed = self._rejected = 0
        self.take: dict[str, Callable[[list[str], int], None]] = {
            "AK1": self._ak1, "AK2": self._ak2, "IK3": self._error, "AK3": self._error, "IK4": self._error,
            "AK4": self._error, "CTX": self._ctx, "IK5": self._ik5, "AK5": self._ik5, "AK9": self._ak9,
        }  # fmt: skip

    def close(self, last: int) -> None:
        """The report ends here, or is cut here."""
        if self._open is not None:
            self._note_silence(self._open.segment_from)
            self._end(last)
        if not self._is_closed:
            self._log.note("no_status", f"The report has no last word on the {self._group} (AK9).", last)

    def _note_silence(self, segment: int) -> None:
        self._log.note(
            "no_status",
            f"What became of the set in segment {segment} is not said (IK5): it counts as rejected until the whole"
            " report is here.",
            segment,
        )

    def _ak1(self, elements: list[str], index: int) -> None:
        elements += _PAD
        self._group = f"group {elements[2].strip() or 'without a number'}"

    def _ak2(self, elements: list[str], index: int) -> None:
        elements += _PAD
        if self._open is not None:
            self._end(index - 1)
        what, number = elements[1].strip(), elements[2].strip()
        self._open = self._answer(Level.SET, Status.REJECTED, index, f"{what} set {number} of {self._group}")

    def _answer(self, level: Level, status: Status, index: int, subject: str) -> Answer:
        return Answer(
            kind=self._kind,
            level=level,
            status=status,
            transaction=self._transaction,
            segment_from=index,
            segment_to=index,
            subject=subject,
            source_name=self.source_name,
            reference=self.reference,
            reported_on=self.reported_on,
            answered_on=self.reported_on,
        )

    def _error(self, elements: list[str], index: int) -> None:
        """IK3: segment, position, loop, code. IK4: position, data element, code; the bad value stays out, for it may be
        a patient's.
        """
        if self._open is None or len(self._open.codes) >= _MOST_CODES:
            return
        last = 5 if elements[0] in ("IK3", "AK3") else 4
        parts = [part.strip().replace(self._component, "-") for part in [*elements, *_PAD][1:last]]
        self._open.codes.append(":".join([f"IK{elements[0][2]}", *parts]))

    def _ctx(self, elements: list[str], index: int) -> None:
        """CTX*CLM01:number names the claim that an error stands in."""
        what, _, value = (elements[1] if len(elements) > 1 else "").partition(self._component)
        if what.strip() == "CLM01" and value.strip():
            self._claims.append(value.strip())

    def _ik5(self, elements: list[str], index: int) -> None:
        if self._open is None:
            self._log.note("out_of_place", f"{elements[0]} in segment {index} closes no set; it is not read.", index)
            return
        elements += _PAD
        self._open.status = self._status(elements[1], elements[0], index)
        self._open.codes += [f"IK5:{code.strip()}" for code in elements[2:7] if code.strip()]
        self._end(index)

    def _end(self, last: int) -> None:
        assert self._open is not None, "a set is open"
        self._open.segment_to = last
        if len(set(self._claims)) == 1:
            self._open.claim_number = self._claims[0]
        self.answers.append(self._open)
        self._listed += 1
        self._rejected += self._open.status is Status.REJECTED
        self._open, self._claims = None, []

    def _ak9(self, elements: list[str], index: int) -> None:
        elements += _PAD
        if self._open is not None:
            self._note_silence(self._open.segment_from)
            self._end(index - 1)
        self._is_closed = True
        status = self._status(elements[1], "AK9", index)
        if not self._listed or (status is Status.REJECTED and not self._rejected):
            answer = self._answer(Level.GROUP, status, index, self._group.capitalize())
            answer.codes = [f"AK9:{code.strip()}" for code in elements[5:10] if code.strip()]
            self.answers.append(answer)
        self._check(elements, index)

    def _check(self, elements: list[str], index: int) -> None:
        """AK903 counts the sets received, AK904 those accepted; a report may leave accepted sets out of its list."""
        received, accepted = (_number(elements[at]) for at in (3, 4))
        if not self._listed or received is None or accepted is None:
            return
        if self._listed > received or self._rejected != received - accepted:
            self._log.note(
                "wrong_count",
                f"AK9 in segment {index} says {received} sets received and {accepted} accepted, but {self._listed} are"
                f" listed, {self._rejected} of them rejected. Ask the receiver for the whole report.",
                index,
            )

    def _status(self, code: str, name: str, index: int) -> Status:
        status = _BY_CODE.get(code.strip().upper())
        if status is None:
            self._log.note(
                "unknown_status", f"{name} in segment {index} holds no known code: taken for a rejection.", index
            )
        return status or Status.REJECTED


def _number(text: str) -> int | None:
    return int(text.strip()) if text.strip().isdigit() and len(text.strip()) <= 9 else None
