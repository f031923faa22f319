"""What keeps a remittance, or a part of it, from being understood: the kinds of exception, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from denials.domain.days import is_business_day

TAKEBACK_DAYS = 15
"""A reversal without its correction after so many calendar days is a takeback (recognition rules, step 15)."""
DISPUTE_DAYS = 30
"""Days to dispute a takeback: the shortest usual window, which also stops Medicare's recoupment (42 CFR 405.379)."""


class Kind(StrEnum):
    """Stable names; one case is one cause of one kind."""

    UNKNOWN_CODE = "unknown_code"
    RETIRED_CODE = "retired_code"
    MISSING_REMARK = "missing_remark"
    SUSPECTED_DENIAL = "suspected_denial"
    UNKNOWN_PAYER = "unknown_payer"
    AMBIGUOUS_PAYER = "ambiguous_payer"
    AMBIGUOUS_CLAIM = "ambiguous_claim"
    AMBIGUOUS_PART = "ambiguous_part"
    UNMATCHED_REVERSAL = "unmatched_reversal"
    TAKEBACK = "takeback"
    PENDING_LONG = "pending_long"
    UNBALANCED = "unbalanced"
    CUT_FILE = "cut_file"
    DUPLICATE_TRACE = "duplicate_trace"
    HELD = "held"
    UNREADABLE_AMOUNT = "unreadable_amount"


@dataclass(frozen=True, slots=True)
class About:
    """What people read about one kind. `reason` is filled in with what the case is about."""

    label: str
    reason: str
    team: str
    """Key of the team that owns such cases until somebody says otherwise."""


ABOUT = {
    Kind.UNKNOWN_CODE: About(
        "Unknown code",
        "{what} is not in our dictionary. What it denies counts as a denial in the general queue until somebody says"
        " what the code means.",
        "denials_general",
    ),
    Kind.RETIRED_CODE: About(
        "Retired code",
        "{what} was used after its last day. Its denials are kept and worked by the code's old meaning.",
        "denials_general",
    ),
    Kind.MISSING_REMARK: About(
        "Remark missing",
        "{payer} denied with {code}, which must come with a remark that is no alert, and sent none: what is wrong with"
        " these claims stays unsaid.",
        "denials_general",
    ),
    Kind.SUSPECTED_DENIAL: About(
        "Suspected denial",
        "{payer} wrote the whole charge off with {code} and paid nothing. A write-down may not do that, so the true"
        " reason is hidden.",
        "denials_general",
    ),
    Kind.UNKNOWN_PAYER: About(
        "Payer not confirmed",
        "A remittance named {payer} first. Until somebody says who it is, its time limits are cautious defaults.",
        "denials_general",
    ),
    Kind.AMBIGUOUS_PAYER: About(
        "Several payers fit",
        "What these remittances say of {payer} fits several payers equally well. They stand under a payer of their own"
        " until somebody says which it is.",
        "denials_general",
    ),
    Kind.AMBIGUOUS_CLAIM: About(
        "Ambiguous match",
        "More than one earlier result has the amounts that this reversal takes back.",
        "payment_posting",
    ),
    Kind.AMBIGUOUS_PART: About(
        "Several parts fit",
        "{payer} split this claim, and this result came under a number of its own: several parts have its charge."
        " It counts neither as recovered nor as denied until somebody says which part it is about.",
        "payment_posting",
    ),
    Kind.UNMATCHED_REVERSAL: About(
        "Unmatched reversal",
        "{payer} took a result back that was never recorded here with these amounts.",
        "payment_posting",
    ),
    Kind.TAKEBACK: About(
        "Takeback",
        "{payer} reversed this result, and no correction has come for more than 15 days: the money is taken back.",
        "payment_posting",
    ),
    Kind.PENDING_LONG: About(
        "Pending too long",
        "{payer} put these claims off and has not decided within its usual {days} days.",
        "denials_general",
    ),
    Kind.UNBALANCED: About(
        "Does not balance",
        "The amounts of these claims do not add up: what was charged less what was adjusted is not what was paid.",
        "payment_posting",
    ),
    Kind.CUT_FILE: About("File cut short", "The file ends or breaks off inside this payment.", "payment_posting"),
    Kind.DUPLICATE_TRACE: About(
        "Duplicate trace", "Two payments share one trace number but not what they say.", "payment_posting"
    ),
    Kind.HELD: About(
        "Remittance held", "This payment waits for a decision before any work is made.", "payment_posting"
    ),
    Kind.UNREADABLE_AMOUNT: About(
        "Amount not readable",
        "An adjustment of these claims holds no readable amount. It counts as zero.",
        "payment_posting",
    ),
}
CHOICES = [(kind.value, about.label) for kind, about in ABOUT.items()]


def business_days(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`: none on the day itself."""
    return sum(is_business_day(start + timedelta(days=count)) for count in range(1, (end - start).days + 1))
