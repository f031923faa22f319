"""The payers' limits of time, in the database: loaded from the shipped list, applied to one denial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from denials import codes, payer_products
from denials.domain.clock_rules import ClockRule
from denials.domain.clocks import Deadline, deadline
from denials.domain.facts import ReportedClaim
from denials.models import Denial, Payer, PayerProduct, PayerRule, Remittance
from denials.payer_products import PayerLines
from denials.versions import last_changes

COLUMNS = (
    "rule_id", "payer_key", "product", "jurisdiction", "provider_status", "rule_type", "level_no", "level_name",
    "window_value", "window_unit", "counts_from", "receipt_presumption_days", "filed_when", "non_business_day_rule",
    "notes", "confidence", "source", "source_date", "effective_from", "effective_to",
)  # fmt: skip


@dataclass(slots=True, frozen=True)
class TimeLimits:
    """All rules and product lines, read once for many denials."""

    rules: Sequence[ClockRule]
    lines: PayerLines = field(default_factory=PayerLines)

    def set_deadline(self, row: Denial, remittance: Remittance, claim: ReportedClaim, *, needs_new_claim: bool) -> None:
        """Gives the denial its last day and says which rule set it; leaves it open where no date is known."""
        found = self.deadline_of(
            row,
            remittance.payer,
            claim,
            needs_new_claim=needs_new_claim,
        )
        if found is not None:
            row.deadline = found.date
            row.deadline_rule = found.rule_id
            row.deadline_is_default = found.is_default
            row.deadline_because = "\n".join(found.because)

    def deadline_of(self, row: Denial, payer: Payer, claim: ReportedClaim, *, needs_new_claim: bool) -> Deadline | None:
        line = self.lines.line_of(payer, claim)
        return deadline(
            self.rules,
            payer_key=line.rules_key,
            product=line.product,
            resolution=row.resolution,
            appeal_allowed=row.appeal_allowed,
            payment_date=row.decided_on,
            service_date=claim.service_from,
            jurisdiction=line.jurisdiction,
            needs_new_claim=needs_new_claim,
            provider_status=line.provider_status,
        )


_latest: tuple[tuple[int, ...], TimeLimits] | None = None


def current() -> TimeLimits:
    """The rules and product lines as they stand now, read once per change."""
    global _latest
    version = last_changes(PayerRule, PayerProduct)
    if _latest is None or _latest[0] != version:
        rules = [ClockRule.from_row(row) for row in PayerRule.objects.values(*COLUMNS)]
        _latest = (version, TimeLimits(rules, payer_products.current()))
    return _latest[1]


@transaction.atomic
def load() -> int:
    """Brings the shipped rules into the database; a rule that a person edited stays. Returns how many were read."""
    rules = [PayerRule(**_values(row)) for row in codes.rows("payer_rules")]
    edited = set(PayerRule.objects.filter(is_edited=True).values_list("rule_id", flat=True))
    known = PayerRule.objects.in_bulk(field_name="rule_id")
    changed = []
    for rule in rules:
        old = known.get(rule.rule_id)
        if old and rule.rule_id not in edited and any(getattr(rule, name) != getattr(old, name) for name in COLUMNS):
            rule.pk = old.pk
            changed.append(rule)
    PayerRule.objects.bulk_update(changed, list(COLUMNS))
    PayerRule.objects.bulk_create([rule for rule in rules if rule.rule_id not in known])
    return len(rules)


def _values(row: dict[str, str]) -> dict[str, Any]:
    """The columns as the model holds them: empty numbers and dates are None, dates are dates."""
    values = {}
    for name in COLUMNS:
        field: Any = PayerRule._meta.get_field(name)
        values[name] = field.to_python(row[name] or (None if field.null else ""))
    return values
