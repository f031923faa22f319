"""What our dictionary holds about one code, as plain values, and how a row of a code list becomes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from denials.domain.conclusion import Liability, Outcome

Row = Mapping[str, Any]


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
    """One claim adjustment reason code, with the reading that applies already laid over it."""

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
    reading: str = ""
    """Reason of the scoped reading that changed this entry; empty when none did."""


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
    evidence: tuple[str, ...] = ()
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


@dataclass(slots=True, frozen=True)
class Reading:
    """A scoped override of one reason code; an empty scope field means any."""

    carc: str
    group: str
    payer_kind: str
    payer_key: str
    overrides: Mapping[str, str]
    reason: str

    def applies(self, group: str, payer_kind: str, payer_key: str) -> bool:
        """Whether every scope field that is set equals what the claim has."""
        pairs = ((self.group, group), (self.payer_kind, payer_kind), (self.payer_key, payer_key))
        return all(not scope or scope == value for scope, value in pairs)

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """Payer beats kind of payer beats group: the most specific reading wins."""
        return bool(self.payer_key), bool(self.payer_kind), bool(self.group)


OVERRIDABLE = (
    "denial_rule", "category", "denial_type", "usual_resolution", "owner_team", "next_action", "root_cause",
)  # fmt: skip


def carc_entry(row: Row) -> CarcEntry:
    return CarcEntry(
        code=_text(row["code"]),
        title=_text(row.get("title")),
        category=_text(row.get("category")) or "payer_processing",
        denial_type=_text(row.get("denial_type")),
        denial_rule=DenialRule(_text(row.get("denial_rule")) or DenialRule.ALWAYS),
        requires_remark=_yes(row.get("requires_remark")),
        effects=frozenset(_list(row.get("effects"))),
        appealable=_text(row.get("appealable")),
        usual_resolution=_text(row.get("usual_resolution")) or "escalation",
        owner_team=_text(row.get("owner_team")) or "denials_general",
        next_action=_text(row.get("next_action")),
        evidence=_list(row.get("evidence")),
        escalation=_text(row.get("escalation_path")),
        root_cause=_text(row.get("root_cause")),
        upstream_owner=_text(row.get("upstream_owner")),
        preventable=_text(row.get("preventable")),
        is_retired=_text(row.get("status")) == "deactivated",
        retired_on=_date(row.get("deactivated_date")),
        replaced_by=tuple(code.split("+")[0] for code in _list(row.get("replaced_by"))),
    )


def rarc_entry(row: Row) -> RarcEntry:
    return RarcEntry(
        code=_text(row["code"]),
        title=_text(row.get("title")),
        alert_only=_yes(row.get("alert_only")),
        can_satisfy_required_remark=_yes(row.get("can_satisfy_required_remark")),
        category=_text(row.get("category_hint")),
        denial_type=_text(row.get("denial_type_hint")),
        owner_team=_text(row.get("owner_team_hint")),
        evidence=_list(row.get("evidence_hint")),
        effects=frozenset(_list(row.get("appeal_effect"))),
        is_retired=_text(row.get("status")) == "deactivated",
    )


def group_entry(row: Row) -> GroupEntry:
    return GroupEntry(
        code=_text(row["group_code"]),
        liability=Liability(_text(row.get("liability")) or Liability.NONE),
        patient_may_be_billed=_text(row.get("patient_may_be_billed")).startswith("yes"),
    )


def status_entry(row: Row) -> StatusEntry:
    outcome = _text(row.get("outcome"))
    return StatusEntry(
        code=_text(row["clp02"]),
        outcome=Outcome(outcome) if outcome else None,
        category=_text(row.get("category")),
        denial_type=_text(row.get("denial_type")),
        owner_team=_text(row.get("owner_team")),
        resolution=_text(row.get("resolution")),
        watch=_text(row.get("watch")),
        tracks=_text(row.get("tracks")),
        forwarded=_yes(row.get("forwarded")),
    )


def category_entry(row: Row) -> CategoryEntry:
    return CategoryEntry(
        category=_text(row["category"]),
        denial_type=_text(row.get("denial_type")) or "administrative",
        owner_team=_text(row.get("owner_team")) or "denials_general",
        usual_resolution=_text(row.get("usual_resolution")) or "escalation",
        next_action=_text(row.get("next_action")),
        tie_rank=int(_text(row.get("tie_rank")) or 9),
    )


def active_reading(row: Row) -> Reading | None:
    if not _yes(row.get("active", "yes")):
        return None
    return Reading(
        carc=_text(row["carc"]),
        group=_text(row.get("group")),
        payer_kind=_text(row.get("payer_kind")),
        payer_key=_text(row.get("payer_key")),
        overrides={name: _text(row[name]) for name in OVERRIDABLE if _text(row.get(name))},
        reason=_text(row.get("reason")),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _yes(value: object) -> bool:
    return value is True or _text(value).lower() in {"yes", "true"}


def _list(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else _text(value).split(";")
    return tuple(part for part in map(_text, parts) if part)


def _date(value: object) -> date | None:
    """Shipped lists may say in words that a date is not established; that is no date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None
