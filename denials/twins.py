"""Finds a payment that was recorded before: re-sent as it was, or with the same trace and other content."""

from __future__ import annotations

from django.db import connection

from denials.models import Remittance

_CLAIMS = """
SELECT claim_number, status, charge, paid, patient_share, payer_control_number, service_from, service_to, remarks
FROM denials_remittedclaim WHERE remittance_id = %s"""
_LINES = """
SELECT claim.claim_number, claim.status, line.number, line.procedure, line.modifiers, line.charge, line.paid,
    line.units_paid, line.service_from, line.remarks
FROM denials_remittedclaim AS claim JOIN denials_remittedline AS line ON line.remitted_claim_id = claim.id
WHERE claim.remittance_id = %s"""
_ADJUSTMENTS = """
SELECT claim.claim_number, claim.status, line.number, each."group", each.code, each.amount, each.quantity
FROM denials_remittedclaim AS claim JOIN denials_adjustment AS each ON each.remitted_claim_id = claim.id
LEFT JOIN denials_remittedline AS line ON line.id = each.line_id
WHERE claim.remittance_id = %s"""


def earlier(remittance: Remittance) -> Remittance | None:
    """The first remittance of the same payer, trace, date and amount; without a trace only one of the same content.

    Entries are no twins: several claims of one check are entered one by one, and the payer's own file may follow.
    """
    if remittance.entered_from:
        return None
    same_payment = Remittance.objects.filter(
        entered_from="",
        payer=remittance.payer,
        trace=remittance.trace,
        payment_date=remittance.payment_date,
        amount=remittance.amount,
        twin_of=None,
    ).exclude(pk=remittance.pk)
    if remittance.trace:
        return same_payment.first()
    same_size = same_payment.filter(claims=remittance.claims, charged=remittance.charged).order_by("pk")
    return next((other for other in same_size if is_same_content(remittance, other)), None)


def is_same_content(one: Remittance, other: Remittance) -> bool:
    """Whether both pay the same claims and lines for the same reasons, in whatever order and envelope."""
    if (one.claims, one.charged, one.paid) != (other.claims, other.charged, other.paid):
        return False
    return not any(_differs(rows, one, other) for rows in (_CLAIMS, _LINES, _ADJUSTMENTS))


def _differs(rows: str, one: Remittance, other: Remittance) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (({rows} EXCEPT ALL {rows}) UNION ALL ({rows} EXCEPT ALL {rows}))",
            [one.pk, other.pk, other.pk, one.pk],
        )
        return bool(cursor.fetchone()[0])


def reason(remittance: Remittance, first: Remittance) -> str:
    """Why this one is held, in a sentence for people."""
    where = f"transaction {first.transaction} of file {first.file_id}"
    if is_same_content(remittance, first):
        return f"Already recorded as {where}: every claim is the same, so nothing of it is counted or worked again."
    return (
        f"It has the payer, trace number, date and amount of {where}, but other claims or amounts."
        " Decide which of the two counts."
    )
