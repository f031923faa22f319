"""How like two names of payers are, to propose the likely ones first. A proposal only: a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher

_EVERYWHERE = "THE OF AND A HEALTH HEALTHCARE CARE PLAN PLANS INSURANCE MUTUAL COMPANY CO INC LLC GROUP BENEFITS"
EVERYWHERE = frozenset(_EVERYWHERE.split())
"""Words that many payers have, so that sharing them says nothing."""
LEAST = 0.5
ONE_MISSPELT = 0.75
"""Names of which fewer letters agree are different words, not one misspelt."""


def likeness(one: str, other: str, common: frozenset[str] = frozenset()) -> float:
    """From 0, nothing alike, to 1, the same but for case, punctuation and words that say nothing."""
    words, others = (_words(name) - common for name in (one, other))
    if not words or not others:
        return 0.0
    shared = len(words & others) / min(len(words), len(others))
    letters = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()
    return max(shared, letters if letters >= ONE_MISSPELT else 0.0)


def most_alike(names: Mapping[int, str], name: str, most: int = 5) -> list[int]:
    """The ids of the names that are like this one, the likest first. What half of all names share says nothing."""
    counted = Counter(word for other in names.values() for word in _words(other))
    common = frozenset(word for word, times in counted.items() if times > max(2, len(names) // 2))
    ranked = sorted(((likeness(name, other, common), -key) for key, other in names.items()), reverse=True)
    return [-key for degree, key in ranked[:most] if degree >= LEAST]


def _words(name: str) -> frozenset[str]:
    spelled = "".join(sign if sign.isalnum() else " " for sign in name.upper())
    return frozenset(spelled.split()) - EVERYWHERE
