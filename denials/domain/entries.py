"""What our dictionary holds about one code, as plain values, and how a row of a code list becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from denials.domain.cells import Row, as_date, as_list, is_yes, text
from denials.domain.conclusion import Liability, Outcome


class DenialRule(StrEnum):
    """When an adjustment with this code is a denial; adjustment_facts.md section 3, step 5."""

    PATIENT = "N_PATIENT"
    CONTRACT = "N_CONTRACT"
    INFO = "N_INFO"
    PEND = "P_PEND"
    REDUCE = "R_REDUCE"
    ZERO_PAID = "D_ZERO"
    ALWAYS = "D_ALWAYS"
    REMARK = "D_REMARK"
    DUPLICATE = "D_DUP"
    RETIRED = "RETIRED"


RULE_WORDS = {
    DenialRule.PATIENT: "it is the patient's share",
    DenialRule.CONTRACT: "it is a contractual write-down",
    DenialRule.INFO: "it is for information",
    DenialRule.PEND: "it is not decided yet",
    DenialRule.REDUCE: "nothing was paid on what it reduces",
    DenialRule.ZERO_PAID: "nothing was paid",
    DenialRule.ALWAYS: "this code always denies",
    DenialRule.REMARK: "this code denies, and its remark says why",
    DenialRule.DUPLICATE: "the payer saw the claim before, and we know of no payment",
    DenialRule.RETIRED: "the code is retired",
}
NEVER_DENIED = frozenset({DenialRule.PATIENT, DenialRule.CONTRACT, DenialRule.INFO})
WHEN_NOTHING_PAID = frozenset({DenialRule.REDUCE, DenialRule.ZERO_PAID})


@dataclass(slots=True, frozen=True)
class CarcEntry:
    """One claim adjustment reason code, as the dictionary holds it."""

    code: str
    title: str = ""
    category: str = "payer_processing"
    denial_type: str = "administrative"
    denial_rule: DenialRule = DenialRule.ALWAYS
    requires_remark: bool = False
    appealable: str = ""
    """yes, no or depends; only "no" takes an appeal away."""
    usual_resolution: str = "escalation"
    owner_team: str = "denials_general"
    next_action: str = "Ask the payer what this code means, then map it in the dictionary."
    evidence: tuple[str, ...] = ("remit",)
    escalation: str = ""
    root_cause: str = ""
    upstream_owner: str = ""
    preventable: str = ""
    effects: frozenset[str] = frozenset()
    """suspect_whole_charge, upholds_earlier_decision, no_patient_billing."""
    is_retired: bool = False
    retired_on: date | None = None
    replaced_by: tuple[str, ...] = ()
    is_known: bool = True


@dataclass(slots=True, frozen=True)
class RarcEntry:
    """One remittance advice remark code."""

    code: str
    title: str = ""
    alert_only: bool = False
    can_satisfy_required_remark: bool = True
    category: str = ""
    denial_type: str = ""
    owner_team: str = ""
    usual_resolution: str = ""
    """Like the fields below, only where a site says so; else the reason and the category say it."""
    next_action: str = ""
    evidence: tuple[str, ...] = ()
    escalation: str = ""
    root_cause: str = ""
    preventable: str = ""
    effects: frozenset[str] = frozenset()
    """Tokens of the appeal_effect column: no_appeal_right, new_claim, corrected_claim, split_and_rebill ..."""
    is_retired: bool = False
    is_known: bool = True


@dataclass(slots=True, frozen=True)
class GroupEntry:
    """One claim adjustment group code: who carries the amount."""

    code: str
    liability: Liability = Liability.NONE
    patient_may_be_billed: bool = False
    is_known: bool = True


@dataclass(slots=True, frozen=True)
class StatusEntry:
    """One claim status (CLP02): the first gate. `outcome` is None where the adjustments decide."""

    code: str
    outcome: Outcome | None = None
    category: str = ""
    denial_type: str = ""
    owner_team: str = ""
    resolution: str = ""
    watch: str = ""
    tracks: str = ""
    """Which amount stays on watch: "paid", "charge" or nothing."""
    forwarded: bool = False
    """Also sent on to the next payer, so nobody bills the patient yet."""
    is_known: bool = True


@dataclass(slots=True, frozen=True)
class CategoryEntry:
    """Defaults of one denial category, for reasons whose category a remark decides."""

    category: str
    denial_type: str = "administrative"
    owner_team: str = "denials_general"
    usual_resolution: str = "escalation"
    next_action: str = ""
    """What to do where a remark, not the code, says what is wrong."""
    tie_rank: int = 9
    """Lower wins when two reasons carry the same amount."""


def carc_entry(row: Row) -> CarcEntry:
    return CarcEntry(
        code=text(row["code"]),
        title=text(row.get("title")),
        category=text(row.get("category")) or "payer_processing",
        denial_type=text(row.get("denial_type")),
        denial_rule=DenialRule(text(row.get("denial_rule")) or _usual_rule(row)),
        requires_remark=is_yes(row.get("requires_remark")),
        effects=frozenset(as_list(row.get("effects"))),
        appealable=text(row.get("appealable")),
        usual_resolution=text(row.get("usual_resolution")) or "escalation",
        owner_team=text(row.get("owner_team")) or "denials_general",
        next_action=text(row.get("next_action")),
        evidence=as_list(row.get("evidence")),
        escalation=text(row.get("escalation_path")),
        root_cause=text(row.get("root_cause")),
        upstream_owner=text(row.get("upstream_owner")),
        preventable=text(row.get("preventable")),
        is_retired=text(row.get("status")) == "deactivated",
        retired_on=as_date(row.get("deactivated_date")),
        replaced_by=tuple(code.split("+")[0] for code in as_list(row.get("replaced_by"))),
    )


def _usual_rule(row: Row) -> DenialRule:
    """Of a code that nobody has mapped yet: it denies, and where it needs a remark, that says why."""
    return DenialRule.REMARK if is_yes(row.get("requires_remark")) else DenialRule.ALWAYS


def rarc_entry(row: Row) -> RarcEntry:
    return RarcEntry(
        code=text(row["code"]),
        title=text(row.get("title")),
        alert_only=is_yes(row.get("alert_only")),
        can_satisfy_required_remark=is_yes(row.get("can_satisfy_required_remark")),
        category=text(row.get("category_hint")),
        denial_type=text(row.get("denial_type_hint")),
        owner_team=text(row.get("owner_team_hint")),
        usual_resolution=text(row.get("usual_resolution_hint")),
        next_action=text(row.get("next_action_hint")),
        evidence=as_list(row.get("evidence_hint")),
        escalation=text(row.get("escalation_path_hint")),
        root_cause=text(row.get("root_cause_hint")),
        preventable=text(row.get("preventable_hint")),
        effects=frozenset(as_list(row.get("appeal_effect"))),
        is_retired=text(row.get("status")) == "deactivated",
    )


def group_entry(row: Row) -> GroupEntry:
    return GroupEntry(
        code=text(row["group_code"]),
        liability=Liability(text(row.get("liability")) or Liability.NONE),
        patient_may_be_billed=text(row.get("patient_may_be_billed")).startswith("yes"),
    )


def status_entry(row: Row) -> StatusEntry:
    outcome = text(row.get("outcome"))
    return StatusEntry(
        code=text(row["clp02"]),
        outcome=Outcome(outcome) if outcome else None,
        category=text(row.get("category")),
        denial_type=text(row.get("denial_type")),
        owner_team=text(row.get("owner_team")),
        resolution=text(row.get("resolution")),
        watch=text(row.get("watch")),
        tracks=text(row.get("tracks")),
        forwarded=is_yes(row.get("forwarded")),
    )


def category_entry(row: Row) -> CategoryEntry:
    return CategoryEntry(
        category=text(row["category"]),
        denial_type=text(row.get("denial_type")) or "administrative",
        owner_team=text(row.get("owner_team")) or "denials_general",
        usual_resolution=text(row.get("usual_resolution")) or "escalation",
        next_action=text(row.get("next_action")),
        tie_rank=int(text(row.get("tie_rank")) or 9),
    )
