"""Money that a file may have garbled."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from denials.domain.conclusion import ZERO


def amount_of(value: Decimal | None) -> Decimal:
    """The amount, or zero when the file holds none that can be read."""
    return value if value is not None and value.is_finite() else ZERO


def total(values: Iterable[Decimal]) -> Decimal:
    """Sum as Decimal also when there is nothing to add."""
    return sum(values, ZERO)


def dollars(value: Decimal) -> str:
    """An amount in a sentence, such as "$1,450.00"."""
    return f"${value:,.2f}" if value >= 0 else f"−${-value:,.2f}"
