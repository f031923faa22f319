"""What a draft of the rules would have done with the denials of the last days, and with what is open."""

from __future__ import annotations

from django.db import models

from accounts.models import ChangeSet, User
from worklists.models.rule_sets import RuleSet


class RuleSetReplay(models.Model):
    """One replay of one set of drafts. `result` holds counts, keys and ids, never patients' data."""

    class Days(models.IntegerChoices):
        MONTH = 30, "30 days"
        QUARTER = 90, "90 days"
        HALF_YEAR = 180, "180 days"

    bundle = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="replays")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", help_text="In force then.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the drafts: whether they are still these.")
    rules = models.JSONField(help_text="The rules that would be in force, in order; new ones with ids below zero.")
    days = models.PositiveSmallIntegerField(choices=Days.choices, default=Days.QUARTER)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    result = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result__isnull=True, finished_at__isnull=True)
                | models.Q(result__isnull=False, finished_at__isnull=False),
                name="finished_replay_has_a_result",
            )
        ]

    def __str__(self) -> str:
        return f"Replay {self.pk}"
