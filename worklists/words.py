"""What codes say, in words. Official titles come with the shipped lists, so reading them asks no database."""

from __future__ import annotations

from collections.abc import Iterable

from denials.codes import shipped_dictionary
from denials.domain.entries import NEVER_DENIED

UNKNOWN_REASON = "Reason that our dictionary does not know"
UNKNOWN_REMARK = "Remark that our dictionary does not know"


def reason_title(carc: str) -> str:
    """The title of a claim adjustment reason code."""
    entry = shipped_dictionary().carc(carc)
    return entry.title if entry.is_known else UNKNOWN_REASON


def remark_title(rarc: str) -> str:
    entry = shipped_dictionary().rarc(rarc)
    return entry.title if entry.is_known else UNKNOWN_REMARK


def is_alert(rarc: str) -> bool:
    """Whether a remark only informs: it explains no adjustment."""
    return shipped_dictionary().rarc(rarc).alert_only


def may_deny(carc: str) -> bool:
    """Whether a reason can ever deny money, as the shipped dictionary has it."""
    return shipped_dictionary().carc(carc).denial_rule not in NEVER_DENIED


def why(carc: str, remarks: Iterable[str]) -> str:
    """Why money was denied, in one line. Where the reason only points to its remark, the remark says it."""
    entry = shipped_dictionary().carc(carc)
    said = [code for code in remarks if not is_alert(code)]
    telling = next((code for code in said if not shipped_dictionary().rarc(code).effects), said[0] if said else "")
    if telling and (entry.requires_remark or not carc):
        return remark_title(telling)
    return reason_title(carc) if carc else "No reason code decided this"
