"""What receivers answered about what we sent, before any payment; and the work about what they rejected."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, User
from denials.models.payers import Payer
from denials.models.remittances import RemittanceFile, money


class AcknowledgmentQuerySet(FacilityScoped):
    def visible_to(self, user: User) -> AcknowledgmentQuerySet:
        """Answers about one's facilities, and of those that name no facility the ones in one's own uploads."""
        if not user.is_active:
            return self.none()
        if user.all_facilities:
            return self
        own = models.Q(facility__isnull=True, file__uploaded_by=user)
        return self.filter(own | models.Q(facility__in=user.own_facilities))


class Acknowledgment(models.Model):
    """One answer of a 999, 997, TA1 or 277CA, as it stands there. Never a denial: nobody decided about money."""

    class Kind(models.TextChoices):
        CLAIMS = "277CA", "277CA claim acknowledgment"
        IMPLEMENTATION = "999", "999 file acknowledgment"
        FUNCTIONAL = "997", "997 file acknowledgment"
        INTERCHANGE = "TA1", "TA1 interchange acknowledgment"

    class Level(models.TextChoices):
        CLAIM = "claim", "Claim"
        BATCH = "batch", "Batch of claims"
        SET = "set", "Transaction set"
        GROUP = "group", "Group"
        INTERCHANGE = "interchange", "Interchange"

    class Status(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WITH_ERRORS = "with_errors", "Accepted with errors"
        RECEIVED = "received", "Received, not accepted yet"
        REJECTED = "rejected", "Rejected"

    file = models.ForeignKey(RemittanceFile, on_delete=models.PROTECT, related_name="acknowledgments", db_index=False)
    ordinal = models.PositiveIntegerField(help_text="Counts the answers of the file from 1.")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    level = models.CharField(max_length=11, choices=Level.choices)
    status = models.CharField(max_length=11, choices=Status.choices)
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Payer, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120)
    source_name = models.CharField(max_length=120, blank=True)
    source_is_payer = models.BooleanField(default=False)
    reference = models.CharField(max_length=80, blank=True)
    reported_on = models.DateField(null=True)
    claim_number = models.CharField(max_length=60, blank=True)
    payer_control_number = models.CharField(max_length=60, blank=True)
    clearinghouse_number = models.CharField(max_length=80, blank=True)
    patient_last = models.CharField(max_length=80, blank=True)
    patient_first = models.CharField(max_length=60, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    service_from = models.DateField(null=True)
    service_to = models.DateField(null=True)
    amount = money(null=True)
    answered_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    codes = ArrayField(models.CharField(max_length=80), default=list)
    message = models.CharField(max_length=264, blank=True)
    segment_from = models.PositiveIntegerField()
    segment_to = models.PositiveIntegerField()

    objects = AcknowledgmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["file", "ordinal"], name="one_row_per_answer")]
        indexes = [
            models.Index(fields=["claim_number"], condition=~models.Q(claim_number=""), name="acknowledged_claim")
        ]
        triggers = [
            pgtrigger.Protect(name="what_a_receiver_answered", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Acknowledgment {self.pk}"

    @property
    def is_rejected(self) -> bool:
        return self.status == self.Status.REJECTED


class RejectionQuerySet(FacilityScoped):
    def visible_to(self, user: User) -> RejectionQuerySet:
        return self.filter(acknowledgment__in=Acknowledgment.objects.all().visible_to(user))


@tracked()
class Rejection(models.Model):
    """The work about one rejected answer: who sees to it, and what was done."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        RESENT = "resent", "Sent again"
        CLOSED = "closed", "Closed"

    acknowledgment = models.OneToOneField(Acknowledgment, on_delete=models.PROTECT, related_name="rejection")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="What was corrected, or why nothing is sent.")

    objects = RejectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="rejection_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(reason=""), name="closed_rejection_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"Rejection {self.pk}"
