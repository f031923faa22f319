"""Writing down by hand what happened to an imaging study on its way to the payer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from denials.payer_plan import key_before
from worklists.changes import lock, write
from worklists.domain.imaging import LABELS, Mark, faults_of_id
from worklists.models import Activity, ImagingEvent
from worklists.permission import must_work

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says happened, or failed."""

    mark: str
    at: datetime
    is_ok: bool = True
    attachment_id: str = ""
    said: str = ""


@transaction.atomic
def mark(item_id: int, user: User, told: Told) -> ImagingEvent:
    """One more event about the item's claim. Raises Refused for the future, for an ID that no claim could carry, and
    where something else was noted of the same minute.
    """
    must_work(user)
    rows, missing = lock([item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    if told.at > timezone.now():
        raise Refused("Nothing was saved: that moment lies in the future.")
    if told.mark == Mark.ATTACHMENT_ID and told.is_ok and (wrong := faults_of_id(told.attachment_id)):
        raise Refused(f"Nothing was saved. {wrong[0]}")
    if not told.is_ok and not told.said:
        raise Refused("Nothing was saved: say what went wrong.")
    item = rows[0]
    event, is_new = ImagingEvent.objects.get_or_create(
        facility_id=item.facility_id,
        claim_key=key_before(item.claim.matching_key),
        mark=told.mark,
        at=told.at,
        interface=BY_HAND,
        is_ok=told.is_ok,
        defaults={
            "attachment_id": told.attachment_id,
            "said": told.said,
            "who": user.get_full_name(),
            "entered_by": user,
        },
    )
    if (event.attachment_id, event.said) != (told.attachment_id, told.said):
        raise Refused(
            "Nothing was saved: this step is noted for that minute already, in other words. Choose another minute."
        )
    if is_new:
        label = LABELS[Mark(told.mark)]
        text = f"Imaging: {label}." if told.is_ok else f"Imaging: {label} failed: {told.said}"
        write([item], "note", Activity.Kind.EVIDENCE, user, text=text, facts={"imaging": event.pk})
    return event
