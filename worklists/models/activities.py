"""The history of work items: what people and the pipeline did, in order, for good."""

from __future__ import annotations

import pgtrigger
from django.db import models

from accounts.models import User
from worklists.domain import contact_words
from worklists.models.items import WorkItem


class Activity(models.Model):
    """What somebody, or the pipeline, did to a work item. Append-only."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Denial recognised"
        ROUTED = "routed", "Routed"
        TAKEN = "take", "Taken"
        RELEASED = "release", "Put back"
        NOTED = "note", "Noted"
        PINNED = "pin", "Pinned a note"
        UNPINNED = "unpin", "Unpinned a note"
        STEP_DONE = "step_done", "Step done"
        STEP_UNDONE = "step_undone", "Step not done after all"
        EVIDENCE = "evidence", "Evidence"
        POSTPONED = "postpone", "Postponed"
        WOKEN = "wake", "Came back"
        HANDED_OVER = "hand_over", "Handed over"
        MOVED = "move", "Moved"
        DRAFTED = "draft", "Letter drafted"
        EDITED = "edit", "Letter edited"
        ASKED = "ask", "Asked a colleague"
        ANSWERED = "answered", "Colleague answered"
        ESCALATED = "escalate", "Escalated"
        ACKNOWLEDGED = "acknowledge", "Escalation acknowledged"
        DEESCALATED = "deescalate", "Escalation ended"
        PASSED_ON = "pass_on", "Question passed on"
        WITHDRAWN = "withdraw", "Question closed"
        SENT = "send", "Sent"
        RETURNED = "return", "Answer recorded"
        RESOLVED = "resolve", "Resolved"
        SETTLED = "settle", "Settled by a remittance"
        REOPENED = "reopen", "Reopened"
        TAKEN_BACK = "take_back", "Taken back by the payer"
        PART_CHOSEN = "part_chosen", "Part chosen"
        WITHHELD = "withheld", "Money taken outside of results"
        DENIED_AGAIN = "denied_again", "Denied again"
        MISSED = "missed", "Clock missed"
        REREAD = "reread", "Read again"
        UNDONE = "undo", "Undone"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="activities", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    status_from = models.CharField(max_length=10, blank=True)
    status_to = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    facts = models.JSONField(default=dict, help_text="The values that changed: ids, dates and amounts.")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["item", "-at", "-id"], name="activity_by_item"),
            models.Index(fields=["actor", "-at"], name="activity_by_person"),
        ]
        triggers = [pgtrigger.Protect(name="history_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Activity {self.pk}"

    @property
    def headline(self) -> str:
        """What happened, in a word or two; of a note its kind."""
        if self.is_withdrawal:
            return "Back in work"
        return contact_words.headline(self.facts) or self.get_kind_display()

    @property
    def is_withdrawal(self) -> bool:
        """Whether the item came back because its letter was withdrawn, not because the payer answered."""
        return self.kind == self.Kind.RETURNED and "appeal" in self.facts and "outcome" not in self.facts

    @property
    def contact_words(self) -> str:
        """With whom, under which reference and what was promised, where a note tells it."""
        return contact_words.in_words(self.facts.get("contact", {}))
