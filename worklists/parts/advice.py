"""The next action on an item: what to do, and why that."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.formatting import as_words, first_sentence, other_sentences, short_date
from denials.acknowledgments import Acceptance
from worklists.domain.transitions import Status
from worklists.models import WorkItem
from worklists.wording import day

FILED_LATE = "timely_filing"
NO_PROOF = (
    "No acceptance by the payer is on record. Upload its 277CA on the Remittances page, and it proves the day of "
    "filing here and in the letter."
)
UNKNOWN = "Read the reasons below and decide what to do."


def advice_of(item: WorkItem, acceptance: Acceptance | None, today: date) -> dict[str, Any]:
    """Expects payer and denial. `acceptance` proves that the claim was filed."""
    denial = item.denial
    lead, beside, more = _what(item, denial.next_action, today)
    proof = NO_PROOF if denial.category == FILED_LATE else ""
    if acceptance:
        proof = (
            f"Proof on file: accepted by the payer on {day(acceptance.day)} ({acceptance.report_name}). "
            "The letter names it and lists it as an enclosure."
        )
    return {
        "lead": lead,
        "beside": beside,
        "more": more,
        "proof": proof,
        "because": denial.because[:1],
        "reasoning": denial.because[1:],
        "is_read": bool(denial.readings),
        "postponed": item.postponed_because,
        "exceptions": [as_words(each) for each in denial.exceptions],
    }


def _what(item: WorkItem, advised: str, today: date) -> tuple[str, str, str]:
    """What to do now; what was or will be to do then; and the rest of it."""
    if item.status == Status.WAITING:
        asks_on = item.follow_up_on
        if asks_on and asks_on <= today:
            lead = f"Ask {item.payer} for its answer"
        else:
            lead = f"Wait for the answer of {item.payer}"
            lead = f"{lead}, and ask on {short_date(asks_on, today)}" if asks_on else lead
        return lead, f"Before it was sent: {advised}" if advised else "", ""
    if item.status == Status.ASKING:
        return "Wait for the colleague's answer; the deadline runs on", f"Then: {advised}" if advised else "", ""
    return first_sentence(advised) or UNKNOWN, "", other_sentences(advised)
