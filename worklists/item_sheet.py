"""Everything that one screen shows about one item: what the payer said, what we concluded, what people did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from denials.models import Adjustment, RemittedClaim, RemittedLine
from worklists import code_words
from worklists.models import Activity, WorkItem
from worklists.models.items import WorkItemQuerySet

WHOLE_CLAIM = 0
TOLD = (
    "claim", "position", "status", "charge", "paid", "patient_share", "payer_control_number", "frequency",
    "received_on", "remittance__trace", "remittance__entered_from", "remittance__payment_date",
    "remittance__production_date", "remittance__method", "remittance__state", "remittance__file__name",
    "remittance__file__received_at", "denial__outcome", "denial__is_denial", "denial__denied_amount",
    "denial__primary_group", "denial__primary_code", "denial__remarks", "confirms__told",
)  # fmt: skip
"""The columns of one result."""
NOT_TOLD = (
    "routed_facts", "routed_on", "rule_set", "denied_on", "modalities", "settled_by", "created_at", "updated_at",
    "denial__payer_kind", "denial__tracked_amount", "denial__liability", "denial__needs_new_claim",
    "denial__denied_units", "denial__pending_lines", "denial__watch", "denial__deadline", "denial__last_safe_on",
    *(f"denial__remitted_claim__{name}" for name in (
        "facility", "patient_share", "filing_code", "facility_code", "patient_last", "patient_first", "patient_middle",
        "member_id", "subscriber_last", "subscriber_first", "crossover_name", "corrected_payer_name", "contract",
        "service_from", "service_to", "segment_from", "segment_to",
    )),
    *(f"denial__remitted_claim__remittance__{name}" for name in (
        "transaction", "control_number", "interchange", "payer", "facility", "payee_npi", "amount", "claims", "charged",
        "paid", "difference", "segment_from", "segment_to", "hold_reason", "twin_of", "decided_by", "decided_at",
        "decision_reason",
    )),
    "facility__address", "facility__phone", "facility__is_confirmed", "payer__merged_into", "queue__purpose",
    "queue__is_active", "queue__handing_out", "queue__skills", "queue__most_taken", "queue__release_after",
    "rule__position", "rule__conditions", "rule__queue", "rule__prefers_specialist", "rule__is_active",
    *User.all_but_names("assignee", "resolved_by"),
)  # fmt: skip
"""What of an item's rows the page of an item and its panels do not tell: half of their columns."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One adjustment in words, with its code. `fact` begins the keys of what it says (denials/domain/provenance.py)."""

    title: str
    code: str
    amount: Decimal | None
    fact: str
    may_deny: bool
    """Off for what never denies money: contract reductions, patient shares, plain information."""


@dataclass(frozen=True, slots=True)
class Remark:
    title: str
    code: str
    is_alert: bool
    fact: str


@dataclass(frozen=True, slots=True)
class Line:
    """One service line, or the claim itself, as the payer decided it."""

    number: int
    procedure: str
    units: Decimal | None
    charge: Decimal | None
    paid: Decimal | None
    reasons: list[Reason]
    remarks: list[Remark]
    is_denied: bool
    allowed: Decimal | None = None
    has_procedure: bool = False
    are_units_billed: bool = False

    @property
    def is_whole_claim(self) -> bool:
        return self.number == WHOLE_CLAIM

    @property
    def fact(self) -> str:
        """Begins the keys of what the line says; those of the claim have no such beginning."""
        return "" if self.is_whole_claim else f"line-{self.number}-"

    @property
    def procedure_fact(self) -> str:
        return f"{self.fact}{'procedure' if self.has_procedure else 'revenue'}"

    @property
    def units_fact(self) -> str:
        return f"{self.fact}units-{'billed' if self.are_units_billed else 'paid'}"


def items_with_their_facts(rows: WorkItemQuerySet) -> WorkItemQuerySet:
    """`rows` with what the page of one item reads about it, in one query."""
    joined = rows.select_related(
        "claim", "payer", "facility", "queue", "rule", "assignee", "resolved_by", "denial__remitted_claim__remittance"
    )
    return joined.defer(*NOT_TOLD)


