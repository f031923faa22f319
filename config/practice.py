"""Installs the synthetic practice: who is in it as master data, its remittances through the real intake."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date

from accounts.models import Facility, User
from denials import intake, payer_contacts
from denials.models import Job, Payer, PayerContact, PayerIdentifier
from denials.practice import Practice
from denials.practice.people import FACILITIES, PAYERS
from denials.practice.people import Payer as MadeUpPayer

SEED = 835
KINDS = {
    "medicare_ffs": Payer.Kind.MEDICARE,
    "medicare_advantage": Payer.Kind.MEDICARE_ADVANTAGE,
    "medicaid_tx": Payer.Kind.MEDICAID,
    "tricare": Payer.Kind.FEDERAL,
}
Record = Callable[[Job], None]


def install_master_data(verified_on: date) -> None:
    """Makes the facilities and the payers that the practice knows; keeps what stands there already."""
    for place in FACILITIES:
        Facility.objects.get_or_create(
            npi=place.npi,
            defaults={
                "name": place.name,
                "tax_id": place.tax_id,
                "service_line": place.specialty,
                "address": place.address,
                "phone": place.phone,
            },
        )
    for payer in PAYERS:
        if payer.known:
            _install_payer(payer, verified_on)


def _install_payer(payer: MadeUpPayer, verified_on: date) -> None:
    row, is_new = Payer.objects.get_or_create(
        key=payer.key,
        defaults={
            "name": payer.name,
            "kind": KINDS.get(payer.key, Payer.Kind.COMMERCIAL),
            "product": payer.product,
            "jurisdiction": payer.jurisdiction,
        },
    )
    if is_new:
        _install_contacts(row, payer, verified_on)
    for kind, value in ((PayerIdentifier.Kind.PAYER_ID, payer.payer_id), (PayerIdentifier.Kind.NAME, payer.name)):
        PayerIdentifier.objects.get_or_create(kind=kind, value=value.upper(), defaults={"payer": row})


def _install_contacts(row: Payer, payer: MadeUpPayer, verified_on: date) -> None:
    kinds = PayerContact.Kind
    values = {kinds.APPEALS_ADDRESS: payer.appeals_address, kinds.FAX: payer.appeals_fax, kinds.PORTAL: payer.portal}
    for kind, value in values.items():
        payer_contacts.keep(row, kind, value, verified_on=verified_on)


def bring_in(practice: Practice, user: User | None, record: Record, report: Callable[[int, int], None]) -> None:
    """Receives, confirms and records each file in the order of its date, as a person would."""
    for count, (name, content) in enumerate(practice.files, start=1):
        received = intake.receive(io.BytesIO(content), name, user)
        job = intake.confirm(received.file, user)
        record(job)
        _wait(job, record)  # a worker may have been faster: the next file comes after this one in time
        report(count, len(practice.files))


def _wait(job: Job, record: Record) -> None:
    """Until the job is finished by whoever has it; takes it over when the lease of a dead worker runs out."""
    while not Job.objects.get(pk=job.pk).is_finished:
        time.sleep(0.1)
        record(job)
