"""What a note and a contact with a payer left, in words. Pure text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

HEADLINES = {"call": "Call", "portal": "Portal", "fax": "Fax", "letter": "Letter", "internal": "Note"}
SAID = {
    "spoke_to": "spoke to {}",
    "reference": "reference {}",
    "outcome": "outcome: {}",
    "promised_on": "promised by {}",
    "hold_minutes": "{} minutes on hold",
}


def headline(facts: Mapping[str, Any]) -> str:
    """What kind of note it is; empty for one that says nothing of its kind."""
    return HEADLINES.get(str(facts.get("channel", "")), "")


def in_words(contact: Mapping[str, Any]) -> str:
    """`contact` as it stands in the facts of an activity, as one sentence; empty parts are left out."""
    parts = [words.format(_shown(name, contact[name])) for name, words in SAID.items() if contact.get(name)]
    sentence = ", ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _shown(name: str, value: Any) -> str:
    if name != "promised_on":
        return str(value).rstrip(".")
    day = date.fromisoformat(str(value))
    return f"{day.day} {day:%b %Y}"
