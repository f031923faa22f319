"""What was done to many items at once, and how each of them stood before: so that it can be undone."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from worklists.models.items import WorkItem
from worklists.models.workers import Absence


class BulkAct(models.Model):
    """One action on many items: who, when, what and why. `actor` None: Overturn itself did it."""

    class Kind(models.TextChoices):
        REASSIGNED = "reassign", "Reassigned"
        HANDED_OVER = "hand_over", "Handed over"
        MOVED = "move", "Moved to another queue"
        POSTPONED = "postpone", "Postponed"
        RELEASED = "release", "Put back"
        AUTO_RELEASED = "auto_release", "Put back because untouched"
        COVERED = "cover", "Moved because of an absence"
        CAME_BACK = "come_back", "Returned after an absence"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="bulk_acts")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)
    absence = models.ForeignKey(Absence, null=True, on_delete=models.PROTECT, related_name="acts")
    done = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, help_text="[sentence, how many, the first ids]")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) | models.Q(undone_by__isnull=False),
                name="undone_act_says_by_whom",
            )
        ]
        indexes = [models.Index(fields=["kind", "at"], name="acts_by_kind")]

    def __str__(self) -> str:
        return f"Act {self.pk}"


class BulkActRow(models.Model):
    """One item of an act. `before` holds the columns that the act may change; only an item that still has
    `version_after` is put back as it was.
    """

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="rows", db_index=False)
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="bulk_rows")
    owner_before = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    owner_after = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.JSONField()
    version_after = models.PositiveIntegerField(null=True)
    is_undone = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=200, blank=True, help_text="Why undo left it alone.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "item"], name="one_row_per_item_of_an_act")]
