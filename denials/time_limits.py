"""The payers' limits of time, in the database: loaded from the shipped list, applied to one denial."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import transaction

from denials import codes, dictionary, payer_products
from denials.clock_events import NO_PAST, Past
from denials.domain.clock_facts import Facts, StatedLimit
from denials.domain.clock_rules import ClockRule
from denials.domain.clocks import ClockSet, Times, clocks_of
from denials.domain.conclusion import Outcome
from denials.domain.dictionary import Dictionary
from denials.domain.products import PlanFacts
from denials.domain.windows import WorkTimes
from denials.models import Denial, Payer, PayerProduct, PayerRule, SendingTime
from denials.payer_products import PayerLine, PayerLines
from denials.versions import last_changes

COLUMNS = (
    "rule_id", "payer_key", "product", "jurisdiction", "provider_status", "rule_type", "level_no", "level_name",
    "window_value", "window_unit", "counts_from", "receipt_presumption_days", "filed_when", "non_business_day_rule",
    "payer_decision_time", "amount_in_controversy", "requirements", "notes", "staff_note", "confidence", "source",
    "source_date", "effective_from", "effective_to",
)  # fmt: skip
USUAL_TIMES: list[dict[str, Any]] = [
    {"channel": SendingTime.Channel.MAIL, "preparation_days": 3, "mailing_days": 5},
    {"channel": SendingTime.Channel.CLAIM, "preparation_days": 1, "mailing_days": 1},
]
UPHELD = "upholds_earlier_decision"
LATE = "timely_filing"
TAKEBACK = "takeback_no_correction"
STATED = re.compile(r"_(\d+)_days$")
_MOST_REMEMBERED = 20_000


class ClaimDates(PlanFacts, Protocol):
    """What a claim says, be it read from a file or recorded."""

    service_from: date | None
    received_on: date | None


@dataclass(slots=True, frozen=True)
class TimeLimits:
    """All rules and product lines, and our own times, read once for many denials."""

    rules: Sequence[ClockRule]
    entries: Dictionary
    lines: PayerLines = field(default_factory=PayerLines)
    times: Mapping[int | None, Times] = field(default_factory=dict)
    """By payer; under None for those without times of their own."""
    _counted: dict[tuple[Facts, int | None], ClockSet] = field(default_factory=dict)

    def clocks_for(
        self,
        row: Denial,
        line: PayerLine,
        claim: ClaimDates,
        past: Past = NO_PAST,
        *,
        payer: Payer | None,
        filed_on: date | None = None,
    ) -> ClockSet:
        """Every clock of a denial. The same facts come again and again in a remittance, and are counted once.

        `filed_on` is the day on which the payer had the original claim, where an acknowledgment proves it.
        """
        facts = self._facts(row, line, claim, past, payer.name if payer else "", filed_on)
        key = payer.pk if payer and payer.pk in self.times else None
        if (facts, key) not in self._counted:
            if len(self._counted) >= _MOST_REMEMBERED:
                self._counted.clear()
            self._counted[facts, key] = clocks_of(self.rules, facts, self.times.get(key, Times()))
        return self._counted[facts, key]

    def _facts(
        self, row: Denial, line: PayerLine, claim: ClaimDates, past: Past, payer_name: str, filed_on: date | None
    ) -> Facts:
        return Facts(
            payer_key=line.rules_key,
            payer_name=payer_name,
            product=line.product,
            jurisdiction=line.jurisdiction,
            provider_status=line.provider_status,
            payment_date=row.decided_on,
            service_date=claim.service_from,
            resolution=row.resolution,
            appeal_allowed=row.appeal_allowed,
            needs_new_claim=row.needs_new_claim,
            is_late_filing=row.category == LATE,
            filed_on=filed_on or claim.received_on,
            is_takeback=row.watch == TAKEBACK,
            stated=self.stated(row.remarks),
            level=past.level,
            level_from=past.level_from,
            original_date=past.original_date,
            steps=past.steps,
            claim_sent_on=past.claim_sent_on,
            response_days=line.response_days,
        )

    def stated(self, remarks: Sequence[str]) -> tuple[StatedLimit, ...]:
        """Days to appeal that remarks state, as their effects in the dictionary say (MA01: 120)."""
        return tuple(
            StatedLimit(code, int(found[1]))
            for code in remarks
            for effect in sorted(self.entries.rarc(code).effects)
            if (found := STATED.search(effect))
        )

    def is_upheld(self, row: Denial) -> bool:
        """Whether the payer says by its code that it reviewed the claim and kept its first decision (CARC 193)."""
        return UPHELD in self.entries.carc(row.primary_code).effects


def has_clocks(row: Denial) -> bool:
    """Denials, suspected ones and takebacks are dated; what is only watched has nothing to lose by a day."""
    return row.is_denial or row.outcome == Outcome.SUSPECTED_DENIAL or row.watch == TAKEBACK


_latest: tuple[tuple[int, ...], TimeLimits] | None = None


def current() -> TimeLimits:
    """The rules and product lines as they stand now, read once per change."""
    global _latest
    version, entries = last_changes(PayerRule, PayerProduct, SendingTime), dictionary.current()
    if _latest is None or _latest[0] != version or _latest[1].entries is not entries:
        rules = [ClockRule.from_row(row) for row in PayerRule.objects.values(*COLUMNS)]
        _latest = (version, TimeLimits(rules, entries, payer_products.current(), _times()))
    return _latest[1]


def _times() -> dict[int | None, Times]:
    """By payer: the slowest way for letters, since nobody knows yet which one it will be."""
    rows = list(SendingTime.objects.all())
    found = {}
    for payer_id in {None, *(row.payer_id for row in rows)}:
        own = [row for row in rows if row.payer_id == payer_id]
        usual = [row for row in rows if row.payer_id is None]
        claims = [row for row in own if row.channel == SendingTime.Channel.CLAIM]
        letters = [row for row in own if row.channel != SendingTime.Channel.CLAIM]
        found[payer_id] = Times(
            letter=_slowest(letters or [row for row in usual if row.channel != SendingTime.Channel.CLAIM]),
            claim=_slowest(claims or [row for row in usual if row.channel == SendingTime.Channel.CLAIM]),
        )
    return found


def _slowest(rows: Sequence[SendingTime]) -> WorkTimes:
    row = max(rows, key=lambda row: row.preparation_days + row.mailing_days, default=None)
    return WorkTimes(row.preparation_days, row.mailing_days) if row else WorkTimes()


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
    if not SendingTime.objects.exists():
        SendingTime.objects.bulk_create(SendingTime(**usual) for usual in USUAL_TIMES)
    return len(rules)


def _values(row: dict[str, str]) -> dict[str, Any]:
    """The columns as the model holds them: empty numbers and dates are None, dates are dates."""
    values = {}
    for name in COLUMNS:
        field: Any = PayerRule._meta.get_field(name)
        values[name] = field.to_python(row[name] or (None if field.null else ""))
    return values
