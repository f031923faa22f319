"""How imaging studies came to their claims: append-only events."""

from __future__ import annotations

import pgtrigger
from django.db import models

from accounts.models import Facility, FacilityScoped, User
from denials.models import Sheet
from worklists.domain import imaging


class ImagingEvent(models.Model):
    """Something that happened, or failed, between the study and the payer. Append-only.

    It is about a claim number of a facility, not about a claim on record: the events of a study come before the first
    remittance about its claim.
    """

    class Mark(models.TextChoices):
        IMAGE_LINKED = imaging.Mark.IMAGE_LINKED.value, "Image link confirmed"
        REPORT_SIGNED = imaging.Mark.REPORT_SIGNED.value, "Final report signed"
        ATTACHMENT_ID = imaging.Mark.ATTACHMENT_ID.value, "Attachment ID present"
        TRANSMITTED = imaging.Mark.TRANSMITTED.value, "Transmitted"
        ACKNOWLEDGED = imaging.Mark.ACKNOWLEDGED.value, "Acknowledged by the payer"

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    claim_key = models.CharField(max_length=80)
    mark = models.CharField(max_length=14, choices=Mark.choices)
    is_ok = models.BooleanField(default=True)
    at = models.DateTimeField()
    interface = models.CharField(max_length=80, blank=True)
    attachment_id = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=120, blank=True, help_text="Who or what did it, as the interface names it.")
    sheet = models.ForeignKey(Sheet, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "claim_key", "mark", "at", "interface", "is_ok"], name="one_imaging_event"
            )
        ]
        indexes = [models.Index(fields=["at"], include=["interface", "mark", "is_ok"], name="imaging_by_day")]
        triggers = [pgtrigger.Protect(name="imaging_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Imaging event {self.pk}"
