"""What people enter from paper, letters, calls, portals and sheets, kept and recorded like a payer's file.

It is never passed off as one: each payment says from what it was entered, and by whom.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import Facility, User
from accounts.refusal import Refused
from denials import intake, jobs, payer_matching, preview, scans
from denials.confirmations import recorded_before
from denials.domain import entered
from denials.domain.facts import RemittanceHeader, ReportedClaim
from denials.domain.remittance_writer import Remittance as Written
from denials.keeping import keep, open_kept
from denials.models import Claim, EnteredFrom, Entry, Payer, Remittance, RemittanceFile, RemittedClaim


@dataclass(frozen=True, slots=True)
class EnteredPayment:
    """One payer's decision about claims of one facility on one day. `trace` is the check, EFT or letter number."""

    payer: Payer
    facility: Facility
    trace: str
    payment_date: date
    claims: list[ReportedClaim]


@dataclass(frozen=True, slots=True)
class Original:
    """The scan or sheet behind an entry, kept under its hash."""

    name: str
    content: bytes
    ending: str
    media_type: str


def original_of(scan: scans.Scan, name: str) -> Original:
    return Original(intake.tidy_name(name), scan.content, scan.ending, scans.media_type(scan.content))


def payer_known_as(text: str) -> Payer | None:
    """The payer that people mean by this name or ID, if we know it."""
    known = Payer.objects.filter(name__iexact=" ".join(text.split())).first()
    if known:
        return payer_matching.standing(known)
    return payer_matching.find(_named(text, number=text)) or payer_matching.find(_named(text))


def payer_called(name: str) -> Payer:
    """The payer of this name; a new one, to be confirmed by an admin, where none has it."""
    return payer_known_as(name) or payer_matching.identify(_named(name))


def _named(name: str, number: str = "") -> RemittanceHeader:
    today = timezone.localdate()
    return entered.header(payer_key=number, payer_name=name, npi="", facility="", trace="", payment_date=today)


def already_recorded(payment: EnteredPayment, claim: ReportedClaim) -> RemittedClaim | None:
    """The result on record that says just this, be it the payer's own or an entry."""
    known = Claim.objects.filter(
        payer=payment.payer,
        facility=payment.facility,
        matching_key=claim.claim_number[:80],
        service_from=claim.service_from,
    ).first()
    told = Remittance(payment_date=payment.payment_date, trace=payment.trace)
    return recorded_before(known, claim, told) if known else None


def enter(
    payments: Sequence[EnteredPayment], source: EnteredFrom, user: User, original: Original | None = None
) -> RemittanceFile:
    """Keeps what was entered and asks for its recording. The same entry sent twice is one.

    Raises Refused for a facility that the person may not see, and for values that cannot be written down.
    """
    if not all(user.may_see(payment.facility.pk) for payment in payments):
        raise Refused("Nothing was recorded: one of the facilities is not open to you.")
    now = timezone.now()
    content = _record(payments, now, user)
    kept = keep(io.BytesIO(content))
    with open_kept(kept.name) as stream:
        seen = preview.look(stream, kept.size)
    with transaction.atomic():
        file, is_new = RemittanceFile.objects.get_or_create(
            sha256=kept.sha256,
            defaults={
                "name": f"{source.label}, {timezone.localtime(now):%-d %b %Y %H:%M}",
                "size": kept.size,
                "content": kept.name,
                "kind": RemittanceFile.Kind.ENTRY,
                "state": RemittanceFile.State.RECORDING,
                "preview": seen.summary,
                "uploaded_by": user,
            },
        )
        if is_new:
            Entry.objects.create(file=file, source=source, **(_kept_original(original) if original else {}))
            jobs.ask(intake.RECORD_FILE, file.pk, user)
    return file


def _record(payments: Sequence[EnteredPayment], now: datetime, user: User) -> bytes:
    written = [
        Written(
            header=entered.header(
                payer_key=payment.payer.key,
                payer_name=payment.payer.name,
                npi=payment.facility.npi,
                facility=payment.facility.name,
                trace=payment.trace,
                payment_date=payment.payment_date,
            ),
            claims=payment.claims,
        )
        for payment in payments
    ]
    try:
        return entered.record_of(written, number=user.pk, created=timezone.localtime(now))
    except ValueError as odd:
        raise Refused(f"Nothing was recorded: {odd} Type plain text only.") from odd


def _kept_original(original: Original) -> dict[str, object]:
    digest = hashlib.sha256(original.content).hexdigest()
    name = f"entries/{digest[:2]}/{digest}.{original.ending}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(original.content))
    return {
        "original": name,
        "original_name": original.name,
        "original_sha256": digest,
        "original_size": len(original.content),
        "media_type": original.media_type,
    }
