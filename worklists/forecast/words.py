"""How the forecast writes what is expected, and where eight of ten runs lie."""

from __future__ import annotations

from decimal import Decimal

from accounts.formatting import dollars
from worklists.domain.forecast_plan import Band

SELDOM, PRECISE_BELOW = 0.05, 20


def span(band: Band) -> str:
    """Where eight of ten runs lie: `9 to 21`, or one figure where they agree."""
    return _span(f"{band.low:,.0f}", f"{band.high:,.0f}")


def dollar_span(band: Band) -> str:
    return _span(dollars(Decimal(band.low)), dollars(Decimal(band.high)))


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def expected(band: Band) -> str:
    return dollars(Decimal(band.expected))


def count(band: Band) -> str:
    """`1.4`, `312`, `none`: parts of an item say something only while there are few."""
    if band.expected < SELDOM:
        return "none"
    return f"{band.expected:,.1f}" if band.expected < PRECISE_BELOW else f"{band.expected:,.0f}"
