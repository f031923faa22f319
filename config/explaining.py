"""What each claim of an 835 is, without writing anything: the reader, dictionary, clocks and routing rules at work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO, NamedTuple

from django.utils import timezone

from config.explained_dates import clocks_of_claim
from config.explained_queue import About, queue_of
from denials import dictionary, payer_matching, payer_products
from denials.domain.classify import conclude
from denials.domain.clock_set import ClockSet
from denials.domain.conclusion import Conclusion
from denials.domain.dictionary import Dictionary
from denials.domain.facts import Finding, RemittanceHeader, RemittanceTotals, ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, EarlierState, Prior
from denials.domain.remittance import read_remittances
from denials.earlier_results import RecordedHistory
from denials.models import Payer
from denials.payer_products import PayerLine
from worklists.domain.routing import RuleBook
from worklists.routing.rule_sets import current_rules


@dataclass(slots=True, frozen=True)
class Read:
    """How a file is to be read: whose it is, and what the file itself does not say."""

    payer_key: str = ""
    product: str = ""
    jurisdiction: str = ""
    provider_status: str = ""
    on: date | None = None
    """The day as of which days are counted; today where none is said."""


class ExplainedClaim(NamedTuple):
    """One claim payment, what it is, and what follows from that."""

    claim: ReportedClaim
    conclusion: Conclusion
    queue: str
    """Key of the queue that the rules choose."""
    dated: ClockSet | None
    """Its clocks; None for what is no denial."""
    linked: str
    """The earlier result that it repeats or upholds, and what became of that."""


@dataclass(slots=True)
class Explained:
    """Files: the claims with their conclusions in file order, and what the reader found."""

    claims: list[ExplainedClaim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def explain(source: BinaryIO, read: Read = Read()) -> Explained:
    """Reads one 835 and concludes each claim as recording it would, with the history that is recorded so far.

    Without a payer in `read` the file's own payer is looked up.
    """
    explained, entries = Explained(), dictionary.current()
    rules = RuleBook(current_rules())
    told: dict[tuple[str, str], list[tuple[ReportedClaim, Conclusion]]] = defaultdict(list)
    for header, claims in _by_transaction(read_remittances(source), explained.findings):
        transaction = _Transaction(header, claims, entries, read, told[header.payer_id, header.payer_name])
        for explained_claim in transaction.explained(rules):
            explained.claims.append(explained_claim)
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


@dataclass(slots=True)
class _Transaction:
    """One payment of the file, with all that is known about whose it is."""

    header: RemittanceHeader
    claims: list[ReportedClaim]
    entries: Dictionary
    read: Read
    told: list[tuple[ReportedClaim, Conclusion]]

    def explained(self, rules: RuleBook) -> Iterator[ExplainedClaim]:
        read, header = self.read, self.header
        named = payer_matching.find(header)
        payer = payer_matching.by_key(read.payer_key) if read.payer_key else named
        key = payer.key if payer else read.payer_key
        payers = list({each.pk: each for each in (payer, named) if each is not None}.values())
        place, together = payer_matching.find_place(header), self._together()
        decided_on = header.payment_date or header.production_date
        for claim in self.claims:
            line = self._line(payer, key, claim)
            siblings = {id(other): other for name in _names(claim) for other in together[name] if other is not claim}
            past = _Noting(RecordedHistory(payers, place, header, self.entries, self.told, self.claims))
            conclusion = conclude(
                claim,
                self.entries,
                payer_key=key,
                payer_kind=line.kind,
                history=past,
                siblings=list(siblings.values()),
                decided_on=decided_on,
                product=line.name or line.product,
                facility=header.payee_npi,
                specialty=place.service_line if place else "",
            )
            self.told.append((claim, conclusion))
            dated = clocks_of_claim(claim, conclusion, decided_on, payers, line, past.prior)
            about = About(key, line, header.payee_npi, place, decided_on, dated)
            queue = queue_of(claim, conclusion, about, rules, read.on or timezone.localdate())
            yield ExplainedClaim(claim, conclusion, queue, dated, past.in_words(conclusion))

    def _line(self, payer: Payer | None, key: str, claim: ReportedClaim) -> PayerLine:
        """What counts for the claim: what is set up about its payer, and above that what was said on the call."""
        read = self.read
        line = payer_products.product_for(payer, claim) if payer else _unknown_line(key, kind_of(key, read.product))
        return replace(
            line,
            product=read.product or line.product,
            jurisdiction=read.jurisdiction or line.jurisdiction,
            provider_status=read.provider_status or line.provider_status,
        )

    def _together(self) -> dict[tuple[str, str], list[ReportedClaim]]:
        together: dict[tuple[str, str], list[ReportedClaim]] = defaultdict(list)
        for claim in self.claims:
            for name in _names(claim):
                together[name].append(claim)
        return together


def _unknown_line(key: str, kind: str) -> PayerLine:
    """A payer that is not set up."""
    return PayerLine(
        product_id=None, name="", kind=kind, rules_key=key, product="", jurisdiction="", provider_status="",
        response_days=30, claims_per_call=None, because="",
    )  # fmt: skip


def _names(claim: ReportedClaim) -> list[tuple[str, str]]:
    names = (("payer", claim.payer_control_number), ("ours", claim.claim_number))
    return [(whose, number) for whose, number in names if number]


class _Noting:
    """The history of a claim, which remembers what it answered."""

    def __init__(self, history: RecordedHistory) -> None:
        self._history = history
        self._duplicates: list[Duplicate] = []
        self.prior: Prior | None = None

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        found = self._history.duplicate_of(claim, line)
        self._duplicates.append(found)
        return found

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        self.prior = self._history.prior_by_control_number(control_number)
        return self.prior

    def in_words(self, conclusion: Conclusion) -> str:
        """ "UHC0011 paid 2026-10-21": the linked claim, what became of it, and when."""
        number = conclusion.linked_claim
        for match in self._duplicates:
            if number and match.reference == number and match.state is not EarlierState.NONE:
                return " ".join(filter(None, [number, match.state.value, _iso(match.decided_on)]))
        if number and self.prior and conclusion.appeal_result is None:
            return " ".join(
                filter(None, [number, "denied" if self.prior.is_denial else "paid", _iso(self.prior.decided_on)])
            )
        return number


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
