"""What each claim of an 835 is, without writing anything: the reader, the dictionary and the routing rules at work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

from denials import dictionary, payer_matching, time_limits
from denials.domain.classify import conclude
from denials.domain.clock_rules import ClockRule
from denials.domain.clocks import Deadline, deadline
from denials.domain.conclusion import Conclusion
from denials.domain.dictionary import Dictionary
from denials.domain.facts import Finding, RemittanceHeader, RemittanceTotals, ReportedClaim
from denials.domain.remittance import read_remittances
from denials.earlier_results import RecordedHistory
from denials.models import Payer
from worklists.domain.routing import Facts, RuleBook
from worklists.routing import current_rules


class ExplainedClaim(NamedTuple):
    """One claim payment, what it is, and what follows from that."""

    claim: ReportedClaim
    conclusion: Conclusion
    queue: str
    """Key of the queue that the rules choose."""
    deadline: Deadline | None
    """The last day to answer a denial; None for what is no denial."""


@dataclass(slots=True)
class Explained:
    """One file: the claims with their conclusions in file order, and what the reader found."""

    claims: list[ExplainedClaim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def explain(source: BinaryIO, *, payer_key: str = "", product: str = "") -> Explained:
    """Reads one 835 and concludes each claim as recording it would, with the history that is recorded so far.

    `payer_key` and `product` say whose remittance it is; without them the file's own payer is looked up.
    """
    explained, entries = Explained(), dictionary.current()
    rules, limits = RuleBook(current_rules()), time_limits.current().rules
    told: dict[tuple[str, str], list[tuple[ReportedClaim, Conclusion]]] = defaultdict(list)
    for header, claims in _by_transaction(read_remittances(source), explained.findings):
        payer = _payer(header, payer_key)
        kind = payer.kind if payer else kind_of(payer_key, product)
        key = payer.key if payer else payer_key
        said = told[header.payer_id, header.payer_name]
        for claim, conclusion in _conclude(header, claims, entries, payer, key, kind, said):
            said.append((claim, conclusion))
            queue = _queue(conclusion, key, kind, header.payee_npi, rules)
            last_day = _deadline(claim, conclusion, header, payer, key, product, limits)
            explained.claims.append(ExplainedClaim(claim, conclusion, queue, last_day))
    return explained


def kind_of(payer_key: str, product: str) -> str:
    """The kind of a payer that is not set up yet, from its rule key and product line."""
    product = product.casefold()
    if product in {"part c", "medicare advantage"} or payer_key.endswith("_ma"):
        return Payer.Kind.MEDICARE_ADVANTAGE
    if payer_key.startswith("medicaid"):
        return Payer.Kind.MEDICAID_MANAGED if product == "mco" else Payer.Kind.MEDICAID
    if payer_key in Payer.Kind.values:
        return payer_key
    return Payer.Kind.COMMERCIAL if payer_key else Payer.Kind.UNKNOWN


def _by_transaction(
    events: Iterable[object], findings: list[Finding]
) -> Iterator[tuple[RemittanceHeader, list[ReportedClaim]]]:
    header: RemittanceHeader | None = None
    claims: list[ReportedClaim] = []
    for event in events:
        if isinstance(event, Finding):
            findings.append(event)
        elif isinstance(event, RemittanceHeader):
            header, claims = event, []
        elif isinstance(event, ReportedClaim):
            claims.append(event)
        elif isinstance(event, RemittanceTotals) and header is not None:
            yield header, claims


def _payer(header: RemittanceHeader, payer_key: str) -> Payer | None:
    if payer_key:
        return Payer.objects.filter(key=payer_key).first()
    return payer_matching.find(header)


def _payers(payer: Payer | None, header: RemittanceHeader) -> list[Payer]:
    """Whose recorded results count as history: the payer that was named, and the one the file names."""
    named = payer_matching.find(header)
    return list({each.pk: each for each in (payer, named) if each is not None}.values())


def _conclude(
    header: RemittanceHeader,
    claims: list[ReportedClaim],
    entries: Dictionary,
    payer: Payer | None,
    key: str,
    kind: str,
    told: Sequence[tuple[ReportedClaim, Conclusion]],
) -> Iterator[tuple[ReportedClaim, Conclusion]]:
    together: dict[tuple[str, str], list[ReportedClaim]] = defaultdict(list)
    for claim in claims:
        for name in _names(claim):
            together[name].append(claim)
    decided_on = header.payment_date or header.production_date
    payers, place = _payers(payer, header), payer_matching.find_place(header)
    for claim in claims:
        siblings = {id(other): other for name in _names(claim) for other in together[name] if other is not claim}
        yield (
            claim,
            conclude(
                claim,
                entries,
                payer_key=key,
                payer_kind=kind,
                history=RecordedHistory(payers, place, header, entries, told, claims),
                siblings=list(siblings.values()),
                decided_on=decided_on,
            ),
        )


def _names(claim: ReportedClaim) -> list[tuple[str, str]]:
    names = (("payer", claim.payer_control_number), ("ours", claim.claim_number))
    return [(whose, number) for whose, number in names if number]


def _queue(conclusion: Conclusion, payer_key: str, payer_kind: str, payee_npi: str, rules: RuleBook) -> str:
    """Denials go where the rules say; what is no work goes by its owner team, for people to look at."""
    if not conclusion.is_denial:
        return conclusion.owner_team
    facts = Facts(
        owner_team=conclusion.owner_team,
        category=conclusion.category,
        denial_type=conclusion.denial_type,
        outcome=conclusion.outcome,
        resolution=conclusion.resolution,
        group=conclusion.primary_group,
        carc=conclusion.primary_code,
        remarks=conclusion.remarks,
        exceptions=tuple(conclusion.exceptions),
        payer_key=payer_key,
        payer_kind=payer_kind,
        facility_npi=payee_npi,
        service_line="",
        amount_at_risk=conclusion.amount_at_risk,
    )
    return rules.route(facts).queue_key


def _deadline(
    claim: ReportedClaim,
    conclusion: Conclusion,
    header: RemittanceHeader,
    payer: Payer | None,
    key: str,
    product: str,
    limits: Sequence[ClockRule],
) -> Deadline | None:
    if not conclusion.is_denial:
        return None
    status = "" if payer is None else "contracted" if payer.is_contracted else "non_contracted"
    return deadline(
        limits,
        payer_key=(payer.rules_key if payer else "") or key,
        product=product or (payer.product if payer else ""),
        resolution=conclusion.resolution,
        appeal_allowed=conclusion.appeal_allowed,
        payment_date=header.payment_date or header.production_date,
        service_date=claim.service_from,
        jurisdiction=payer.jurisdiction if payer else None,
        needs_new_claim=conclusion.needs_new_claim,
        provider_status=status,
    )


def as_json(explained: Explained, as_of: date) -> list[dict[str, Any]]:
    """One object per CLP in file order, money as text with two decimals. Days are counted from `as_of`."""
    return [_claim_json(*each, as_of=as_of) for each in explained.claims]


def _claim_json(
    claim: ReportedClaim, conclusion: Conclusion, queue: str, last_day: Deadline | None, *, as_of: date
) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_number,
        "charge": dollars(claim.charge),
        "paid": dollars(claim.paid),
        "status": claim.status,
        "adjustments": [*_adjustments(claim)],
        "outcome": str(conclusion.outcome),
        "is_denial": conclusion.is_denial,
        "denied_amount": dollars(conclusion.denied_amount),
        "amount_at_risk": dollars(conclusion.amount_at_risk),
        "tracked_amount": dollars(conclusion.tracked_amount),
        "category": conclusion.category or None,
        "denial_type": conclusion.denial_type or None,
        "primary_reason": conclusion.primary_reason,
        "liability": str(conclusion.liability),
        "queue": queue,
        "resolution": conclusion.resolution,
        "appeal_allowed": conclusion.appeal_allowed,
        "remarks": list(conclusion.remarks),
        **_where_it_applies(conclusion),
        **({"deadline": _deadline_json(last_day, as_of)} if last_day else {}),
        "because": list(conclusion.because),
    }


def _adjustments(claim: ReportedClaim) -> Iterator[Mapping[str, Any]]:
    for number, adjustments in ((0, claim.adjustments), *((line.number, line.adjustments) for line in claim.lines)):
        for one in adjustments:
            yield {"line": number, "group": one.group, "code": one.code, "amount": dollars(one.amount)}


def _where_it_applies(conclusion: Conclusion) -> dict[str, Any]:
    """The keys that only some claims have."""
    found: dict[str, Any] = {
        "denied_lines": list(conclusion.denied_lines),
        "denied_units": _number(conclusion.denied_units),
        "pending_lines": list(conclusion.pending_lines),
        "watch": conclusion.watch,
        "exception": str(conclusion.exceptions[0]) if conclusion.exceptions else None,
        "linked_claim": conclusion.linked_claim,
    }
    if conclusion.appeal_result is not None:
        found |= {
            "close_denial": conclusion.linked_claim,
            "outcome_of_appeal": str(conclusion.appeal_result),
            "recovered": dollars(conclusion.recovered_amount),
        }
    return {name: value for name, value in found.items() if value}


def _deadline_json(last_day: Deadline, as_of: date) -> dict[str, Any]:
    return {
        "date": last_day.date.isoformat(),
        "rule_id": last_day.rule_id,
        "basis": last_day.basis,
        "basis_date": last_day.basis_date.isoformat(),
        "window": last_day.window,
        "receipt_presumption_days": last_day.presumption_days,
        "non_business_day_rule": last_day.non_business_day_rule,
        "days_left": (last_day.date - as_of).days,
        "is_default": last_day.is_default,
        "because": list(last_day.because),
    }


def _number(units: Decimal | None) -> int | float | None:
    """Units are counts, not money: a JSON number."""
    if units is None:
        return None
    return int(units) if units == units.to_integral_value() else float(units)


def dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
