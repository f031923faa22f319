"""Lets go of what a case does not hold up any more, and closes the case when nothing is left. Harmless to run again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from denials.exceptions import finding
from denials.exceptions.opening import open_from
from denials.models import Denial, ExceptionCase, HeldUp, Remittance, Rereading

AT_A_TIME = 500
BY_ITSELF = "Nothing is held up by it any more."


@transaction.atomic
def recheck(
    cases: QuerySet[ExceptionCase], *, because: str = BY_ITSELF, user: User | None = None, today: date | None = None
) -> list[int]:
    """Asks again what these open cases hold up. Returns the ids of those that closed.

    `because` says how a case that closes was fixed, and `user` who fixed it.
    """
    rows = cases.filter(state=ExceptionCase.State.OPEN).order_by("kind", "cause")
    locked = list(rows.select_for_update(of=("self",), no_key=True))
    _ask_again(locked, today or timezone.localdate())
    return close_empty([case.pk for case in locked], because=because, user=user)


def recheck_for(denials: Iterable[int], *, because: str = BY_ITSELF, user: User | None = None) -> list[int]:
    """Rechecks the cases that hold up the claims of these denials: after they were concluded again."""
    results = Denial.objects.filter(pk__in=list(denials)).values("remitted_claim")
    return recheck(_holding(Q(remitted_claim__in=results)), because=because, user=user)


def recheck_after(rereading: Rereading) -> list[int]:
    """Rechecks the cases about what a finished rereading was asked for: its codes, its payers and its denials."""
    about = Q(payer__in=rereading.payers) | Q(payer__merged_into__in=rereading.payers)
    for system, code in rereading.codes:
        about |= Q(system=system) & (Q(code=code) | Q(code__endswith=f"-{code}"))
    if rereading.denials:
        results = Denial.objects.filter(pk__in=rereading.denials).values("remitted_claim")
        about |= Q(pk__in=_holding(Q(remitted_claim__in=results)).values("pk"))
    return recheck(ExceptionCase.objects.filter(about), because=rereading.because, user=rereading.asked_by)


def recheck_remittance(remittance: Remittance) -> list[int]:
    """After a payment went on its way: it may have been held itself, and it may answer what others left open."""
    same_claims = Q(remitted_claim__claim__remitted__remittance=remittance)
    because, user = BY_ITSELF, remittance.decided_by
    if remittance.decided_at:
        because = f"Decided: {remittance.get_state_display().lower()}. {remittance.decision_reason}".strip()
    closed = recheck(_holding(Q(remittance=remittance, remitted_claim=None)), because=because, user=user)
    return closed + recheck(_holding(same_claims), because="The payer's next result came.")


def close_empty(
    cases: Iterable[int],
    *,
    because: str,
    user: User | None = None,
    state: str = ExceptionCase.State.FIXED,
) -> list[int]:
    """Closes those of the locked cases that hold nothing up, and returns their ids."""
    held = HeldUp.objects.filter(case=OuterRef("pk"), state=HeldUp.State.HELD)
    closing = list(ExceptionCase.objects.open().filter(~Exists(held), pk__in=list(cases)).order_by("pk"))
    ExceptionCase.objects.filter(pk__in=[case.pk for case in closing]).update(
        state=state, closed_on=timezone.localdate(), closed_by=user, closed_because=because[:300] or BY_ITSELF
    )
    return [case.pk for case in closing]


def _holding(things: Q) -> QuerySet[ExceptionCase]:
    held = HeldUp.objects.filter(things, case=OuterRef("pk"), state=HeldUp.State.HELD)
    return ExceptionCase.objects.open().filter(Exists(held))


def _ask_again(cases: list[ExceptionCase], today: date) -> None:
    """Lets go of what is not held any more. What is held by another cause now, as after a merge, gets its case."""
    held = HeldUp.objects.filter(case__in=cases, state=HeldUp.State.HELD)
    kinds = {case.kind for case in cases}
    remittances = sorted(set(held.values_list("remittance", flat=True)))
    for start in range(0, len(remittances), AT_A_TIME):
        batch = remittances[start : start + AT_A_TIME]
        still = {(row.kind, row.cause, row.thing) for row in finding.find(batch, today, kinds)}
        rows = held.filter(remittance__in=batch).values_list("pk", "case__kind", "case__cause", "thing")
        gone = [pk for pk, *what in rows if tuple(what) not in still]
        HeldUp.objects.filter(pk__in=gone).update(state=HeldUp.State.RELEASED)
        open_from(batch, today, kinds)
