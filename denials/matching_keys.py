"""By what a claim is known from one remittance to the next. Two strangers never share it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from django.db import connection

from denials.copying import copy_into, day, or_null, plain
from denials.domain.facts import ReportedClaim
from denials.fitting import TextColumns
from denials.models import Claim, Remittance

_SAYS_NOTHING = re.compile(r"[0\W_]*|N/?A|NONE|UNKNOWN|NULL", re.IGNORECASE)
"""What senders write where they know no claim number."""
_REVERSAL = "22"
_TEXTS = ("number", "payer_control_number", "patient_last", "patient_first", "member_id")
_STAGED = ("row", "is_reversal", "service_from", "service_to", "charge", "matching_key", *_TEXTS)
_COLUMNS = TextColumns(Claim, ("matching_key", *_TEXTS))
_KEY_WIDTH = _COLUMNS.widths[0]

_STAGE = """
CREATE TEMP TABLE IF NOT EXISTS staged_claim (
    row integer, is_reversal boolean, matching_key text, number text, payer_control_number text, patient_last text,
    patient_first text, member_id text, service_from date, service_to date, charge numeric
) ON COMMIT DELETE ROWS"""
_ADD = """
INSERT INTO denials_claim AS known (
    payer_id, facility_id, matching_key, number, payer_control_number, patient_last, patient_first, member_id,
    service_from, service_to, charge)
SELECT DISTINCT ON (matching_key, service_from)
    %s, %s, matching_key, number, payer_control_number, patient_last, patient_first, member_id,
    service_from, service_to, charge
FROM staged_claim WHERE is_reversal = %s ORDER BY matching_key, service_from, row DESC
ON CONFLICT (payer_id, facility_id, matching_key, service_from) DO """
_LATEST_WINS = """UPDATE SET
    payer_control_number = coalesce(nullif(excluded.payer_control_number, ''), known.payer_control_number),
    patient_last = coalesce(nullif(excluded.patient_last, ''), known.patient_last),
    patient_first = coalesce(nullif(excluded.patient_first, ''), known.patient_first),
    member_id = coalesce(nullif(excluded.member_id, ''), known.member_id),
    service_to = coalesce(excluded.service_to, known.service_to),
    charge = coalesce(excluded.charge, known.charge)
WHERE (known.payer_control_number, known.patient_last, known.patient_first, known.member_id, known.service_to,
    known.charge)
    IS DISTINCT FROM (excluded.payer_control_number, excluded.patient_last, excluded.patient_first,
    excluded.member_id, excluded.service_to, excluded.charge)"""
# LATERAL with LIMIT keeps the planner on the unique index; a hash join would read all claims of the payer.
_FIND = """
SELECT known.id FROM staged_claim AS staged CROSS JOIN LATERAL (
    SELECT id FROM denials_claim AS claim
    WHERE payer_id = %s AND facility_id = %s AND claim.matching_key = staged.matching_key
        AND claim.service_from IS NOT DISTINCT FROM staged.service_from
    LIMIT 1) AS known
ORDER BY staged.row"""


def matching_key(claim: ReportedClaim, remittance_id: int) -> str:
    """Our claim number (CLP01); else the payer's (CLP07); else a key that only this claim payment has."""
    if not _SAYS_NOTHING.fullmatch(claim.claim_number):
        return _fit(claim.claim_number)
    if not _SAYS_NOTHING.fullmatch(claim.payer_control_number):
        return _fit(f"payer:{claim.payer_control_number}")
    return f"unnumbered:{remittance_id}-{claim.position}"


def claim_ids(claims: Sequence[ReportedClaim], remittance: Remittance) -> list[int]:
    """The ids of the claims that these payments are about, in their order; claims never seen are added.

    What a claim is known by follows the latest payment, never a reversal: that only repeats what it takes back.
    """
    where = [remittance.payer_id, remittance.facility_id]
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        cursor.execute("TRUNCATE staged_claim")
        copy_into("staged_claim", _STAGED, (_staged(row, claim, remittance.pk) for row, claim in enumerate(claims)))
        cursor.execute(_ADD + _LATEST_WINS, [*where, False])
        if any(claim.status == _REVERSAL for claim in claims):
            cursor.execute(_ADD + "NOTHING", [*where, True])
        cursor.execute(_FIND, where)
        return [row[0] for row in cursor.fetchall()]


def _staged(row: int, claim: ReportedClaim, remittance_id: int) -> str:
    texts = (
        matching_key(claim, remittance_id),
        claim.claim_number,
        claim.payer_control_number,
        claim.patient_last,
        claim.patient_first,
        claim.member_id,
    )
    charge = None if claim.charge is None else abs(claim.charge)
    return (
        f"{row}\t{claim.status == _REVERSAL}\t{day(claim.service_from)}\t{day(claim.service_to)}\t{or_null(charge)}\t"
        f"{_COLUMNS.untouched(texts) or plain(_cut(texts))}\n"
    )


def _cut(texts: Sequence[str]) -> Iterator[str]:
    return (text[:width] for text, width in zip(texts, _COLUMNS.widths, strict=True))


def _fit(key: str) -> str:
    """A key too long for its column ends in a digest of the whole, so that two long ones stay apart."""
    if len(key) <= _KEY_WIDTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"{key[: _KEY_WIDTH - 33]}~{digest}"
