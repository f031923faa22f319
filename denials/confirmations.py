"""Brings a payer's remittance together with what somebody had entered of it before, so that it is worked once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import QuerySet

from denials.domain.facts import ReportedClaim
from denials.domain.told_twice import Told, same_decision
from denials.models import Claim, Confirmation, Remittance, RemittedClaim
from denials.recorded_claims import RecordedClaim, reported_claim

DOES_NOT_COUNT = (Remittance.State.HELD, Remittance.State.SET_ASIDE)


def confirm_entered(remittance: Remittance, batch: Sequence[RecordedClaim]) -> Collection[int]:
    """Notes which claim payments of a payer's remittance only say what was entered before; their ids.

    No denial is written for those: the entered one is worked already, and its money counts once.
    """
    if (
        remittance.entered_from
        or not Remittance.objects.filter(payer=remittance.payer_id).exclude(entered_from="").exists()
    ):
        return ()
    entered: dict[int, list[RemittedClaim]] = defaultdict(list)
    for row in _entered([recorded.claim_id for recorded in batch]):
        entered[row.claim_id].append(row)
    found = []
    for recorded in batch:
        told = Told(recorded.reported, _day(remittance), remittance.trace)
        for row in entered[recorded.claim_id]:
            if because := same_decision(_told(row), told):
                found.append(Confirmation(entered=row, told_id=recorded.remitted_claim_id, because=because))
                entered[recorded.claim_id].remove(row)
                break
    Confirmation.objects.bulk_create(found)
    return {each.told_id for each in found}


def recorded_before(claim: Claim, reported: ReportedClaim, told: Remittance) -> RemittedClaim | None:
    """The result on record that says the same as `reported` would; `told` gives its day and trace and is not saved."""
    rows = RemittedClaim.objects.filter(claim=claim).exclude(remittance__state__in=DOES_NOT_COUNT)
    new = Told(reported, _day(told), told.trace)
    found: list[RemittedClaim] = list(rows.select_related("remittance").order_by("pk"))
    return next((row for row in found if same_decision(_told(row), new)), None)


def _entered(claims: list[int]) -> QuerySet[RemittedClaim]:
    """Entered results of these claims that no remittance has confirmed yet, oldest first."""
    rows = RemittedClaim.objects.filter(claim__in=claims, confirmed_by__isnull=True)
    rows = rows.exclude(remittance__entered_from="").exclude(remittance__state__in=DOES_NOT_COUNT)
    return rows.select_related("remittance").order_by("pk")


def _told(row: RemittedClaim) -> Told:
    return Told(reported_claim(row).reported, _day(row.remittance), row.remittance.trace)


def _day(remittance: Remittance) -> date | None:
    return remittance.payment_date or remittance.production_date
