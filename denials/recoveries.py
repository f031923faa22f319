"""Money that a payer takes back by a provider adjustment (PLB) alone: it names a claim, and no result says so.

What a reversal (CLP02 22) tells is told there. A delayed recovery names the claim twice, with opposite signs, and so
does the acknowledgment of a refund: each is netted.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from denials.course import UNDECIDED
from denials.models import Claim, ProviderAdjustment, RemittedClaim

ONLY_READ = tuple(state.value for state in UNDECIDED)
"""States of remittances from which nothing was concluded."""
CODES = ("WO", "WU", "FB", "72", "CS")
"""Provider adjustments by which money is taken back or carried over (plb_codes.csv)."""

_OWN_NUMBERS = """ARRAY(
    SELECT claim.number UNION SELECT claim.payer_control_number
    UNION SELECT told.payer_control_number FROM denials_remittedclaim told WHERE told.claim_id = claim.id)"""
_NAMED = """
CROSS JOIN LATERAL (
    SELECT claim.id, {own} AS numbers, count(*) OVER () AS claims
    FROM (
        SELECT id, min(fit) AS fit FROM (
            SELECT id, 1 AS fit FROM denials_claim WHERE payer_control_number = p.reference
            UNION ALL SELECT claim_id, 1 FROM denials_remittedclaim
                WHERE payer_control_number = p.reference AND payer_control_number > ''
            UNION ALL SELECT id, 2 FROM denials_claim WHERE number = p.reference
        ) ways GROUP BY id
    ) fitting JOIN denials_claim claim ON claim.id = fitting.id
    WHERE claim.payer_id = r.payer_id AND claim.facility_id = r.facility_id
    ORDER BY fitting.fit, claim.service_from DESC NULLS LAST, claim.id DESC LIMIT 1
) named """
_TAKEN = """
CROSS JOIN LATERAL (
    SELECT sum(x.amount) AS net, coalesce(sum(x.amount) FILTER (WHERE x.amount > 0
        AND (coalesce(rx.payment_date, rx.production_date), rx.id, x.ordinal)
            > (coalesce(r.payment_date, r.production_date), r.id, p.ordinal)), 0) AS later
    FROM denials_provideradjustment x JOIN denials_remittance rx ON rx.id = x.remittance_id
    WHERE x.reference = ANY(named.numbers) AND x.reference <> '' AND upper(btrim(x.code)) = ANY(%(recoveries)s::text[])
        AND rx.payer_id = r.payer_id AND rx.facility_id = r.facility_id AND rx.state <> ALL(%(only_read)s::text[])
) taken """
_REVERSED = """
CROSS JOIN LATERAL (
    SELECT coalesce(greatest(max(sofar), 0) - sum(paid), 0) AS amount FROM (
        SELECT told.paid, sum(told.paid) OVER (
            ORDER BY coalesce(rt.payment_date, rt.production_date), rt.id, told.position) AS sofar
        FROM denials_remittedclaim told JOIN denials_remittance rt ON rt.id = told.remittance_id
        WHERE told.claim_id = named.id AND rt.state <> ALL(%(only_read)s::text[]) AND told.status <> '25'
            AND NOT EXISTS (SELECT 1 FROM denials_confirmation again WHERE again.told_id = told.id)
    ) course
) reversed """
_RESULT = """
CROSS JOIN LATERAL (
    SELECT told.id FROM denials_remittedclaim told JOIN denials_remittance rt ON rt.id = told.remittance_id
    WHERE told.claim_id = named.id AND rt.state <> ALL(%(only_read)s::text[])
    ORDER BY coalesce(told.paid, 0) > 0 DESC, coalesce(rt.payment_date, rt.production_date) DESC, rt.id DESC,
        told.position DESC LIMIT 1
) c """
ALONE = (
    " JOIN denials_provideradjustment p ON p.remittance_id = r.id"
    + _NAMED.format(own=_OWN_NUMBERS) + _TAKEN + _REVERSED + _RESULT
    + """WHERE upper(btrim(p.code)) = ANY(%(recoveries)s::text[]) AND p.amount > 0 AND btrim(p.reference, ' 0') <> ''
        AND taken.net - reversed.amount - taken.later > 0 AND r.state <> ALL(%(only_read)s::text[]) AND """
)  # fmt: skip
"""Continues `FROM denials_remittance r`: each adjustment `p` that takes money of the claim `named` which no result
tells, and `c`, the result that paid it. What several take is told of the latest ones.
"""
AMOUNT = "least(p.amount, taken.net - reversed.amount - taken.later)"
_TOLD = f"""
SELECT p.id, named.id, r.id, r.trace, p.code, {AMOUNT}, named.claims FROM denials_remittance r {ALONE}
r.id = ANY(%(remittances)s::bigint[]) ORDER BY named.id, p.id"""
_NAMING = """
WITH numbers AS MATERIALIZED (
    SELECT DISTINCT claim.payer_id, claim.facility_id, said.number
    FROM denials_remittedclaim told JOIN denials_claim claim ON claim.id = told.claim_id
    CROSS JOIN LATERAL unnest(ARRAY[claim.number, claim.payer_control_number, told.payer_control_number])
        AS said (number)
    WHERE told.remittance_id = %(remittance)s AND said.number <> ''
)
SELECT DISTINCT p.remittance_id
FROM numbers JOIN denials_provideradjustment p ON p.reference = numbers.number AND p.reference <> ''
JOIN denials_remittance r
    ON r.id = p.remittance_id AND r.payer_id = numbers.payer_id AND r.facility_id = numbers.facility_id
WHERE p.amount > 0 AND upper(btrim(p.code)) = ANY(%(recoveries)s::text[])"""


class Taken(NamedTuple):
    """What one provider adjustment takes of one claim, and no result tells."""

    adjustment: int
    claim: int
    remittance: int
    trace: str
    code: str
    amount: Decimal
    claims: int
    """How many claims its reference fits; told of the one that fits best."""


def taken_by(remittances: Collection[int]) -> list[Taken]:
    """What these remittances take back by provider adjustments alone, as things stand."""
    values: dict[str, list[Any]] = {
        "remittances": sorted(remittances),
        "recoveries": list(CODES),
        "only_read": list(ONLY_READ),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, values)
        return [Taken._make(row) for row in cursor.fetchall()]


def claims_named_by(adjustment: ProviderAdjustment) -> QuerySet[Claim]:
    """Every claim that the reference of this adjustment fits and of which results tell, newest first."""
    by_result = RemittedClaim.objects.filter(payer_control_number=adjustment.reference).values("claim")
    named = Q(payer_control_number=adjustment.reference) | Q(number=adjustment.reference) | Q(pk__in=by_result)
    payment = adjustment.remittance
    rows = Claim.objects.filter(named, payer=payment.payer_id, facility=payment.facility_id)
    told = RemittedClaim.objects.filter(claim=OuterRef("pk")).exclude(remittance__state__in=UNDECIDED)
    return rows.filter(Exists(told)).order_by("-service_from", "-pk")


def about_claims_of(remittance: int) -> set[int]:
    """The remittance with those, also earlier ones, that take money back of the claims that it tells of."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, {"remittance": remittance, "recoveries": list(CODES)})
        return {remittance, *(row[0] for row in cursor.fetchall())}
