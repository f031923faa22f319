"""Exceptions as cases: found in what was recorded and concluded, owned by somebody, closed when nothing holds."""

from denials.exceptions.opening import FIND_EXCEPTIONS, every_remittance, open_from
from denials.exceptions.rechecking import recheck, recheck_after, recheck_for, recheck_remittance

__all__ = [
    "FIND_EXCEPTIONS",
    "every_remittance",
    "open_from",
    "recheck",
    "recheck_after",
    "recheck_for",
    "recheck_remittance",
]
