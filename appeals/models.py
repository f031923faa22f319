"""What we sent back: letter templates, appeals and their outcomes."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper

from accounts.history import any_changes, tracked
from accounts.models import Facility, FacilityScoped, User
from appeals.domain import transitions
from denials.models import Denial, Payer, RemittedClaim
from denials.models.remittances import money
from worklists.models import Settlement, WorkItem


@tracked()
class LetterTemplate(models.Model):
    """A letter with `{{ placeholders }}` from a fixed list. The most specific match is proposed first."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    codes = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="CARC or RARC; empty for any."
    )
    category = models.CharField(max_length=40, blank=True, help_text="Empty for any.")
    payer = models.ForeignKey(Payer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    enclosures = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


FROZEN = (
    "subject", "body", "enclosures", "letter_date", "signer", "sent_on", "sent_by", "channel", "proof", "proof_file",
    "letter_pdf", "letter_sha256",
)  # fmt: skip
"""What no longer changes once a letter was sent."""


@tracked()
class Appeal(models.Model):
    """One letter to the payer about one work item, from draft to decision. Once sent, its text is frozen."""

    class Status(models.TextChoices):
        DRAFT = transitions.Status.DRAFT.value, "Draft"
        SENT = transitions.Status.SENT.value, "Sent"
        DECIDED = transitions.Status.DECIDED.value, "Decided"
        WITHDRAWN = transitions.Status.WITHDRAWN.value, "Withdrawn"

    class Channel(models.TextChoices):
        MAIL = "mail", "Mail"
        CERTIFIED_MAIL = "certified_mail", "Certified mail"
        FAX = "fax", "Fax"
        PORTAL = "portal", "Payer portal"
        EMAIL = "email", "Secure e-mail"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="appeals")
    denial = models.ForeignKey(
        Denial,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The decision that it answers; the item moves on when the payer denies the claim again.",
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    template = models.ForeignKey(LetterTemplate, null=True, on_delete=models.PROTECT, related_name="+")
    template_version = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    enclosures = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    letter_date = models.DateField()
    deadline = models.DateField(null=True)
    amount = money(help_text="The amount in dispute.")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=Channel.choices, blank=True)
    proof = models.CharField(max_length=200, blank=True, help_text="Fax confirmation, tracking or portal number.")
    proof_file = models.FileField(max_length=200, blank=True)
    letter_pdf = models.FileField(max_length=200, blank=True, help_text="The letter exactly as sent.")
    letter_sha256 = models.CharField(max_length=64, blank=True)
    follow_up_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=14, choices=Settlement.choices, blank=True)
    recovered_amount = money(null=True)
    answer_note = models.TextField(blank=True, default="", help_text="What somebody wrote beside the payer's answer.")
    decided_by_remittance = models.ForeignKey(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="sent")
                | models.Q(sent_on__isnull=False, channel__gt="", follow_up_on__isnull=False),
                name="sent_appeal_says_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="decided") | models.Q(outcome__gt="", decided_on__isnull=False),
                name="decided_appeal_says_what",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(status__in=["draft", "sent"]), name="one_appeal_in_hand_per_item"
            ),
        ]
        indexes = [
            models.Index(fields=["follow_up_on", "id"], condition=models.Q(status="sent"), name="appeal_to_follow_up"),
            models.Index(
                OpClass(Upper("proof"), name="text_pattern_ops"), condition=~models.Q(proof=""), name="appeals_by_proof"
            ),
            models.Index(fields=["-decided_on", "-id"], condition=models.Q(status="decided"), name="appeal_decided"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="legal_appeal_status_changes",
                field="status",
                transitions=[(source.value, target.value) for source, target in transitions.allowed_jumps()],
            ),
            pgtrigger.Protect(
                name="sent_letter_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_on__isnull=False) & any_changes(FROZEN),
            ),
            pgtrigger.Protect(name="no_appeal_is_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Appeal {self.pk}"
