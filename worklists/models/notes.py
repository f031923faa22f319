"""What people write about items: pinned notes, phrases, drafts that are not sent yet, and the log of contacts."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.indexes import OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

from accounts.history import tracked
from accounts.models import FacilityScoped, User
from worklists.domain.phrases import KEY
from worklists.models.activities import Activity
from worklists.models.calls import PayerCall
from worklists.models.items import WorkItem


class Channel(models.TextChoices):
    """How people and payers were in touch; an internal note is about no contact."""

    CALL = "call", "Call"
    PORTAL = "portal", "Portal"
    FAX = "fax", "Fax"
    LETTER = "letter", "Letter"
    INTERNAL = "internal", "Internal"


class PinnedNote(models.Model):
    """A note that stands at the top of its item. Who pinned and unpinned it when is told by activities."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="pinned_notes")
    note = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="pin")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"Pin {self.pk}"


@tracked()
class SmartPhrase(models.Model):
    """A text with blanks that is typed by its key: `.status`. Without an owner it is the practice's."""

    owner = models.ForeignKey(User, null=True, editable=False, on_delete=models.PROTECT, related_name="phrases")
    key = models.CharField(
        max_length=30,
        validators=[RegexValidator(rf"^{KEY.pattern}$", "Small letters, digits and hyphens, such as status.")],
    )
    name = models.CharField(max_length=80)
    text = models.TextField(max_length=1000)
    channel = models.CharField("kind of note", max_length=8, choices=Channel.choices, default=Channel.CALL)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], nulls_distinct=False, name="one_phrase_per_owner_and_key")
        ]

    def __str__(self) -> str:
        return f".{self.key}"


class NoteDraft(models.Model):
    """What somebody is writing about an item and has not sent. One for each window in which it was begun.

    `version` counts the times it was kept: a window that knows an older one writes a draft of its own instead.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="+", db_index=False)
    body = models.JSONField(help_text="The fields of the form by name.")
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField(default=timezone.now)
    discarded_at = models.DateTimeField(null=True, help_text="Until it is forgotten, this can be undone.")

    class Meta:
        indexes = [
            models.Index(fields=["item", "user", "-kept_at"], name="drafts_by_item_and_person"),
            models.Index(fields=["kept_at"], name="drafts_by_age"),
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class ContactQuerySet(FacilityScoped):
    facility_path = "item__facility"


class Contact(models.Model):
    """One contact with a payer about one item: with whom, under which reference, what was promised. Append-only."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    spoke_to = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    promised_on = models.DateField(null=True)
    hold_minutes = models.PositiveSmallIntegerField(null=True)
    call = models.ForeignKey(PayerCall, null=True, on_delete=models.PROTECT, related_name="contacts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(channel="internal"), name="contact_has_a_channel"),
        ]
        indexes = [
            models.Index(fields=["item", "-at"], name="contacts_by_item"),
            models.Index(fields=["by", "-at"], name="contacts_by_person"),
            models.Index(
                OpClass(Upper("reference"), name="text_pattern_ops"),
                condition=~models.Q(reference=""),
                name="contacts_by_reference",
            ),
        ]
        triggers = [pgtrigger.Protect(name="contacts_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Contact {self.pk}"
