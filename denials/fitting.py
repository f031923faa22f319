"""Makes what a file says fit the columns that keep it. Whatever is cut is noted; the file keeps the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from operator import gt

from django.db.models import CharField, Model

from denials.copying import array, plain
from denials.domain.facts import Finding, Severity

MOST_NOTES = 20
MOST_TOTAL = Decimal("999999999999.99")


def widths(model: type[Model], columns: Sequence[str]) -> tuple[int, ...]:
    """The widths of these text columns, in this order."""
    found = []
    for column in columns:
        field = model._meta.get_field(column)
        assert isinstance(field, CharField), column
        assert field.max_length, column
        found.append(field.max_length)
    return tuple(found)


class TextColumns:
    """Text columns that are written together, in this order."""

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        self.widths = widths(model, names)
        # One look at the whole row: asking each text for its length and for COPY's syntax takes six times as long.
        self._as_it_is = re.compile("\t".join(rf"[^\t\n\r\\]{{0,{width}}}" for width in self.widths)).fullmatch

    def untouched(self, values: Sequence[str]) -> str:
        """The texts as COPY takes them, when none is too long or holds what COPY would take for syntax; else ""."""
        row = "\t".join(values)
        return row if self._as_it_is(row) else ""


class Fitting:
    """Cuts texts that are too long, for one payment, and collects the notes about it."""

    def __init__(self, transaction: int) -> None:
        self.transaction = transaction
        self.notes: list[Finding] = []

    def row(self, values: tuple[str, ...], columns: TextColumns, claim: int, segment: int) -> str:
        """The texts as COPY takes them, each no longer than its column."""
        return columns.untouched(values) or plain(self.texts(values, columns.widths, claim, segment))

    def array(self, values: Sequence[str], width: int, claim: int, segment: int) -> str:
        """The codes as COPY takes them, each no longer than `width`."""
        if not values:
            return "{}"
        return array(tuple(values), width) or self._cut_array(values, width, claim, segment)

    def texts(self, values: tuple[str, ...], widths: tuple[int, ...], claim: int, segment: int) -> tuple[str, ...]:
        """The same texts, each no longer than its width."""
        if not any(map(gt, map(len, values), widths)):
            return values
        self._note(f"A value in claim {claim} is longer than its column and was cut.", claim, segment)
        return tuple(value[:width] for value, width in zip(values, widths, strict=True))

    def _cut_array(self, values: Sequence[str], width: int, claim: int, segment: int) -> str:
        self._note(f"A code in claim {claim} is longer than any list has it and was cut.", claim, segment)
        return array(tuple(value[:width] for value in values), width) or "{}"

    def header(self, value: str, width: int, segment: int) -> str:
        """A text of the payment's opening, no longer than `width`."""
        if len(value) > width:
            self._note("A value in the opening of the payment is too long and was cut.", 0, segment)
        return value[:width]

    def total(self, value: Decimal, segment: int) -> Decimal:
        """A sum that its column holds: a payment beyond a trillion dollars is kept as the most that it holds."""
        if abs(value) <= MOST_TOTAL:
            return value
        self._note("A total of the payment is beyond a trillion dollars and is not kept in full.", 0, segment)
        return MOST_TOTAL.copy_sign(value)

    def _note(self, message: str, claim: int, segment: int) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Finding(Severity.NOTE, "value_cut", message, segment, self.transaction, claim))
