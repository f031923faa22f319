"""How like two names of payers are, to propose the likely ones first. A proposal only: a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

_EVERYWHERE = "THE OF AND A HEALTH HEALTHCARE CARE PLAN PLANS INSURANCE MUTUAL COMPANY CO INC LLC GROUP BENEFITS"
EVERYWHERE = frozenset(_EVERYWHERE.split())
"""Words that many payers have, so that sharing them says nothing."""
LEAST = 0.5


def likeness(one: str, other: str) -> float:
    """From 0, nothing alike, to 1, the same but for case, punctuation and words that every payer has."""
    words, others = (_words(name) for name in (one, other))
    if not words or not others:
        return 0.0
    shared = len(words & others) / min(len(words), len(others))
    letters = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()
    return max(shared, letters)


def most_alike(names: Mapping[int, str], name: str, most: int = 5) -> list[int]:
    """The ids of the names that are like this one, the likest first."""
    ranked = sorted(((likeness(name, other), -key) for key, other in names.items()), reverse=True)
    return [-key for degree, key in ranked[:most] if degree >= LEAST]


def _words(name: str) -> frozenset[str]:
    spelled = "".join(sign if sign.isalnum() else " " for sign in name.upper())
    return frozenset(spelled.split()) - EVERYWHERE
