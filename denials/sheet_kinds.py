"""What the rows of a sheet may be: which columns each kind has, how it is checked and how it is recorded.

An app above registers its own kind in `ready()`; keeping, naming columns, the report and the confirmation are the same
for all (`denials/sheets.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from accounts.models import Facility, User
from denials.domain.heads import guessed
from denials.models import RemittanceFile, Sheet

MOST_ROWS = 5_000
"""Of a sheet whose kind says nothing else."""


class CheckedRow(Protocol):
    """One row of a sheet as it is understood, or why it is not."""

    number: int
    faults: list[str]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that people look at before they confirm."""

    called: str
    number: int
    meaning: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a row that is recorded all the same."""

    number: int
    whose: str
    sentence: str


@dataclass(slots=True)
class Checked:
    """What recording a sheet would do."""

    rows: Sequence[Any] = ()
    """Each a `CheckedRow`."""
    ready: int = 0
    """Things that would be recorded."""
    known: int = 0
    """Things that are recorded already."""
    new_payers: set[str] = field(default_factory=set)
    denied: Decimal | None = None
    """Dollars, for sheets of denials."""
    figures: Sequence[Figure] = ()
    """What else this kind has to say."""
    doubts: Sequence[Doubt] = ()

    @property
    def faulty(self) -> list[Any]:
        return [row for row in self.rows if row.faults]


Cells = Mapping[str, str]
"""What stands in one row, by what it means."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheet. `check` writes nothing; `record` takes what it answered, in the person's name."""

    key: str
    called: str
    """A sheet of it: "Sheet of denials"."""
    noun: str
    """One thing that is recorded: "claim"."""
    meanings: Mapping[str, str]
    required: Sequence[str]
    heads: Mapping[str, Sequence[str]]
    """The words in the head of a column that tell what it means."""
    why_not: Callable[[Mapping[str, str]], str]
    """Why these columns cannot be all; empty when they can."""
    check: Callable[[Sheet, Sequence[tuple[int, Cells]], User], Checked]
    record: Callable[[Sheet, Any, User], RemittanceFile | None]
    most_rows: int = MOST_ROWS
    words: Callable[[Any], Mapping[str, str]] | None = None
    """How the cells of a checked row were understood; None where they say it themselves."""

    def guess(self, columns: Sequence[str], chosen: Mapping[str, str] | None = None) -> dict[str, str]:
        """The column for each meaning that its head tells, besides those `chosen` by somebody: head by meaning."""
        chosen = chosen or {}
        free = [column for column in columns if column not in chosen.values()]
        return guessed(free, {meaning: words for meaning, words in self.heads.items() if meaning not in chosen})


KINDS: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> None:
    KINDS[kind.key] = kind


class Facilities:
    """The facilities that a person may see, by NPI and by name. Another one is as unknown as one that is not there."""

    def __init__(self, user: User, usual: Facility | None) -> None:
        own = list(Facility.objects.all().visible_to(user))
        self._known = {each.name.upper(): each for each in own} | {each.npi.upper(): each for each in own}
        self._usual = usual if usual in own else None

    def named(self, text: str) -> Facility | None:
        return self._known.get(text.strip().upper()) if text.strip() else self._usual

    def fault(self, text: str) -> str:
        if self.named(text):
            return ""
        if text:
            return f"No facility of yours is called “{text[:40]}”."
        return "The facility is missing: choose the one of rows that name none."
