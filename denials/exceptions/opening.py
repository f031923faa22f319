"""Opens a case for each cause that holds something up, and adds to the open one what it holds up besides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Team
from denials.domain.exception_kinds import ABOUT, Kind
from denials.exceptions import finding
from denials.exceptions.finding import Found
from denials.exceptions.wording import due_of, reason_of
from denials.models import ExceptionCase, HeldUp, Payer, Remittance, RemittedClaim

FIND_EXCEPTIONS = "find_exceptions"
BATCH = 1000
SUBJECT_IS_CLAIM = (Kind.UNMATCHED_REVERSAL, Kind.AMBIGUOUS_CLAIM, Kind.AMBIGUOUS_PART, Kind.TAKEBACK)
SUBJECT_IS_PAYMENT = (
    Kind.CUT_FILE, Kind.DUPLICATE_TRACE, Kind.UNBALANCED, Kind.HELD, Kind.UNREADABLE_AMOUNT,
)  # fmt: skip
Cause = tuple[str, str]


@transaction.atomic
def open_from(remittances: Collection[int], today: date | None = None, kinds: Collection[str] = tuple(Kind)) -> int:
    """Brings the cases up to date with these remittances. Run again, or at the same moment, it changes nothing more.

    What a person left as it is, or confirmed, opens no second case. Returns how many things are held up newly.
    """
    found = finding.find(remittances, today or timezone.localdate(), kinds)
    fresh = _undecided(found)
    cases = _open_cases(fresh)
    known = set(HeldUp.objects.filter(case__in=cases.values(), state=HeldUp.State.HELD).values_list("case", "thing"))
    new = {(cases[row.kind, row.cause].pk, row.thing): row for row in fresh}
    rows = [_held(case, row) for (case, thing), row in new.items() if (case, thing) not in known]
    HeldUp.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["case", "thing"],
        update_fields=["state", "amount", "claims"],
    )
    return len(rows)


def _undecided(found: Sequence[Found]) -> list[Found]:
    decided = HeldUp.objects.filter(
        thing__in={row.thing for row in found}, state__in=[HeldUp.State.ACCEPTED, HeldUp.State.CONFIRMED]
    )
    known = set(decided.values_list("case__kind", "case__cause", "thing"))
    return [row for row in found if (row.kind, row.cause, row.thing) not in known]


def _open_cases(found: Sequence[Found]) -> dict[Cause, ExceptionCase]:
    """The open case of each cause, locked in the order of their causes, so that none closes before it is added to."""
    firsts = {(row.kind, row.cause): row for row in reversed(found)}
    missing = sorted(firsts)
    cases: dict[Cause, ExceptionCase] = {}
    while missing:
        _add(_without_open_case(missing, firsts))
        cases |= _locked(missing)
        missing = [cause for cause in missing if cause not in cases]  # closed between the two: opened again
    return cases


def _without_open_case(causes: Sequence[Cause], firsts: dict[Cause, Found]) -> list[Found]:
    open_now = set(
        ExceptionCase.objects.open().filter(cause__in={cause for _, cause in causes}).values_list("kind", "cause")
    )
    return [firsts[cause] for cause in causes if cause not in open_now]


def _locked(causes: Sequence[Cause]) -> dict[Cause, ExceptionCase]:
    rows = (
        ExceptionCase.objects.open()
        .filter(kind__in={kind for kind, _ in causes}, cause__in={cause for _, cause in causes})
        .select_for_update(no_key=True)
        .order_by("kind", "cause")
    )
    wanted = set(causes)
    return {(row.kind, row.cause): row for row in rows if (row.kind, row.cause) in wanted}


def _add(found: Sequence[Found]) -> None:
    """A worker that adds the same case at the same moment wins or waits: one of the two stands."""
    teams = dict(Team.objects.values_list("key", "pk"))
    payers = Payer.objects.in_bulk({row.payer for row in found})
    payments = Remittance.objects.in_bulk({row.remittance for row in found})
    results = RemittedClaim.objects.in_bulk({row.remitted_claim for row in found if row.remitted_claim})
    today = timezone.localdate()
    rows = []
    for row in found:
        kind, payment = Kind(row.kind), payments[row.remittance]
        due_on, due_because = due_of(kind, payment)
        rows.append(
            ExceptionCase(
                kind=row.kind,
                cause=row.cause[:160],
                system=row.system,
                code=row.code[:14],
                payer=payers[row.payer],
                remittance=payment if kind in SUBJECT_IS_PAYMENT else None,
                remitted_claim=results[row.remitted_claim or 0] if kind in SUBJECT_IS_CLAIM else None,
                reason=reason_of(row, payers, payment),
                owner_team_id=teams.get(ABOUT[kind].team),
                opened_on=today,
                due_on=due_on,
                due_because=due_because,
            )
        )
    ExceptionCase.objects.bulk_create(rows, ignore_conflicts=True)


def _held(case: int, row: Found) -> HeldUp:
    return HeldUp(
        case_id=case,
        thing=row.thing,
        facility_id=row.facility,
        remittance_id=row.remittance,
        remitted_claim_id=row.remitted_claim,
        provider_adjustment_id=row.provider_adjustment,
        claims=row.claims,
        amount=row.amount,
    )


def every_remittance(batch: int = 100) -> Iterable[list[int]]:
    """The ids of all remittances, oldest first, so many at a time."""
    last = 0
    while ids := list(Remittance.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:batch]):
        yield ids
        last = ids[-1]
