"""Readings: scoped ways of handling a code, which of them fit one adjustment, and which one wins.

A reading changes who works a denial, how, and what staff read about it. It never changes what the code is, whether it
alerts or needs a remark, what an appeal may do, or an amount. One kind of exception is shipped and cannot be written
by a site: a reading with a denial rule says whether the code denies at all (CARC 24 from fee-for-service Medicare).

The most specific reading wins, whole; the others are told as fitting too. Compared in this order, a field that is set
beats one that is empty:

1. how many codes it names: reason, remark, and a second one beside them (a combination beats a single code)
2. payer; 3. facility; 4. product; 5. procedure (exact, then a range, then the longer beginning); 6. modifier
7. revenue code (the longer beginning); 8. kind of payer; 9. specialty; 10. adjustment group
11. a remark's reading before a reason's; 12. the later `valid_from`; 13. the one written first
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from denials.domain.cells import Row, as_date, as_list, text
from denials.domain.scoping import procedure_fits, procedure_weight

CARC = "CARC"
RARC = "RARC"
OPERATIONAL = (
    "category", "denial_type", "usual_resolution", "owner_team", "next_action", "evidence", "root_cause",
    "upstream_owner", "escalation_path", "preventable",
)  # fmt: skip
"""What a reading may override."""
RULE = "denial_rule"
"""What only a shipped reading may override."""
NEVER = {
    "code": "which code it is",
    "is_alert": "whether the remark is an alert",
    "requires_remark": "whether the code needs a remark",
    "satisfies_required_remark": "whether the remark satisfies a code that needs one",
    "appealable": "whether the payer allows an appeal",
    "appeal_effect": "what the remark does to appeal rights",
    "denied_amount": "an amount",
    "amount_at_risk": "an amount",
    RULE: "whether the code denies money, and so an amount",
}
"""What no reading of a site may change, in words."""
SCOPES = (
    "payer_key", "facility", "product", "procedure", "modifier", "revenue", "payer_kind", "specialty", "group",
)  # fmt: skip
"""Whose decision about what a reading is for, the most telling first."""
PARTNERS = ("partner_carc", "partner_remark")
"""The codes that must stand beside the one that is read."""
WARNS = frozenset({"denial_type", "resolution", RULE})
"""Changes that somebody confirms before an appeal goes out."""
WORDS = {
    "partner_carc": "the reason code beside it",
    "partner_remark": "the remark beside it",
    "payer_key": "the payer",
    "facility": "the facility",
    "product": "the product",
    "procedure": "the procedure",
    "modifier": "the modifier",
    "revenue": "the revenue code",
    "payer_kind": "the kind of payer",
    "specialty": "the specialty",
    "group": "the adjustment group",
}


@dataclass(slots=True, frozen=True)
class Setting:
    """Where one adjustment stands: all that a reading may ask. What is not known is empty and fits no scope."""

    payer_key: str = ""
    payer_kind: str = ""
    product: str = ""
    facility: str = ""
    """NPI."""
    specialty: str = ""
    """The facility's line of service, such as radiology."""
    group: str = ""
    carcs: frozenset[str] = frozenset()
    """Every reason on the same line, or on the claim."""
    remarks: frozenset[str] = frozenset()
    procedure: str = ""
    modifiers: frozenset[str] = frozenset()
    revenue: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """One scoped override of one code; an empty scope field means any."""

    system: str
    code: str
    scope: Mapping[str, str]
    overrides: Mapping[str, Any]
    reason: str
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    id: int = field(default=0, compare=False)
    version: int = field(default=1, compare=False)
    order: int = field(default=0, compare=False)
    """Position among all readings: of two alike the first one wins."""

    @property
    def name(self) -> str:
        return f"{self.system} {self.code}"

    def fits(self, setting: Setting) -> bool:
        """Whether every scope that is set is met, and the decision was made while the reading was valid."""
        return self._is_valid(setting.decided_on) and all(
            _meets(name, wanted, setting) for name, wanted in self.scope.items() if wanted
        )

    def _is_valid(self, day: date | None) -> bool:
        """A reading with dates says nothing about a decision whose day is not known."""
        if day is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @cached_property
    def weight(self) -> tuple[int, ...]:
        """Compares readings that fit the same adjustment; the larger wins."""
        codes = 1 + sum(bool(self.scope.get(name)) for name in PARTNERS)
        started = self.valid_from.toordinal() if self.valid_from else 0
        asked = (_weight(name, self.scope.get(name, "")) for name in SCOPES)
        return codes, *asked, int(self.system == RARC), started, -self.order


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading that won, and the others that fitted as well, the next best first."""

    won: Reading
    lost: tuple[Reading, ...] = ()

    @property
    def why_won(self) -> str:
        named = [WORDS[name] for name in (*PARTNERS, *SCOPES) if self.won.scope.get(name)]
        return f"It names {_listed(named)}." if named else "It is for every decision with this code."

    def why_lost(self, other: Reading) -> str:
        """The first thing in the order above in which the winner is ahead."""
        if other.weight[0] < self.won.weight[0]:
            return "Less specific: it names fewer codes; a combination beats a single code."
        for name in SCOPES:
            ours, theirs = other.scope.get(name, ""), self.won.scope.get(name, "")
            if theirs and not ours:
                return f"Less specific: it does not name {WORDS[name]}, the other does."
            if _weight(name, theirs) > _weight(name, ours):
                return f"Less specific: the other names {WORDS[name]} more closely."
        if other.system != self.won.system:
            return "As specific, and a remark says more than a reason."
        if other.valid_from != self.won.valid_from:
            return "As specific, and the other began later."
        return "As specific, and the other was written first."


def reading_from(row: Row, order: int = 0) -> Reading | None:
    """A reading from a row of `readings.csv` or of the database; None for one that is not active.

    A denial rule counts only where the row is shipped, whatever else stands in it.
    """
    if text(row.get("active", "yes")).lower() not in {"yes", "true"}:
        return None
    allowed = (*OPERATIONAL, RULE) if text(row.get("key")) else OPERATIONAL
    overrides = {name: row[name] for name in allowed if text(row.get(name))}
    if "evidence" in overrides:
        overrides["evidence"] = as_list(overrides["evidence"])
    return Reading(
        system=text(row.get("system")) or CARC,
        code=text(row["code"]),
        scope={name: text(row[name]) for name in (*PARTNERS, *SCOPES) if text(row.get(name))},
        overrides=overrides,
        reason=text(row.get("reason")),
        title=text(row.get("title")),
        valid_from=as_date(row.get("valid_from")),
        valid_to=as_date(row.get("valid_to")),
        id=row.get("id") or 0,
        version=row.get("version") or 1,
        order=order,
    )


def choose(readings: Iterable[Reading], setting: Setting) -> Verdict | None:
    """The most specific reading that fits, and the others that fit; None when none does."""
    fitting = sorted((r for r in readings if r.fits(setting)), key=lambda r: r.weight, reverse=True)
    return Verdict(fitting[0], tuple(fitting[1:])) if fitting else None


def _meets(name: str, wanted: str, setting: Setting) -> bool:
    match name:
        case "partner_carc":
            return wanted in setting.carcs
        case "partner_remark":
            return wanted in setting.remarks
        case "modifier":
            return wanted in setting.modifiers
        case "procedure":
            return procedure_fits(wanted, setting.procedure)
        case "revenue":
            return bool(setting.revenue) and procedure_fits(wanted, setting.revenue)
        case "product" | "specialty":
            return wanted.casefold() == str(getattr(setting, name)).casefold()
    return bool(getattr(setting, name) == wanted)


def _weight(name: str, wanted: str) -> int:
    if name in ("procedure", "revenue"):
        return procedure_weight(wanted)
    return int(bool(wanted))


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
