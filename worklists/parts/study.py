"""The way of an imaging study to its payer, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.formatting import moment
from worklists.domain.imaging import Place


def way_in_words(way: Iterable[Place], today: date) -> list[dict[str, Any]]:
    return [_step(place, today) for place in way]


def _step(place: Place, today: date) -> dict[str, Any]:
    event: Any = place.event
    happened = (moment(event.at, today), event.who, event.interface, event.said) if event else ()
    return {
        "called": place.label,
        "attachment": event.attachment_id if event else "",
        "happened": " · ".join(part for part in happened if part),
        "is_ok": place.is_ok,
        "has_failed": place.has_failed,
    }
