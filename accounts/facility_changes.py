"""Who hears that a facility is about to be called otherwise: apps above this one register in their `ready()`."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Facility

Changing = Callable[[Facility, Facility], None]
"""Told the facility as it stands and as it will be, before it is saved."""
_CHANGING: list[Changing] = []


def register(changing: Changing) -> None:
    """Called by an app in its `ready()`."""
    _CHANGING.append(changing)


def tell(was: Facility, now: Facility) -> None:
    for changing in _CHANGING:
        changing(was, now)
