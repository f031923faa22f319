"""Questions to other teams about one item, each with its answer."""

from __future__ import annotations

from django.db import models

from accounts.models import Facility, FacilityScoped, Team, User
from worklists.models.items import WorkItem


class Clarification(models.Model):
    """One question to one team. Passing it on ends this row and begins another, so that each team's time is its own.

    The item waits while it has an open one (`WorkItem.Status.ASKING`).
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        PASSED = "passed", "Passed on"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OVERTAKEN = "overtaken", "No longer needed"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="questions", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="questions", db_index=False)
    text = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    passed_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="passed_to")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    file = models.FileField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was passed on, withdrawn or closed.")
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False)),
                name="ended_question_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | models.Q(answer__gt="", ended_by__isnull=False),
                name="answered_question_has_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "id"], name="question_by_item"),
            models.Index(fields=["team", "due_on", "id"], condition=models.Q(state="open"), name="question_open"),
            models.Index(fields=["asked_at"], name="question_by_day"),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"
