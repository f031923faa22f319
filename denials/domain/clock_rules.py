"""One time limit of one payer, and to which claims it applies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

LEVELLED = frozenset({"appeal", "external_review", "payment_dispute"})


@dataclass(slots=True, frozen=True)
class ClockRule:
    """One time limit of one payer, as a row of the payer rules holds it."""

    rule_id: str
    payer_key: str
    product: str
    jurisdiction: str
    provider_status: str
    rule_type: str
    level_no: int | None
    level_name: str
    window_value: str
    window_unit: str
    counts_from: str
    presumption_days: int
    """Days after the notice on which receipt is presumed."""
    non_business_day_rule: str
    source: str
    last_verified: str
    confidence: str
    filed_when: str = ""
    """What must happen by the last day: received, postmarked, filed in court."""
    decision_time: str = ""
    """How long the payer may take, as its source says."""
    amount_needed: str = ""
    """Dollars that must be in dispute on this level, as its source says."""
    note: str = ""
    """What the site wants staff to read beside the date."""
    effective_from: date | None = None
    effective_to: date | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> ClockRule:
        """Read a row with the columns of `payer_rules.csv`. Raises KeyError when the rule id or payer is missing."""
        text = {name: "" if value is None else str(value).strip() for name, value in row.items()}
        level, presumed = text.get("level_no", ""), text.get("receipt_presumption_days", "")
        return cls(
            rule_id=text["rule_id"],
            payer_key=text["payer_key"],
            product=text.get("product", ""),
            jurisdiction=text.get("jurisdiction", ""),
            provider_status=text.get("provider_status", ""),
            rule_type=text.get("rule_type", ""),
            level_no=int(level) if level.isdecimal() else None,
            level_name=text.get("level_name", ""),
            window_value=text.get("window_value", ""),
            window_unit=text.get("window_unit", ""),
            counts_from=text.get("counts_from", ""),
            presumption_days=int(presumed) if presumed.isdecimal() else 0,
            non_business_day_rule=text.get("non_business_day_rule", "") or "none",
            source=text.get("source", ""),
            last_verified=text.get("source_date", ""),
            confidence=text.get("confidence", ""),
            filed_when=text.get("filed_when", ""),
            decision_time=text.get("payer_decision_time", ""),
            amount_needed=text.get("amount_in_controversy", ""),
            note=text.get("staff_note", ""),
            effective_from=_date(row.get("effective_from")),
            effective_to=_date(row.get("effective_to")),
        )

    def applies(self, *, product: str, state: str, provider_status: str, on: date | None) -> bool:
        """Whether the rule is meant for this product, place, provider and day; what is not known excludes nothing."""
        return (
            _product_fits(self.product, product)
            and _provider_fits(self.provider_status, provider_status)
            and _place_fits(self.jurisdiction, state)
            and (on is None or (self.effective_from or on) <= on <= (self.effective_to or on))
        )

    @property
    def window(self) -> str:
        """Window as people write it, such as "180 calendar_days"."""
        return f"{self.window_value} {self.window_unit}".strip()

    @property
    def counts_from_service(self) -> bool:
        """Whether the window runs from the date of service, not from the payer's decision."""
        return self.counts_from.startswith(("date_of_service", "end_of_month_of_service"))

    @property
    def counts_from_sending(self) -> bool:
        """Whether the window runs from the day on which our letter or claim went out."""
        return self.counts_from == "sending"

    @property
    def is_levelled(self) -> bool:
        """Whether it is one step of a ladder, where each begins with the decision on the one before."""
        return self.rule_type in LEVELLED

    @property
    def counts_postmark(self) -> bool:
        """Whether sending it by the last day is enough, on every reading of the rule."""
        return self.filed_when == "postmarked"

    @property
    def decision_days(self) -> int | None:
        """The calendar days of `decision_time` where it is that plain, such as "60 days" or "45 days (+30)"."""
        found = re.match(r"(\d+) days\b", self.decision_time)
        return int(found[1]) if found else None


def one_product(text: str) -> str:
    """The product that is named; empty for a word that means whichever."""
    return "" if text.strip().lower() in ("any", "all", "every") else text.strip()


def _product_fits(of_rule: str, product: str) -> bool:
    """Every word of the claim's product stands in the rule's: "Part B" fits "Part A and B". Not known fits all."""
    if not one_product(of_rule) or not product:
        return True
    return _words(product) <= _words(of_rule)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower().replace("medicare advantage", "ma")))


def _provider_fits(of_rule: str, status: str) -> bool:
    return not (status and of_rule in ("contracted", "non_contracted")) or of_rule == status


def _place_fits(of_rule: str, state: str) -> bool:
    """A state fits itself; a wider area fits any state but those it names as exceptions."""
    if re.fullmatch(r"[A-Z]{2}", of_rule) and of_rule != "US":
        return not state or of_rule == state
    _, _, exceptions = of_rule.partition("(not ")
    return not state or state not in re.findall(r"\b[A-Z]{2}\b", exceptions)


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip())
    except ValueError:
        return None
