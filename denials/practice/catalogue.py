"""What each facility bills: HCPCS Level II codes with the practice's own made-up prices.

Level II codes are public; CPT codes and texts are not ours to ship, so none appear.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Service:
    """One code as this practice bills it; `charge` is the price of one unit."""

    code: str
    charge: Decimal
    most_units: int = 1
    modifiers: tuple[str, ...] = ()


def _services(*rows: str) -> tuple[Service, ...]:
    """Rows of "code price [most units [modifier]]"."""
    services = []
    for row in rows:
        code, charge, *more = row.split()
        services.append(Service(code, Decimal(charge), int(more[0]) if more else 1, tuple(more[1:])))
    return tuple(services)


MAIN: dict[str, tuple[Service, ...]] = {
    "imaging": _services(
        *("C8900 1280", "C8903 1875", "C8905 1640", "C8908 1450", "C8909 1390", "C8911 1520", "C8918 1710"),
        *("C8929 890", "G0279 145 1 TC", "G0288 410", "R0070 210", "G0296 95 1 26"),
    ),
    "behavioral": _services(
        *("H0001 185", "H0004 42 6", "H0015 310", "H0031 165", "H0035 420", "H2011 55 8", "H2019 38 8"),
        *("H0038 24 6", "S9480 290", "H0032 120", "G2086 380"),
    ),
    "surgery": _services(
        *("G0105 1350", "G0121 1240", "G0104 620", "G0260 980 1 LT", "G0289 1760 1 RT", "G0413 2650", "G0342 3200"),
    ),
    "primary": _services(
        *("G0463 180", "G0438 265", "G0439 210", "G0402 255", "S0610 190", "G0101 85", "G0446 60", "G0283 65 2"),
    ),
}
EXTRA: dict[str, tuple[Service, ...]] = {
    "imaging": _services("A9579 3 20", "Q9967 2 100", "A9575 4 15", "A4648 115", "Q0092 35"),
    "behavioral": _services("T1017 28 6", "H0005 52 2", "G0177 75", "H0034 48", "H2014 30 4"),
    "surgery": _services("J0585 60 10", "C1713 385 4", "J1100 4 10", "J2704 2 40", "L8699 640", "G0281 95 1 59"),
    "primary": _services("J1885 20 4", "J0696 15 4", "J3420 12", "G0008 32", "G0009 32", "G0444 28 1 59", "G2211 24"),
}
REPORTING = Service("G8427", Decimal("0.01"))
"""A quality code that is billed for a penny and never paid."""
