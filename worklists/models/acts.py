"""What was done to one item or to many at once, and how each stood before: so that it can be undone."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from worklists.models.items import WorkItem
from worklists.models.workers import Absence


class BulkAct(models.Model):
    """One action on one item or many: who, when, what and why. `actor` None: Overturn itself did it.

    `undone_at` and `undone_by` tell of the first undo; what it could not put back may be undone later.
    `action` and `given` say what a person filled in, so that the same can be done to items like it.
    """

    class Kind(models.TextChoices):
        REASSIGNED = "reassign", "Reassigned"
        HANDED_OVER = "hand_over", "Handed over"
        MOVED = "move", "Moved to another queue"
        POSTPONED = "postpone", "Postponed"
        RELEASED = "release", "Put back"
        TAKEN = "take", "Taken"
        NOTED = "note", "Noted"
        RESOLVED = "resolve", "Resolved"
        REOPENED = "reopen", "Reopened"
        RETURNED = "return", "Answer recorded"
        ASKED = "ask", "Asked a colleague"
        ASK_AGAIN = "ask_again", "To be asked again"
        WITHDRAWN = "withdraw", "Questions withdrawn"
        BROUGHT_BACK = "bring_back", "Brought back"
        ESCALATED = "escalate", "Escalated"
        ACKNOWLEDGED = "acknowledge", "Escalation acknowledged"
        HANDED_ON = "hand_on", "Escalation handed on"
        DEESCALATED = "deescalate", "Escalation ended"
        CALLED = "call", "Worked in a call"
        TICKED = "tick", "Step ticked"
        UNTICKED = "untick", "Tick taken off"
        REQUESTED = "request", "Records asked for"
        RECEIVED = "receive", "Records received"
        NOT_AVAILABLE = "give_up", "Records not available"
        PART_CHOSEN = "part_chosen", "Part chosen"
        DRAFTED = "draft", "Letters drafted"
        AUTO_RELEASED = "auto_release", "Put back because untouched"
        COVERED = "cover", "Moved because of an absence"
        CAME_BACK = "come_back", "Returned after an absence"

    LASTING = (Kind.NOTED,)
    """What can never be undone: a note stays for good."""
    OF_STEPS = (Kind.TICKED, Kind.UNTICKED)
    OF_EVIDENCE = (Kind.REQUESTED, Kind.RECEIVED, Kind.NOT_AVAILABLE)

    kind = models.CharField(max_length=12, choices=Kind.choices)
    action = models.CharField(max_length=20, blank=True, default="", help_text="As worklists.item_actions names it.")
    given = models.JSONField(default=dict, help_text="What was filled in, by field, as it was sent.")
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
    beside = models.JSONField(null=True, help_text="Questions, escalations, ticks and evidence before it, by table.")
    version_after = models.PositiveIntegerField(null=True)
    is_undone = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=200, blank=True, help_text="Why undo left it alone.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "item"], name="one_row_per_item_of_an_act")]