def items_with_their_claim() -> WorkItemQuerySet:
    return WorkItem.objects.select_related("claim")


def items_to_act_on() -> WorkItemQuerySet:
    """Items with what the forms of their actions read."""
    return WorkItem.objects.select_related("denial")


def lines_of(item: WorkItem, lines_said: Iterable[RemittedLine], adjustments: Iterable[Adjustment]) -> list[Line]:
    """The claim's own adjustments first, where it has any, then every service line, as the payer listed both."""
    remitted = item.denial.remitted_claim
    by_line: dict[int | None, list[Adjustment]] = defaultdict(list)
    for adjustment in adjustments:
        by_line[adjustment.line_id].append(adjustment)
    denied = set(item.denial.denied_lines)
    lines = [_line(line, by_line[line.pk], denied) for line in lines_said]
    if by_line[None] or remitted.remarks:
        lines.insert(0, _whole_claim(remitted, by_line[None]))
    return lines


def allowed_on(lines: Iterable[Line]) -> Decimal | None:
    """What the payer allowed on all lines together (AMT*B6); None where it says so of none."""
    said = [line.allowed for line in lines if line.allowed is not None]
    return sum(said, Decimal(0)) if said else None


def results_of(item: WorkItem) -> QuerySet[RemittedClaim]:
    """What payers said about the item's claim, with the columns that pages tell of it, not all hundred."""
    rows: QuerySet[RemittedClaim] = item.claim.remitted.select_related("remittance__file", "denial", "confirms")
    return rows.only(*TOLD)


def earlier_results(item: WorkItem) -> QuerySet[RemittedClaim]:
    """What payers said about the same claim in other remittances, newest first."""
    rows = results_of(item).exclude(pk=item.denial.remitted_claim_id)
    return rows.order_by("-remittance__payment_date", "-pk")


def history_of(item: WorkItem) -> list[Activity]:
    return list(item.activities.select_related("actor"))


def is_theirs_or_free(item: WorkItem, user: User) -> bool:
    """Whether `user` may change this item as things stand."""
    return user.may_manage or item.assignee_id in (None, user.pk)


def _line(line: RemittedLine, adjustments: list[Adjustment], denied: set[int]) -> Line:
    return Line(
        number=line.number,
        procedure=" ".join([line.procedure or line.revenue_code, *line.modifiers]).strip(),
        units=line.units_billed if line.units_billed is not None else line.units_paid,
        charge=line.charge,
        paid=line.paid,
        reasons=[_reason(adjustment) for adjustment in adjustments],
        remarks=_remarks(line.remarks, f"line-{line.number}-"),
        is_denied=line.number in denied,
        allowed=line.allowed,
        has_procedure=bool(line.procedure),
        are_units_billed=line.units_billed is not None,
    )


def _whole_claim(remitted: RemittedClaim, adjustments: list[Adjustment]) -> Line:
    return Line(
        number=WHOLE_CLAIM,
        procedure="",
        units=None,
        charge=remitted.charge,
        paid=remitted.paid,
        reasons=[_reason(adjustment) for adjustment in adjustments],
        remarks=_remarks(remitted.remarks, ""),
        is_denied=bool(adjustments),
    )


def _reason(adjustment: Adjustment) -> Reason:
    return Reason(
        title=code_words.reason_title(adjustment.code),
        code=f"{adjustment.group}-{adjustment.code}",
        amount=adjustment.amount,
        fact=f"adjustment-{adjustment.ordinal}-",
        may_deny=code_words.may_deny(adjustment.code),
    )


def _remarks(codes: list[str], prefix: str) -> list[Remark]:
    return [
        Remark(code_words.remark_title(code), code, code_words.is_alert(code), f"{prefix}remark-{number}")
        for number, code in enumerate(codes, start=1)
    ]
