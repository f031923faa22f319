"""What a person is told in the app, and which kinds of it they want."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.history import tracked
from accounts.models import User
from worklists.models.items import WorkItem


class Notification(models.Model):
    """One thing that a person is told, once for each cause. It holds counts and ids, never a patient's data."""

    class Kind(models.TextChoices):
        DIGEST = "digest", "What is due, each morning"
        RETURNED = "returned", "Items that come back on their day"
        ANSWERED = "answered", "Answers from colleagues"
        PAYER = "payer", "Answers from payers, also to appeals"
        MENTION = "mention", "Notes that mention you"
        ESCALATED = "escalated", "Escalations to you"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item = models.ForeignKey(WorkItem, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=60, help_text="What it comes from, such as activity:17. Never twice.")
    facts = models.JSONField(default=dict, help_text="Counts, and the ids of a person and a rule.")
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "cause"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_by_person"),
            models.Index(
                fields=["person"], include=["item"], condition=models.Q(read_at=None), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"Notification {self.pk}"


@tracked()
class NotificationChoice(models.Model):
    """The kinds that a person does not want. Without a row they get all of them."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="notification_choice")
    unwanted = ArrayField(models.CharField(max_length=10), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class NotificationState(models.Model):
    """How far work was read for notifications: one row."""

    activity = models.BigIntegerField(default=0)
    escalation = models.BigIntegerField(default=0)
