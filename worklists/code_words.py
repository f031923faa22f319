"""What codes say, in words. Titles come with the shipped lists, so reading them asks no database; only for a code that
was never shipped is the dictionary of this site asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from denials import dictionary
from denials.codes import shipped_dictionary
from denials.domain.entries import NEVER_DENIED, CarcEntry, RarcEntry

UNKNOWN_REASON = "Reason that our dictionary does not know"
UNKNOWN_REMARK = "Remark that our dictionary does not know"


def reason_title(carc: str) -> str:
    """The title of a claim adjustment reason code."""
    return _reason(carc).title or UNKNOWN_REASON


def remark_title(rarc: str) -> str:
    return _remark(rarc).title or UNKNOWN_REMARK


def is_alert(rarc: str) -> bool:
    """Whether a remark only informs: it explains no adjustment."""
    return _remark(rarc).alert_only


def may_deny(carc: str) -> bool:
    """Whether a reason can ever deny money, as the shipped dictionary has it."""
    return _reason(carc).denial_rule not in NEVER_DENIED


def why(carc: str, remarks: Iterable[str]) -> str:
    """Why money was denied, in one line. Where the reason only points to its remark, the remark says it."""
    entry = _reason(carc)
    said = [code for code in remarks if not is_alert(code)]
    telling = next((code for code in said if not _remark(code).effects), said[0] if said else "")
    if telling and (entry.requires_remark or not carc):
        return remark_title(telling)
    return reason_title(carc) if carc else "No reason code decided this"


def why_of(reason: str) -> str:
    """The same for the codes as an item keeps them: `CO-197 N54`, or remarks alone."""
    first, *rest = reason.split() or [""]
    _, dash, carc = first.partition("-")
    return why(carc, rest) if dash else why("", [first, *rest] if first else [])


def _reason(carc: str) -> CarcEntry:
    shipped = shipped_dictionary().carc(carc)
    return shipped if shipped.is_known or not carc else dictionary.current().carc(carc)


def _remark(rarc: str) -> RarcEntry:
    shipped = shipped_dictionary().rarc(rarc)
    return shipped if shipped.is_known else dictionary.current().rarc(rarc)
