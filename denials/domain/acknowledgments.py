"""Reads acknowledgments (999, 997, TA1, 277CA) answer by answer, in constant memory.

Never raises on what the file holds: what cannot be read is said in a finding, and what stands before a cut is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from denials.domain.answers import Answer, Kind, Level, Status
from denials.domain.claim_acknowledgment import ClaimAcknowledgment
from denials.domain.elements import DAY
from denials.domain.envelope import Envelope, same_count
from denials.domain.facts import Finding
from denials.domain.finding_log import FindingLog
from denials.domain.functional_acknowledgment import FunctionalAcknowledgment
from denials.domain.x12 import NotReadable, segments

_PAD = ("",) * 9
_KINDS = {"277": Kind.CLAIMS, "999": Kind.IMPLEMENTATION, "997": Kind.FUNCTIONAL}
_GROUPS = ("FA", "HN")
_REMITTANCE = "835"
_CLAIM_GUIDES = ("X214", "X167")
_TA1 = {"A": Status.ACCEPTED, "E": Status.WITH_ERRORS, "R": Status.REJECTED}
_LOOKED_AT = 5_000
"""Segments before the first ST, against a file that has none."""
_Body = ClaimAcknowledgment | FunctionalAcknowledgment


def is_acknowledgment(source: BinaryIO) -> bool:
    """Whether the first thing that a file holds is an acknowledgment: by ST01, by GS01, or a TA1 alone."""
    has_ta1 = False
    try:
        for index, elements in segments(source):
            if elements[0] == "ST":
                return (elements[1:2] or [""])[0].strip() in _KINDS
            if elements[0] == "GS" and (elements[1:2] or [""])[0].strip() in _GROUPS:
                return True
            has_ta1 |= elements[0] == "TA1"
            if index > _LOOKED_AT:
                break
    except NotReadable:
        return False
    return has_ta1


def read_acknowledgments(source: BinaryIO) -> Iterator[Answer | Finding]:
    """Yield the answers of a file in order, with findings in between.

    A file of which nothing can be used ends with one finding of severity reject. So does one that holds a remittance
    too: its payments must not get lost behind the answers.
    """
    reader = _Reader()
    try:
        for index, elements in segments(source):
            reader.take(elements, index)
            yield from reader.ready()
    except NotReadable as problem:
        reader.give_up(str(problem))
    reader.finish()
    yield from reader.ready()


class _Reader:
    def __init__(self) -> None:
        self.log = FindingLog()
        self._envelope = Envelope(self.log)
        self._answers: list[Answer] = []
        self._given = 0
        self._body: _Body | None = None
        self._skipped = False
        self._sent_on: date | None = None
        self._control, self._begins, self._last = "", 0, -1
        self._transactions = 0
        self._refused = False
        self._other = ""

    def ready(self) -> Iterator[Answer | Finding]:
        if self._body is not None and self._body.answers:
            self._answers += self._body.answers
            self._body.answers.clear()
        self._given += len(self._answers)
        yield from self._answers
        yield from self.log.events  # type: ignore[misc]  # this log is given findings only
        self._answers.clear()
        self.log.events.clear()

    def take(self, elements: list[str], index: int) -> None:
        self._last = index
        name = elements[0]
        if name == "TA1":
            self._ta1(elements, index)
        elif name in ("ISA", "GS", "GE", "IEA", "ST"):
            self._cut_if_open(index)
            getattr(self, f"_{name.lower()}")(elements, index)
        elif name == "SE":
            self._se(elements, index)
        elif self._body is not None and name in self._body.take:
            self._body.take[name](elements, index)
            if isinstance(self._body, ClaimAcknowledgment) and self._body.is_other_guide:
                self._body = None
                self._skip("277")
        elif not self._skipped:
            self._odd(name, index)

    def give_up(self, why: str) -> None:
        """The rest cannot be read."""
        if self._last < 0:
            self._refused = True
            self.log.reject("not_readable", why)
        else:
            self.log.note("rest_not_readable", f"The file cannot be read after segment {self._last}: {why}", self._last)

    def finish(self) -> None:
        """The file ends here."""
        if self._refused:
            return
        self._cut_if_open(self._last + 1)
        self._envelope.end(self._last)
        self.log.summarise()
        if not self._given + len(self._answers) + (len(self._body.answers) if self._body else 0):
            text = f"The file is X12, but holds no answer about anything that was sent. {self._other}".strip()
            self.log.reject("no_answer", text)

    def _isa(self, elements: list[str], index: int) -> None:
        self._envelope.isa(elements, index)

    def _gs(self, elements: list[str], index: int) -> None:
        self._envelope.gs(elements, index)
        self._sent_on = DAY[elements[4]]

    def _ge(self, elements: list[str], index: int) -> None:
        self._envelope.ge(elements, index)

    def _iea(self, elements: list[str], index: int) -> None:
        self._envelope.iea(elements, index)

    def _st(self, elements: list[str], index: int) -> None:
        self._envelope.st()
        elements += _PAD
        self._transactions += 1
        self.log.transaction = self._transactions
        self._control, self._begins = elements[2].strip(), index
        what, guide = elements[1].strip(), elements[3].strip() or self._envelope.version
        kind = _KINDS.get(what)
        if what == _REMITTANCE:
            self._refuse_remittance()
        if kind is None or (kind is Kind.CLAIMS and _is_other_guide(guide)):
            self._skip(what)
        elif kind is Kind.CLAIMS:
            self._body = ClaimAcknowledgment(self._transactions, self._envelope.component, self.log)
        else:
            self._body = FunctionalAcknowledgment(kind, self._transactions, self._envelope.component, self.log)
            self._body.source_name = self._envelope.sender
            self._body.reference, self._body.reported_on = self._envelope.group, self._sent_on

    def _refuse_remittance(self) -> None:
        if not self._refused:
            self._refused = True
            self.log.reject(
                "mixed_file",
                "The file holds acknowledgments and a remittance (835) together. Ask the sender for one file of each,"
                " or split it: the payments must not get lost behind the answers.",
            )

    def _skip(self, what: str) -> None:
        self._skipped = True
        kind = "a claim status response (277), no acknowledgment" if what == "277" else "no acknowledgment"
        self._other = f"Transaction {self._transactions} is {kind}: not read."
        self.log.note("other_transaction", self._other)

    def _se(self, elements: list[str], index: int) -> None:
        if self._body is None:
            if not self._skipped:
                self._odd("SE", index)
            self._skipped = False
            return
        elements += _PAD
        counted = index - self._begins + 1
        if not same_count(elements[1], counted):
            self.log.note("wrong_count", f"SE01 in segment {index} does not say {counted} segments.", index)
        if elements[2].strip() != self._control:
            self.log.note("control_number", f"SE02 in segment {index} does not repeat ST02.", index)
        self._leave(index - 1)

    def _cut_if_open(self, index: int) -> None:
        if self._body is not None:
            self.log.note(
                "cut_transaction",
                f"The report is cut: it has no trailer (SE) before segment {index}. What stands before the cut is kept;"
                " ask the sender for the whole file.",
                index,
            )
            self._leave(index - 1)
        self._skipped = False

    def _leave(self, last: int) -> None:
        assert self._body is not None, "a report is open"
        self._body.close(last)
        self._answers += self._body.answers
        self._body = None
        self._skipped = False
        self.log.summarise()

    def _ta1(self, elements: list[str], index: int) -> None:
        elements += _PAD
        note = elements[5].strip()
        self._answers.append(
            Answer(
                kind=Kind.INTERCHANGE,
                level=Level.INTERCHANGE,
                status=_TA1.get(elements[4].strip(), Status.REJECTED),
                transaction=0,
                segment_from=index,
                segment_to=index,
                subject=f"Interchange {elements[1].strip()}",
                source_name=self._envelope.sender,
                reference=self._envelope.interchange,
                reported_on=DAY[elements[2]],
                answered_on=DAY[elements[2]],
                codes=[f"TA1:{note}"] if note not in ("", "000") else [],
            )
        )

    def _odd(self, name: str, index: int) -> None:
        what = f"({name})" if name.isalnum() and len(name) <= 3 else "with an unreadable id"
        if not name:
            self.log.note("damaged_segment", f"Segment {index} is not whole: it lacks its id or its end.", index)
        else:
            self.log.note(
                "unknown_segment", f"Segment {index} {what} is not part of an acknowledgment: not read.", index
            )


def _is_other_guide(guide: str) -> bool:
    """Whether the guide is named, and is not the claim acknowledgment's: such as X212, the claim status response."""
    return "X" in guide[6:] and not any(name in guide for name in _CLAIM_GUIDES)
