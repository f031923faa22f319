"""What the page of one case shows: what it holds up with the evidence, what became of it, and who did what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.row_history import RowChange, history_of
from denials import recoveries
from denials.domain.conclusion import in_words
from denials.models import Denial, ExceptionCase, HeldUp, ProviderAdjustment, Rereading
from denials.sources import Source
from worklists.models import WorkItem

SHOWN = 100
UNTOLD = {"cause", "reason", "system", "code"}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a case holds up, or held up, with where its work stands."""

    row: HeldUp
    item: WorkItem | None
    now: str


@dataclass(frozen=True, slots=True)
class Became:
    """How many of the things ended in one way."""

    words: str
    count: int


def things_of(case: ExceptionCase, user: User) -> list[Thing]:
    """The first of what the case holds up, or, once it is closed, held up."""
    rows = HeldUp.objects.visible_to(user).filter(case=case)
    if case.is_open:
        rows = rows.filter(state=HeldUp.State.HELD)
    shown = list(
        rows.select_related(
            "facility", "remittance__payer", "remittance__file", "remitted_claim__claim", "provider_adjustment"
        ).order_by("-amount", "pk")[:SHOWN]
    )
    items, denials = _work_of(shown)
    return [_thing(row, items, denials) for row in shown]


def became_of(case: ExceptionCase, user: User) -> list[Became]:
    """What became of everything that the case let go, most frequent first: as things stand now."""
    rows = HeldUp.objects.visible_to(user).filter(case=case).exclude(state=HeldUp.State.HELD)
    rows = rows.select_related("remittance", "remitted_claim").order_by("pk")
    counted: Counter[str] = Counter()
    loose: list[HeldUp] = []
    for row in rows.iterator(chunk_size=1000):
        loose.append(row)
        if len(loose) == 1000:
            counted.update(_words(loose))
            loose.clear()
    counted.update(_words(loose))
    return [Became(words, count) for words, count in counted.most_common()]


def recoveries_of(case: ExceptionCase, user: User) -> list[ProviderAdjustment]:
    """The provider adjustments that name the claim, or else those of the same payment that take money back."""
    result = case.remitted_claim
    if result is None:
        return []
    remittance = result.remittance
    numbers = [number for number in (result.payer_control_number, result.claim_number) if number.strip("0 ")]
    by_name = Q(pk__in=[])
    for number in numbers:
        by_name |= Q(reference__icontains=number)
    rows = ProviderAdjustment.objects.filter(remittance__payer=remittance.payer_id).select_related("remittance")
    seen = rows.filter(remittance__facility=result.facility_id)
    named = list(seen.filter(by_name)[:SHOWN])
    return named or list(seen.filter(remittance=remittance, code__in=recoveries.CODES)[:SHOWN])


def fact_of(case: ExceptionCase, origin: Source) -> str:
    """The key of the fact that holds the code of this case; empty when it is about no code of this claim."""
    code = case.code.rpartition("-")[2]
    return next((said.key for said in origin.facts.values() if code and said.text.strip().upper() == code), "")


def is_being_read_again(case: ExceptionCase) -> bool:
    """Whether a rereading about the code or the payer of this case is under way."""
    about = Q(codes__contains=[[case.system, case.code]]) if case.code else Q(pk__in=[])
    if case.payer_id:
        about |= Q(payers__contains=[case.payer_id])
    return Rereading.objects.filter(about, finished_at=None).exists()


def history(case: ExceptionCase) -> list[RowChange]:
    return [
        RowChange(change.at, change.what, change.who, [one for one in change.fields if one.label.lower() not in UNTOLD])
        for change in history_of(case)
    ]


def earlier_cases(case: ExceptionCase, user: User) -> list[ExceptionCase]:
    """Closed cases of the same cause: somebody decided about it before."""
    same = ExceptionCase.objects.visible_to(user).filter(kind=case.kind, cause=case.cause).exclude(pk=case.pk)
    return list(same.select_related("closed_by").order_by("-pk")[:5])


def _thing(row: HeldUp, items: dict[int, WorkItem], denials: dict[int, Denial]) -> Thing:
    result = row.remitted_claim_id or 0
    return Thing(row, items.get(result), _where(row, items.get(result), denials.get(result)))


def _words(rows: Iterable[HeldUp]) -> list[str]:
    found = list(rows)
    items, denials = _work_of(found)
    return [
        _where(row, items.get(row.remitted_claim_id or 0), denials.get(row.remitted_claim_id or 0)) for row in found
    ]


def _work_of(rows: list[HeldUp]) -> tuple[dict[int, WorkItem], dict[int, Denial]]:
    """Items and conclusions by claim payment. An item that went on to a later result answers for its first one too."""
    claims = {row.remitted_claim.claim_id: row.remitted_claim.pk for row in rows if row.remitted_claim}
    results = [row.remitted_claim_id for row in rows if row.remitted_claim_id]
    denials = {row.remitted_claim_id: row for row in Denial.objects.filter(remitted_claim__in=results)}
    found = WorkItem.objects.filter(claim__in=claims).select_related("queue", "assignee").order_by("pk")
    return {claims[item.claim_id]: item for item in found}, denials


def _where(row: HeldUp, item: WorkItem | None, denial: Denial | None) -> str:
    if row.remitted_claim_id is None:
        return row.remittance.get_state_display()
    if item is not None and item.is_open:
        return f"In work in {item.queue}" if item.assignee_id else f"In {item.queue}, free to take"
    if item is not None:
        return f"Closed: {item.get_resolution_display().lower()}"
    return in_words(denial.outcome).capitalize() if denial else "Paid or posted: nothing to work"
