"""Whether a code stands in the right list: remarks (RARC) begin with N, M or MA, reasons (CARC) never do."""

from __future__ import annotations

import re

from denials.domain.dictionary import Dictionary
from denials.domain.entries import RarcEntry
from denials.domain.readings import CARC, RARC

_REMARK = re.compile(r"(?:N|MA?)\d{1,4}")
_ANY = re.compile(r"[A-Z0-9]{1,5}")
RIDES_ON = {
    "documentation": "252",
    "noncovered_benefit": "96",
    "medical_necessity": "96",
    "benefit_limit": "96",
    "bundling": "234",
}
"""The reason that needs a remark of this category most often; for the others it is 16, claim data."""


def is_remark(code: str) -> bool:
    """By its form alone, so that it also holds for codes newer than our list."""
    return bool(_REMARK.fullmatch(code))


def may_be_a_code(system: str, code: str) -> bool:
    """Whether a payer could send it as a code of this list, known or not."""
    return bool(_ANY.fullmatch(code)) and is_remark(code) is (system == RARC)


def wrong_list(system: str, code: str, known: Dictionary) -> str:
    """What is wrong with a code typed where one of `system` belongs, and where it goes; empty when nothing is."""
    if system == CARC and is_remark(code):
        remark = known.rarc(code)
        called = f" ({remark.title})" if remark.title else ""
        return f"{code} is a remark code{called}: {_rides_on(remark, known)}"
    if system == RARC and not is_remark(code):
        reason = known.carc(code)
        if reason.is_known:
            return f"{code} is a reason code ({reason.title}): put it where the reason is asked for."
        return f"{code} is no remark code: those begin with N, M or MA."
    return ""


def _rides_on(remark: RarcEntry, known: Dictionary) -> str:
    if remark.alert_only:
        return "it is an alert and explains no denial. Type the reason code beside it, such as 45 or 197."
    usual = known.carc(RIDES_ON.get(remark.category, "16"))
    return f"type the reason code beside it, usually {usual.code} ({usual.title}), and this one under remarks."
