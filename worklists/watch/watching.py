"""What is on nobody's list and must not be lost: watched results, things to confirm, work that failed or is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Min, Q, Sum, Value
from django.urls import reverse
from django.utils import timezone

from accounts.formatting import dollars
from accounts.governance import reviews
from accounts.models import Facility, FacilityScoped, User
from denials import files
from denials.domain.conclusion import Outcome
from denials.models import Denial, Payer
from worklists.assignment import releasing
from worklists.capped import CAP, count_and_sum, counts, in_words
from worklists.models import WorkItem
from worklists.watch import failed_work, watch_settings, watched

PAGE_SIZE = 50
WATCHED = {
    Outcome.PENDING: (
        "Pending at the payer",
        "The payer has not decided: nothing to appeal yet, easily forgotten.",
    ),
    Outcome.FORWARDED: ("Forwarded to another payer", "Watch for the next payer's result before billing anybody."),
    Outcome.REVERSAL: ("Taken back", "The payer reversed an earlier result; a correction should follow."),
    Outcome.DUPLICATE_CLOSED: ("Duplicates", "Denied as seen before, and the first result was found: nothing to work."),
    Outcome.ESTIMATE: ("Estimates", "Predetermination only: no claim was decided."),
    Outcome.NOT_DENIAL: ("Kept in view", "No denial, yet something about it asks for an eye."),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """One kind of result that waits for something else to happen."""

    outcome: str
    label: str
    meaning: str
    count: int
    amount: Decimal
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that a person must settle, and where."""

    label: str
    count: int
    meaning: str
    page: str
    """The name of the page that settles it."""
    for_admins: bool = False
    """Only an administrator may open that page."""
    narrowed: str = ""
    """The query by which that page lists just these."""

    @property
    def shown(self) -> str:
        return in_words(self.count)


@dataclass(frozen=True, slots=True)
class Losing:
    """Open items that may be lost in one way, with the list of exactly these. Counts and sums stop at `CAP` rows."""

    kind: watched.Kind
    meaning: str
    count: int
    amount: Decimal
    url: str

    @property
    def said(self) -> str:
        more_than = "More than " if self.count > CAP else ""
        return f"{more_than}{dollars(self.amount)} at risk. {self.meaning}" if self.count else self.meaning

    @property
    def shown(self) -> str:
        return in_words(self.count)


def losing(user: User, today: date) -> list[Losing]:
    """Every way in which open items may be lost, each counted by a query that stops early."""
    numbers, items = watch_settings.numbers(), WorkItem.objects.visible_to(user)
    found = []
    for key, kind in watched.KINDS.items():
        count, amount = count_and_sum(items.filter(watched.condition(key, today, numbers)), "amount_at_risk")
        found.append(Losing(kind, kind.meaning.format(**numbers), count, amount, f"{reverse('all_items')}?watch={key}"))
    return found


def watched_kinds(user: User) -> list[Watched]:
    """The watched results that `user` may see, by kind, those without any left out."""
    rows = _watched(user).order_by().values("outcome")
    counted = {row["outcome"]: row for row in rows.annotate(**_sums())}
    return [
        Watched(outcome.value, label, meaning, found["count"], found["amount"], found["oldest"])
        for outcome, (label, meaning) in WATCHED.items()
        if (found := counted.get(outcome.value))
    ]


def watched_rows(user: User, outcome: str, after: int | None) -> list[Denial]:
    """One page and one row more of the watched results of one kind, oldest first."""
    rows = _watched(user).filter(outcome=outcome)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.select_related("claim", "payer", "remitted_claim__remittance").order_by("pk")[: PAGE_SIZE + 1])


def _watched(user: User) -> FacilityScoped:
    """Without reversals that their correction has followed: nothing more has to happen to those."""
    is_corrected = Q(outcome=Outcome.REVERSAL, remitted_claim__reverses__correction__isnull=False)
    return Denial.objects.visible_to(user).filter(is_denial=False).exclude(is_corrected)


def concerns(user: User, today: date) -> list[Concern]:
    """What keeps denials from reaching somebody's list, each with the page that settles it. Counted up to the cap."""
    put_back = WorkItem.objects.visible_to(user).filter(pk__in=releasing.put_back_lately(today).values("pk"))
    held, failed, payers, facilities, untouched = counts(
        user,
        files.with_held_payments(user),
        failed_work.failed(),
        Payer.objects.to_confirm(),
        Facility.objects.visible_to(user).filter(is_confirmed=False),
        put_back,
    )
    return [
        Concern(
            "Files with held payments",
            held,
            "Recorded, and wait for a decision before any work is made.",
            "intake",
            narrowed="part=held",
        ),
        Concern("Work that failed", failed, "The system gave up on it. Nothing is lost: try it again.", "failed_work"),
        Concern(
            "Payers to confirm", payers, "A remittance named them first: check and confirm.", "payers", for_admins=True
        ),
        Concern(
            "Facilities to confirm",
            facilities,
            "A remittance named them first: check who may see them.",
            "facilities",
            for_admins=True,
        ),
        Concern(
            "Rules to look over", reviews.overdue(timezone.localdate()), "Their day of review has passed.", "reviews"
        ),
        Concern("Put back, untouched", untouched, "Nobody touched them, and nobody has taken them since.", "put_back"),
    ]


def _sums() -> dict[str, Any]:
    zero = Value(Decimal("0.00"), DecimalField(max_digits=14, decimal_places=2))
    return {
        "count": Count("pk"),
        "amount": Sum("tracked_amount", default=zero),
        "oldest": Min("decided_on", filter=Q(decided_on__isnull=False)),
    }
