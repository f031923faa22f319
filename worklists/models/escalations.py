"""Items that somebody above has to look at, and reminders of days that come near."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models import Facility, FacilityScoped, Team, User
from worklists.models.items import WorkItem
from worklists.models.watch_settings import EscalationRule


class Escalation(models.Model):
    """One reason for which an item was raised: by a rule, once for each last day, or by a person.

    Without team and person it is for the managers of the item's queue.
    """

    class State(models.TextChoices):
        OPEN = "open", "Not looked at yet"
        ACKNOWLEDGED = "ack", "Acknowledged"
        ENDED = "ended", "Ended"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="escalations", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=60, help_text="The rule and the last day, or the person's act: never twice.")
    rule = models.ForeignKey(EscalationRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule_version = models.PositiveIntegerField(null=True)
    because = models.CharField(max_length=400)
    step = models.PositiveSmallIntegerField(default=1)
    step_words = models.CharField(max_length=120, blank=True, help_text="That step of the code's escalation path.")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    raised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    raised_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    acknowledged_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it ended.")

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "cause"], name="escalated_once_per_cause"),
            models.CheckConstraint(
                condition=~models.Q(state="ended") | models.Q(ended_at__isnull=False, why__gt=""),
                name="ended_escalation_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "item"], condition=~models.Q(state="ended"), name="escalation_running")
        ]

    def __str__(self) -> str:
        return f"Escalation {self.pk}"


class Reminder(models.Model):
    """That a last day comes near: one for each item, day and distance. It is dismissed by doing something."""

    class Kind(models.TextChoices):
        SAFE = "safe", "Last safe day"
        DEADLINE = "deadline", "Deadline"

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    last_day = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    for_managers = models.BooleanField(help_text="Also for the managers of the item's queue.")
    raised_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "last_day", "days_before"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"
