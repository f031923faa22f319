"""How a scope names procedures or revenue codes: exactly (70553), as a range (70450-70498) or a beginning (7055*)."""

from __future__ import annotations

import re

EXACT = 1000
RANGE = 500
_PATTERN = re.compile(r"[A-Z0-9]{1,7}\*|[A-Z0-9]{3,7}|([A-Z0-9]{3,7})-([A-Z0-9]{3,7})")


def check_procedure(wanted: str) -> str:
    """What is wrong with a scope somebody typed, as a sentence; empty when it can be used."""
    found = _PATTERN.fullmatch(wanted)
    if not wanted or (found and not found[1]):
        return ""
    if not found:
        return "Write one code (70553), the first and last of a range (70450-70498), or a beginning (7055*)."
    if len(found[1]) != len(found[2]) or found[1] >= found[2]:
        return "A range runs from a lower to a higher code of the same length, such as 70450-70498."
    return ""


def procedure_fits(wanted: str, code: str) -> bool:
    """Whether a code of the claim lies within the scope. Codes of another length lie in no range."""
    if wanted.endswith("*"):
        return code.startswith(wanted[:-1])
    first, dash, last = wanted.partition("-")
    return (len(code) == len(first) and first <= code <= last) if dash else code == wanted


def procedure_weight(wanted: str) -> int:
    """How closely a scope names codes: the larger, the closer. 0 for none."""
    if wanted.endswith("*"):
        return len(wanted)
    return (RANGE if "-" in wanted else EXACT) if wanted else 0
