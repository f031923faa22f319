"""Which of our payers and facilities a remittance means; ones never seen are added as unconfirmed.

A payer is known by an id or a name that an admin or an earlier remittance gave it. TRN03 alone names no payer that
was never seen: clearing houses and plan administrators pay for many payers under one originator.
"""

from __future__ import annotations

import hashlib

from django.db import connection, transaction
from django.db.models import Q
from django.utils.text import slugify

from accounts.models import Facility
from denials.domain.facts import RemittanceHeader
from denials.models import Payer, PayerIdentifier

NAMELESS = "Payer not named"
_ONE_AT_A_TIME = 8350001
"""Key of the advisory lock under which payers and facilities are added, so that two files add one."""


def identify(header: RemittanceHeader) -> Payer:
    """The payer by id, else by name; a new unconfirmed one for neither. Safe in many processes at once."""
    if payer := find(header):
        return payer
    with transaction.atomic():
        _lock()
        return find(header) or _add_payer(header)


def find(header: RemittanceHeader) -> Payer | None:
    """The payer by id, else by name, if we know it."""
    by_id = Q(kind=PayerIdentifier.Kind.PAYER_ID, value=comparable(header.payer_id))
    by_name = Q(kind=PayerIdentifier.Kind.NAME, value=_name(header))
    known = by_id | by_name if header.payer_id.strip() else by_name
    matches = {row.kind: row.payer for row in PayerIdentifier.objects.filter(known).select_related("payer")}
    return matches.get(PayerIdentifier.Kind.PAYER_ID) or matches.get(PayerIdentifier.Kind.NAME)


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


def comparable(text: str) -> str:
    """Upper case, one space between words, no longer than an identifier may be."""
    return " ".join(text.upper().split())[:160]


def _name(header: RemittanceHeader) -> str:
    """What a payer is called; one without a name is called after its id, so that two such stay apart."""
    return comparable(header.payer_name) or comparable(f"{NAMELESS} {header.payer_id}")


def _npi(header: RemittanceHeader) -> str:
    """The NPI, or a stand-in for a payee that has none, which stays the same for the same payee."""
    if 0 < len(header.payee_npi) <= 20:
        return header.payee_npi
    told_apart_by = header.payee_npi or header.payee_tax_id or comparable(header.payee_name)
    return f"no-npi-{hashlib.sha256(told_apart_by.encode()).hexdigest()[:13]}"


def _add_payer(header: RemittanceHeader) -> Payer:
    name = " ".join(header.payer_name.split()) or f"{NAMELESS} {header.payer_id}".strip()
    payer = Payer.objects.create(key=_free_key(name), name=name[:160], is_confirmed=False)
    PayerIdentifier.objects.create(payer=payer, kind=PayerIdentifier.Kind.NAME, value=_name(header))
    if header.payer_id.strip() and header.payer_id != header.originator:
        PayerIdentifier.objects.create(
            payer=payer, kind=PayerIdentifier.Kind.PAYER_ID, value=comparable(header.payer_id)
        )
    return payer


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
