"""By what a claim is known from one remittance to the next. Two strangers never share it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from denials.copying import copy, day, ids_as_text, or_null, plain
from denials.domain.facts import ReportedClaim
from denials.fitting import TextColumns
from denials.models import Claim, Remittance

_SAYS_NOTHING = re.compile(r"[0\W_]*|N/?A|NONE|UNKNOWN|NULL", re.IGNORECASE)
"""What senders write where they know no claim number."""
_REVERSAL = "22"
_TEXTS = ("matching_key", "number", "payer_control_number", "patient_last", "patient_first", "member_id")
_COLUMNS = ("id", "payer_id", "facility_id", "service_from", "service_to", "charge", *_TEXTS)
_TEXT_COLUMNS = TextColumns(Claim, _TEXTS)
_KEY_WIDTH = _TEXT_COLUMNS.widths[0]

# LATERAL with LIMIT keeps the planner on the unique index; a hash join would read all claims of the payer.
_FIND = """
SELECT told.row, known.id::text
FROM unnest(%s::text[], %s::date[]) WITH ORDINALITY AS told (matching_key, service_from, row)
CROSS JOIN LATERAL (
    SELECT id FROM denials_claim AS claim
    WHERE payer_id = %s AND facility_id = %s AND claim.matching_key = told.matching_key
        AND claim.service_from IS NOT DISTINCT FROM told.service_from
    LIMIT 1) AS known"""
_LATEST_WINS = """
UPDATE denials_claim AS known SET
    payer_control_number = coalesce(nullif(told.payer_control_number, ''), known.payer_control_number),
    patient_last = coalesce(nullif(told.patient_last, ''), known.patient_last),
    patient_first = coalesce(nullif(told.patient_first, ''), known.patient_first),
    member_id = coalesce(nullif(told.member_id, ''), known.member_id),
    service_to = coalesce(told.service_to, known.service_to),
    charge = coalesce(told.charge, known.charge)
FROM unnest(%s::bigint[], %s::date[], %s::numeric[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS told (id, service_to, charge, payer_control_number, patient_last, patient_first, member_id)
WHERE known.id = told.id
    AND (known.payer_control_number, known.patient_last, known.patient_first, known.member_id, known.service_to,
        known.charge)
    IS DISTINCT FROM (told.payer_control_number, told.patient_last, told.patient_first, told.member_id,
        told.service_to, told.charge)"""


_Place = tuple[str, date | None]
"""Matching key and first day of service: no two claims of one payer and facility share both."""


class Told(NamedTuple):
    """What one claim payment tells of the claim that it is about."""

    place: _Place
    is_reversal: bool
    service_to: date | None
    charge: Decimal | None
    texts: tuple[str, ...]


def told(claim: ReportedClaim, remittance_id: int) -> Told:
    """What to know the claim of this payment by."""
    key = matching_key(claim, remittance_id)
    return Told(
        place=(key, claim.service_from),
        is_reversal=claim.status == _REVERSAL,
        service_to=claim.service_to,
        charge=None if claim.charge is None else abs(claim.charge),
        texts=(
            *(key, claim.claim_number, claim.payer_control_number),
            *(claim.patient_last, claim.patient_first, claim.member_id),
        ),
    )


def matching_key(claim: ReportedClaim, remittance_id: int) -> str:
    """Our claim number (CLP01); else the payer's (CLP07); else a key that only this claim payment has."""
    if not _SAYS_NOTHING.fullmatch(claim.claim_number):
        return _fit(claim.claim_number)
    if not _SAYS_NOTHING.fullmatch(claim.payer_control_number):
        return _fit(f"payer:{claim.payer_control_number}")
    return f"unnumbered:{remittance_id}-{claim.position}"


def claim_ids(all_told: Sequence[Told], remittance: Remittance) -> list[str]:
    """The ids of the claims that these payments are about, in their order; claims never seen are added.

    What a claim is known by follows the latest payment, never a reversal: that only repeats what it takes back. The
    caller holds the lock on the payer, so that nobody adds the same claims meanwhile.
    """
    reversals_first = sorted(all_told, key=lambda each: not each.is_reversal)
    latest = {each.place: each for each in reversals_first}
    known = _find(list(latest), remittance)
    _update([(known[place], each) for place, each in latest.items() if place in known and not each.is_reversal])
    known |= _add([each for place, each in latest.items() if place not in known], remittance)
    return [known[each.place] for each in all_told]


def _find(places: Sequence[_Place], remittance: Remittance) -> dict[_Place, str]:
    keys, days = [key for key, _ in places], [day for _, day in places]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [keys, days, remittance.payer_id, remittance.facility_id])
        return {places[row - 1]: claim_id for row, claim_id in cursor.fetchall()}


def _add(new: Sequence[Told], remittance: Remittance) -> dict[_Place, str]:
    added = ids_as_text(Claim, len(new))
    owner = f"{remittance.payer_id}\t{remittance.facility_id}"
    copy(Claim, _COLUMNS, (f"{row}\t{owner}\t{_row(each)}\n" for row, each in zip(added, new, strict=True)))
    return {each.place: row for row, each in zip(added, new, strict=True)}


def _row(each: Told) -> str:
    texts = _TEXT_COLUMNS.untouched(each.texts) or plain(_cut(each.texts))
    return f"{day(each.place[1])}\t{day(each.service_to)}\t{or_null(each.charge)}\t{texts}"


def _update(known: Sequence[tuple[str, Told]]) -> None:
    rows = [(claim_id, each.service_to, each.charge, *_cut(each.texts)[2:]) for claim_id, each in known]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_LATEST_WINS, [list(column) for column in zip(*rows, strict=True)])


def _cut(texts: Sequence[str]) -> list[str]:
    return [text[:width] for text, width in zip(texts, _TEXT_COLUMNS.widths, strict=True)]


def _fit(key: str) -> str:
    """A key too long for its column ends in a digest of the whole, so that two long ones stay apart."""
    if len(key) <= _KEY_WIDTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"{key[: _KEY_WIDTH - 33]}~{digest}"
