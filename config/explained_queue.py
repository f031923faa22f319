"""Where the routing rules send a claim that is explained and not recorded."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from accounts.models import Facility
from denials.domain.clock_set import ClockSet
from denials.domain.conclusion import Conclusion
from denials.domain.facts import ReportedClaim
from denials.payer_products import PayerLine
from worklists.domain.routing import Facts, RuleBook


class About(NamedTuple):
    """What is known about a claim besides what it says and what it is."""

    payer_key: str
    line: PayerLine
    payee_npi: str
    place: Facility | None
    decided_on: date | None
    dated: ClockSet | None


def queue_of(claim: ReportedClaim, conclusion: Conclusion, about: About, rules: RuleBook, on: date) -> str:
    """Denials go where the rules say; what is no work goes by its owner team, for people to look at."""
    if not conclusion.is_denial:
        return conclusion.owner_team
    return rules.route(_facts(claim, conclusion, about, on)).queue_key


def _facts(claim: ReportedClaim, conclusion: Conclusion, about: About, on: date) -> Facts:
    """As `worklists.routing.router.facts_of` has them once the claim is recorded."""
    said = [*claim.adjustments, *(each for line in claim.lines for each in line.adjustments)]
    lines = [line for line in claim.lines if not conclusion.denied_lines or line.number in conclusion.denied_lines]
    last_day = about.dated.deadline.date if about.dated and about.dated.deadline else None
    return Facts(
        owner_team=conclusion.owner_team,
        category=conclusion.category,
        denial_type=conclusion.denial_type,
        outcome=conclusion.outcome,
        resolution=conclusion.resolution,
        group=conclusion.primary_group,
        carc=conclusion.primary_code,
        remarks=conclusion.remarks,
        codes=(*(code for each in said for code in (each.code, f"{each.group}-{each.code}")), *conclusion.remarks),
        exceptions=tuple(conclusion.exceptions),
        evidence=conclusion.evidence,
        payer_key=about.payer_key,
        payer_kind=about.line.kind,
        product=about.line.name or about.line.product,
        facility_npi=about.payee_npi,
        service_line=about.place.service_line if about.place else "",
        rendering_npi=claim.rendering_npi,
        procedures=tuple(line.procedure for line in lines if line.procedure),
        modifiers=tuple(modifier for line in lines for modifier in line.modifiers),
        amount_at_risk=conclusion.amount_at_risk,
        days_left=(last_day - on).days if last_day else None,
        age_days=(on - about.decided_on).days if about.decided_on else None,
    )
