"""Installs the synthetic practice: who is in it as master data, its remittances through the real intake."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date, timedelta

from accounts.models import Facility, User
from denials import intake, payer_contacts
from denials.models import Job, Payer, PayerContact, PayerIdentifier
from denials.practice import Practice
from denials.practice.people import FACILITIES, PAYERS
from denials.practice.people import Payer as MadeUpPayer
from denials.practice.repeated import repeated
from denials.practice.second_name import second_name

SEED = 835
CLAIMS = 4_500
"""Of a local run: so many that three people who work denials beside other things keep up with what comes in."""
LONG_UNCHECKED = "tricare"
"""Whose address nobody has checked for long."""
WITH_LINES = "aetna"
KINDS = {
    "medicare_ffs": Payer.Kind.MEDICARE,
    "medicare_advantage": Payer.Kind.MEDICARE_ADVANTAGE,
    "medicaid_tx": Payer.Kind.MEDICAID,
    "tricare": Payer.Kind.FEDERAL,
}
PHONES = {
    "medicare_ffs": ("800-555-0121", "Mon-Fri 8 to 4 Eastern. Press 1, then say claim status; NPI, PTAN, tax ID.", 3),
    "aetna": (
        "800-555-0122",
        "Mon-Fri 8 to 6 Central. Press 2 (provider), 1 (claims), 4 (denied); asks for tax ID.",
        5,
    ),
    "cigna": ("800-555-0123", "Day and night. Say provider, claims, then representative twice.", 3),
    "uhc": ("800-555-0124", "Mon-Fri 7 to 7 Central. Press 2, then 2; enter tax ID and member ID.", 4),
    "humana": ("800-555-0125", "Mon-Fri 8 to 6 Eastern. Say claim, denied claim, agent.", None),
    "bcbs_tx": ("800-555-0126", "Mon-Fri 8 to 5 Central. Press 3 (provider), 2 (appeals and claims).", 6),
    "placeholder_regional": ("800-555-0127", "Mon-Thu 9 to 3 Central; closed over lunch. Nobody calls back.", 2),
}
"""By payer: phone, hours with the phone tree, and how many claims are discussed in one call."""
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
        _install_contacts(row, payer, verified_on if payer.key != LONG_UNCHECKED else verified_on - timedelta(days=210))
    if is_new and payer.key == WITH_LINES:
        _install_lines(row)
    for kind, value in ((PayerIdentifier.Kind.PAYER_ID, payer.payer_id), (PayerIdentifier.Kind.NAME, payer.name)):
        PayerIdentifier.objects.get_or_create(kind=kind, value=value.upper(), defaults={"payer": row})


def _install_lines(row: Payer) -> None:
    """One payer with two lines, whose time limits differ. The claims of the practice belong to the first."""
    row.products.create(name="Commercial", product="commercial")
    row.products.create(
        name="Medicare Advantage",
        kind=Payer.Kind.MEDICARE_ADVANTAGE,
        filing_codes=["16", "MA"],
        rules_key="medicare_advantage",
        product="Part C",
        response_days=60,
    )


def _install_contacts(row: Payer, payer: MadeUpPayer, verified_on: date) -> None:
    kinds = PayerContact.Kind
    values = {kinds.APPEALS_ADDRESS: payer.appeals_address, kinds.FAX: payer.appeals_fax, kinds.PORTAL: payer.portal}
    for kind, value in values.items():
        payer_contacts.keep(row, kind, value, verified_on=verified_on)
    if payer.key in PHONES:
        phone, tree, row.claims_per_call = PHONES[payer.key]
        payer_contacts.keep(row, kinds.PHONE, phone, note=tree, verified_on=verified_on)
        row.save(update_fields=["claims_per_call"])


def bring_in(practice: Practice, user: User | None, record: Record, report: Callable[[int, int], None]) -> None:
    """Receives, confirms and records each file in the order of its date, as a person would."""
    for count, (name, content) in enumerate(practice.files, start=1):
        _bring_in_one(name, content, user, record)
        report(count, len(practice.files))


def bring_in_second_name(practice: Practice, user: User, record: Record, as_of: date) -> None:
    """One more file, in which a known payer calls itself otherwise: somebody has to say who it is."""
    _bring_in_one(*second_name(practice.files, as_of), user, record)


def bring_in_repeated(practice: Practice, user: User, record: Record, as_of: date) -> None:
    """One more file, in which one fault stands many times: so that what is done to one can be done to all."""
    _bring_in_one(*repeated(practice.files, as_of), user, record)


def _bring_in_one(name: str, content: bytes, user: User | None, record: Record) -> None:
    received = intake.receive(io.BytesIO(content), name, user)
    job = intake.confirm(received.file, user)
    record(job)
    _wait(job, record)  # a worker may have been faster: the next file comes after this one in time


def _wait(job: Job, record: Record) -> None:
    """Until the job is finished by whoever has it; takes it over when the lease of a dead worker runs out."""
    while not Job.objects.get(pk=job.pk).is_finished:
        time.sleep(0.1)
        record(job)
