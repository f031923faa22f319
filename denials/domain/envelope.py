"""Follows the envelopes around transactions (ISA to IEA, GS to GE) and checks their counts and control numbers."""

from __future__ import annotations

from denials.domain.finding_log import FindingLog

_PAD = ("",) * 17


class Envelope:
    """Where in a file the reader stands, and who sent it."""

    def __init__(self, log: FindingLog) -> None:
        self.sender = self.receiver = self.interchange = ""
        self.sender_qualifier = self.application_sender = ""
        self.group = self.version = ""
        self.component = ":"
        self._log = log
        self._groups = self._transactions = 0
        self._in_interchange = self._in_group = False

    def isa(self, elements: list[str], index: int) -> None:
        """Begin an interchange; a group or interchange still open lacks its trailer."""
        self.end(index)
        elements += _PAD
        self.sender, self.receiver = elements[6].strip(), elements[8].strip()
        self.sender_qualifier, self.application_sender = elements[5].strip(), ""
        self.interchange = elements[13].strip()
        self.component = elements[16] or ":"
        self.group = self.version = ""
        self._groups = 0
        self._in_interchange = True

    def gs(self, elements: list[str], index: int) -> None:
        """Begin a group."""
        self._end_group(index)
        elements += _PAD
        self.application_sender = elements[2].strip()
        self.group, self.version = elements[6].strip(), elements[8].strip()
        self._groups += 1
        self._transactions = 0
        self._in_group = True

    def st(self) -> None:
        """Count a transaction of the group."""
        self._transactions += 1

    def ge(self, elements: list[str], index: int) -> None:
        """End a group: GE01 counts its transactions, GE02 repeats GS06."""
        elements += _PAD
        if not self._in_group:
            self._log.note("out_of_place", f"Group trailer GE in segment {index} closes no group.", index)
            return
        self._in_group = False
        self._compare("GE01", elements[1], self._transactions, "transactions", index)
        self._match("GE02", elements[2], "GS06", self.group, index)

    def iea(self, elements: list[str], index: int) -> None:
        """End an interchange: IEA01 counts its groups, IEA02 repeats ISA13."""
        self._end_group(index)
        elements += _PAD
        if not self._in_interchange:
            self._log.note("out_of_place", f"Trailer IEA in segment {index} closes no interchange.", index)
            return
        self._in_interchange = False
        self._compare("IEA01", elements[1], self._groups, "groups", index)
        self._match("IEA02", elements[2], "ISA13", self.interchange, index)

    def end(self, index: int) -> None:
        """Close whatever is open, at the next ISA or the end of the file."""
        self._end_group(index)
        if self._in_interchange:
            self._log.note("missing_trailer", f"The interchange lacks its trailer IEA at segment {index}.", index)
        self._in_interchange = False

    def _end_group(self, index: int) -> None:
        if self._in_group:
            self._log.note("missing_trailer", f"The group lacks its trailer GE at segment {index}.", index)
        self._in_group = False

    def _compare(self, name: str, said: str, counted: int, what: str, index: int) -> None:
        if not same_count(said, counted):
            self._log.note("wrong_count", f"{name} in segment {index} does not say {counted} {what}.", index)

    def _match(self, name: str, said: str, opening: str, meant: str, index: int) -> None:
        if said.strip() != meant:
            self._log.note("control_number", f"{name} in segment {index} does not repeat {opening}.", index)


def same_count(said: str, counted: int) -> bool:
    """Whether the text of a count element says `counted`; leading zeros do not matter."""
    return said.strip().lstrip("0") == str(counted).lstrip("0")
