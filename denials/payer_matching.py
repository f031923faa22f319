"""Which of our payers and facilities a remittance means; ones never seen are added as unconfirmed.

By what a payer is known, and in which order of certainty: `denials/domain/payer_evidence.py`. Where several payers fit
equally, the payment stands under a payer of its own, which names them as its candidates, until a person says which.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils.text import slugify

from accounts.models import Facility
from denials.domain.facts import RemittanceHeader
from denials.domain.payer_evidence import (
    KINDS,
    NAMELESS,
    Certainty,
    Evidence,
    Match,
    choose,
    comparable,
    evidence_of,
    name_of,
)
from denials.models import Payer, PayerIdentifier

__all__ = ["by_key", "comparable", "find", "find_place", "identify", "match", "place", "standing"]

PAYERS = 8352
"""The space of the advisory locks on payers: whoever records a payment of a payer holds its lock."""
UNCLEAR = "unclear_"
"""Begins the key of a payer under which payments stand that several payers fit."""
_ONE_AT_A_TIME = 8350001
"""Key of the advisory lock under which payers and facilities are added, so that two files add one."""
_LEARNT = {Certainty.NUMBER: PayerIdentifier.Kind.PAYER_ID, Certainty.OTHER_NUMBER: PayerIdentifier.Kind.REFERENCE}
"""What a payer that is added is known by from then on, beside its name. Who originates or sends is not its own."""


class Matched(NamedTuple):
    """The payer that a remittance means, if we know it, by what, and which fit equally."""

    payer: Payer | None
    because: str
    rivals: list[Payer]


def identify(header: RemittanceHeader) -> Payer:
    """The payer that is meant; a new unconfirmed one where none is known. Safe in many processes at once."""
    if payer := find(header):
        return payer
    with transaction.atomic():
        _lock()
        matched = match(header)
        return matched.payer or _add_payer(header, matched.rivals)


def find(header: RemittanceHeader) -> Payer | None:
    """The payer that is meant, if we know it."""
    return match(header).payer


def match(header: RemittanceHeader) -> Matched:
    """The payer that is meant, and by what. Payments that several payers fit stand under a payer of their own."""
    known = _owners(header)
    found: Match = choose(header, {each: frozenset(payers) for each, payers in known.items()})
    by_id = {payer.pk: payer for payers in known.values() for payer in payers.values()}
    if found.payer is not None:
        return Matched(by_id[found.payer], found.because, [])
    rivals = [by_id[pk] for pk in found.rivals]
    unclear = Payer.objects.filter(key=_unclear_key(header, rivals)).first() if rivals else None
    return Matched(standing(unclear) if unclear else None, found.because, rivals)


def standing(payer: Payer) -> Payer:
    """The payer itself, or the one that it was merged into in the end."""
    while payer.merged_into is not None:
        payer = payer.merged_into
    return payer


def by_key(key: str) -> Payer | None:
    """The payer of this key, or the one that it was merged into."""
    payer = Payer.objects.filter(key=key).select_related("merged_into").first()
    return standing(payer) if payer else None


def _owners(header: RemittanceHeader) -> dict[Evidence, dict[int, Payer]]:
    """By evidence the payers that own its value, merged ones as what they are now."""
    said = evidence_of(header)
    wanted = Q()
    for each in said:
        wanted |= Q(kind__in=KINDS[each.certainty], value=each.value)
    rows: dict[tuple[str, str], list[PayerIdentifier]] = defaultdict(list)
    for row in PayerIdentifier.objects.filter(wanted).select_related("payer").order_by("pk"):
        rows[row.kind, row.value].append(row)
    owners: dict[Evidence, dict[int, Payer]] = {}
    for each in said:
        payers = [standing(row.payer) for kind in KINDS[each.certainty] for row in rows[kind, each.value]]
        if payers:
            owners[each] = {payer.pk: payer for payer in payers}
    return owners


def place(header: RemittanceHeader) -> Facility:
    """The facility by the payee's NPI, else by its tax id; a new unconfirmed one for neither."""
    if facility := find_place(header):
        return facility
    with transaction.atomic():
        _lock()
        return find_place(header) or _add_facility(header)


def find_place(header: RemittanceHeader) -> Facility | None:
    """The facility by the payee's NPI, else by a tax id that only one facility has, if we know it."""
    found: Facility | None = Facility.objects.filter(npi=_npi(header)).first()
    if found:
        return found
    if header.payee_npi or not header.payee_tax_id:
        return None
    sharing = Facility.objects.filter(tax_id=header.payee_tax_id[:20])[:2]
    return sharing[0] if len(sharing) == 1 else None


def _npi(header: RemittanceHeader) -> str:
    """The NPI, or a stand-in for a payee that has none, which stays the same for the same payee."""
    if 0 < len(header.payee_npi) <= 20:
        return header.payee_npi
    told_apart_by = header.payee_npi or header.payee_tax_id or comparable(header.payee_name)
    return f"no-npi-{hashlib.sha256(told_apart_by.encode()).hexdigest()[:13]}"


def _add_payer(header: RemittanceHeader, rivals: list[Payer]) -> Payer:
    name = " ".join(header.payer_name.split()) or f"{NAMELESS} {header.payer_id}".strip()
    key = _unclear_key(header, rivals) if rivals else _free_key(name)
    payer = Payer.objects.create(key=key, name=name[:160], is_confirmed=False)
    payer.candidates.set(rivals)
    own = {(_LEARNT[each.certainty], each.value) for each in evidence_of(header) if each.certainty in _LEARNT}
    learnt = [
        PayerIdentifier(payer=payer, kind=kind, value=value)
        for kind, value in sorted(own | {(PayerIdentifier.Kind.NAME, name_of(header))})
    ]
    # What another payer owns already stays that payer's.
    PayerIdentifier.objects.bulk_create(learnt, ignore_conflicts=True)
    return payer


def _unclear_key(header: RemittanceHeader, rivals: list[Payer]) -> str:
    """The same for payments that name the payer alike and that the same payers fit."""
    told_apart_by = "|".join([name_of(header), *(str(rival.pk) for rival in rivals)])
    return f"{UNCLEAR}{hashlib.sha256(told_apart_by.encode()).hexdigest()[:16]}"


def _free_key(name: str) -> str:
    key = slugify(name).replace("-", "_")[:50] or "payer"
    taken = set(Payer.objects.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key}_{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(other for other in numbered if other not in taken)


def _add_facility(header: RemittanceHeader) -> Facility:
    name = " ".join(header.payee_name.split()) or "Facility not named"
    return Facility.objects.create(
        name=name[:120], npi=_npi(header), tax_id=header.payee_tax_id[:20], is_confirmed=False
    )


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
