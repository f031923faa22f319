"""The context of an item: what is known beside the payer's decision; what this kind of denial hangs on comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from denials.domain import approvals, cover, told_rows
from denials.domain.approvals import Fit, Service
from denials.domain.cover import Cover
from denials.models import Authorization, ClaimNote, EligibilityCheck, RemittedLine
from denials.models.told import Told
from worklists import postings, timeline, timeline_claim, timeline_facts
from worklists.claim_record import ClaimRecord
from worklists.domain.context_order import ordered
from worklists.domain.timeline import Entry, Source
from worklists.models import WorkItem

HEADINGS = {
    "authorization": "Authorization",
    "eligibility": "Eligibility",
    "coding": "Coding notes",
    "edits": "Claim edits",
    "submissions": "Submissions",
    "payments": "Payments posted",
}
WRITES = {
    "authorization": told_rows.AUTHORIZATIONS,
    "eligibility": told_rows.ELIGIBILITY,
    "coding": told_rows.CODING,
    "edits": told_rows.EDITS,
}
"""What people write down themselves, by the part that shows it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact with its source, and what it means for this claim."""

    fact: Any
    source: Source
    fits: Sequence[Fit] = ()
    cover: Cover | None = None

    @property
    def covers(self) -> bool:
        """Every line that was asked about."""
        return bool(self.fits) and all(fit.covers for fit in self.fits)


@dataclass(slots=True)
class Part:
    """One part of the panel. `verdict` says in a sentence what it comes to; `tone` good, late or nothing."""

    key: str
    rows: Sequence[Any] = ()
    verdict: str = ""
    tone: str = ""
    withdrawn: list[Shown] = field(default_factory=list)
    answers: list[Entry] = field(default_factory=list)
    """What receivers answered, for the claim edits."""

    @property
    def heading(self) -> str:
        return HEADINGS[self.key]

    @property
    def template(self) -> str:
        return f"worklists/context/_{self.key}.html"

    @property
    def writes(self) -> str:
        """The kind of fact that may be added here, if any."""
        return WRITES.get(self.key, "")


def context_of(item: WorkItem, user: User) -> list[Part]:
    """Every part, in the order that fits the category of the denial."""
    beside = {"lines": lines_of(item), postings.ADJUSTED: postings.adjustments_of(item)}
    record = ClaimRecord(item, user, beside)
    facts, services = record.facts, services_of(item, record.more["lines"])
    parts = {
        "authorization": _authorization(facts.authorizations, services, user),
        "eligibility": _eligibility(facts.checks, item, user),
        "coding": _notes("coding", facts.notes, ClaimNote.Kind.CODING, user),
        "edits": _edits(record),
        "submissions": Part("submissions", rows=timeline_claim.arrived(timeline.entries_of(record))),
        "payments": Part("payments", rows=postings.of_claim(record)),
    }
    return [parts[key] for key in ordered(item.denial.category)]


def lines_of(item: WorkItem) -> QuerySet[RemittedLine]:
    return item.denial.remitted_claim.lines.order_by("number")


def services_of(item: WorkItem, lines: Iterable[RemittedLine]) -> list[Service]:
    """The denied ones of these lines, else every line, else the claim as a whole."""
    claim, denied = item.claim, set(item.denial.denied_lines)
    lines = list(lines)
    asked = [line for line in lines if line.number in denied] or lines
    return [
        Service(
            number=line.number,
            procedure=line.procedure,
            units=line.units_billed if line.units_billed is not None else line.units_paid,
            first_day=line.service_from or claim.service_from,
            last_day=line.service_to or line.service_from or claim.service_to,
        )
        for line in asked
    ] or [Service(0, first_day=claim.service_from, last_day=claim.service_to)]


def _authorization(facts: Sequence[Authorization], services: Sequence[Service], user: User) -> Part:
    part = Part("authorization", withdrawn=_withdrawn(facts, user))
    rows = [_shown(fact, user, fits=approvals.fits(fact.as_approval, services)) for fact in _standing(facts)]
    part.rows = sorted(rows, key=lambda row: (not row.covers, -sum(fit.covers for fit in row.fits)))
    covered = next((row for row in part.rows if row.covers), None)
    if covered:
        named = covered.fact.number or "The payer's answer"
        part.verdict, part.tone = f"{named} covers what was denied.", "good"
    elif part.rows:
        part.verdict, part.tone = "No authorization on record covers all of what was denied.", "late"
    return part


def _eligibility(facts: Sequence[EligibilityCheck], item: WorkItem, user: User) -> Part:
    first, last = item.claim.service_from, item.claim.service_to
    part = Part("eligibility", withdrawn=_withdrawn(facts, user))
    part.rows = [_shown(fact, user, cover=cover.on_days(fact.as_check, first, last)) for fact in _standing(facts)]
    settled = next((row.cover for row in part.rows if row.cover and row.cover.is_covered is not None), None)
    if settled:
        part.verdict = f"{settled.words}, by the latest check that tells."
        part.tone = "good" if settled.is_covered else "late"
    return part


def _notes(key: str, facts: Sequence[ClaimNote], kind: str, user: User) -> Part:
    own = [fact for fact in facts if fact.kind == kind]
    return Part(key, rows=[_shown(fact, user) for fact in _standing(own)], withdrawn=_withdrawn(own, user))


def _edits(record: ClaimRecord) -> Part:
    part = _notes("edits", record.facts.notes, ClaimNote.Kind.EDIT, record.user)
    part.answers = list(timeline_claim.answers(record.filing))
    return part


def _standing(facts: Iterable[Told]) -> Iterable[Any]:
    return (fact for fact in facts if not fact.is_withdrawn)


def _withdrawn(facts: Iterable[Told], user: User) -> list[Shown]:
    return [_shown(fact, user) for fact in facts if fact.is_withdrawn]


def _shown(fact: Told, user: User, **more: Any) -> Shown:
    return Shown(fact, timeline_facts.source_of(fact, user), **more)
