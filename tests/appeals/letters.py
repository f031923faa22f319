"""An item at hand with the shipped templates and dictionary, and a letter brought as far as a test needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Facility, User
from appeals import documents, drafting, letter_templates, submission
from appeals.drafting import Letter
from appeals.models import Appeal
from appeals.submission import Sending
from denials import codes
from denials.models import Code, CodeSystem, Denial, RemittedLine
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory, WorkItemFactory
from worklists.models import WorkItem

TODAY = date(2026, 11, 20)


def load_codes() -> None:
    """The few codes that these tests name: the whole dictionary takes seconds."""
    for system, name, wanted in ((CodeSystem.CARC, "carc", ("197", "50", "29")), (CodeSystem.RARC, "rarc", ("N54",))):
        for row in codes.rows(name):
            if row["code"] in wanted:
                values = {"title": row["title"], "details": row, "list_version": codes.VERSION}
                Code.objects.get_or_create(system=system, code=row["code"], defaults=values)


def item_at(facility: Facility, **denial: Any) -> WorkItem:
    """An open item, CO-197 on one denied line of two, with everything that a letter needs from the record."""
    load_codes()
    letter_templates.load()
    Facility.objects.filter(pk=facility.pk).update(
        address="1 Example Street, Anytown TX 75001", phone="555-0101", tax_id="000000101"
    )
    claim = ClaimFactory.create(facility=facility)
    remitted = RemittedClaimFactory.create(claim=claim)
    for number, procedure in ((1, "71045"), (2, "93306")):
        RemittedLine.objects.create(
            remitted_claim=remitted,
            number=number,
            procedure=procedure,
            modifiers=["26"] if number == 2 else [],
            charge=Decimal("725.00"),
            segment_from=12,
            segment_to=13,
        )
    told: Denial = DenialFactory.create(remitted_claim=remitted, **{"denied_lines": [2], **denial})
    item: WorkItem = WorkItemFactory.create(denial=told)
    return item


def as_written(appeal: Appeal, **changes: Any) -> Letter:
    """What the form of this letter sends when only `changes` were typed."""
    letter = Letter(appeal.subject, appeal.body, list(appeal.enclosures), appeal.signer, appeal.letter_date)
    return replace(letter, **changes)


def complete(appeal: Appeal, user: User) -> Appeal:
    """The draft with every open place filled."""
    filled = {place: f"typed {place}" for place in documents.final(appeal).open_places}
    return drafting.edit(appeal, user, as_written(appeal, filled=filled))


def ready(item: WorkItem, user: User) -> Appeal:
    return complete(drafting.draft(item, user, today=TODAY), user)


FAXED = Sending(channel="fax", sent_on=TODAY, proof="FAX-0042")


def sent(item: WorkItem, user: User) -> Appeal:
    return submission.mark_sent(ready(item, user), user, FAXED, today=TODAY)


def signing(user: User) -> User:
    """`user` with what stands under a signature."""
    user.title, user.phone = "Denial specialist", "555-0100"
    user.save(update_fields=["title", "phone"])
    return user
