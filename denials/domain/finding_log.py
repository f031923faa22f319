"""Collects what is wrong or odd in a file, in the order met, without letting one broken file flood the rest."""

from __future__ import annotations

from collections import Counter

from denials.domain.facts import Finding, RemittanceEvent, Severity

_MOST_OF_A_KIND = 100
"""In one transaction; the rest are only counted."""


class FindingLog:
    """Adds findings to the events that wait to be yielded. Holds are never left out, notes after 100 of a kind are."""

    def __init__(self) -> None:
        self.events: list[RemittanceEvent] = []
        self.transaction = 0
        self.claim = 0
        self._notes: Counter[str] = Counter()

    def note(self, code: str, message: str, segment: int | None = None) -> None:
        """Say something worth knowing. The message must hold no patient data."""
        self._notes[code] += 1
        if self._notes[code] <= _MOST_OF_A_KIND:
            self._add(Severity.NOTE, code, message, segment)

    def hold(self, code: str, message: str, segment: int | None = None) -> None:
        """Say that a person must decide before work is made of this transaction."""
        self._add(Severity.HOLD, code, message, segment)

    def reject(self, code: str, message: str) -> None:
        """Say that the file is not readable as a remittance."""
        self.transaction = self.claim = 0
        self._add(Severity.REJECT, code, message, None)

    def bad_value(self, name: str, kind: str, segment: int) -> None:
        """Say that an element holds no readable value: `name` as in CLP03, `kind` as in amount."""
        self.note(f"bad_{kind}", f"{name} in segment {segment} holds no readable {kind}; it is left empty.", segment)

    def summarise(self) -> None:
        """Close a transaction: say how many notes were left out, and count anew."""
        self.claim = 0
        for code, count in self._notes.items():
            if count > _MOST_OF_A_KIND:
                more = count - _MOST_OF_A_KIND
                self._add(Severity.NOTE, code, f"{more} more notes of this kind ({code}) were left out.", None)
        self._notes.clear()

    def _add(self, severity: Severity, code: str, message: str, segment: int | None) -> None:
        self.events.append(Finding(severity, code, message, segment, self.transaction, self.claim))
