"""What somebody found in a behavioral health record, question by question. Append-only: the latest answer counts."""

from __future__ import annotations

import pgtrigger
from django.db import models

from accounts.models import Facility, FacilityScoped, User
from worklists.domain import behavioral
from worklists.models.items import WorkItem


class BehavioralAnswer(models.Model):
    """One answer to one question about the record behind an item, with who gave it and when."""

    class Question(models.TextChoices):
        TIME = behavioral.Question.TIME.value, "Time"
        PLAN = behavioral.Question.PLAN.value, "Treatment plan"
        GOALS = behavioral.Question.GOALS.value, "Goals"
        METHOD = behavioral.Question.METHOD.value, "Method and response"
        SEVERITY = behavioral.Question.SEVERITY.value, "Severity"

    class Answer(models.TextChoices):
        YES = behavioral.Answer.YES.value, "Yes"
        NO = behavioral.Answer.NO.value, "No"
        NOT_DOCUMENTED = behavioral.Answer.NOT_DOCUMENTED.value, "Not documented"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="behavioral_answers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    question = models.CharField(max_length=8, choices=Question.choices)
    answer = models.CharField(max_length=14, choices=Answer.choices)
    start = models.TimeField(null=True)
    stop = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    plan_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    plan_until = models.DateField(null=True)
    where = models.CharField(max_length=120, blank=True, help_text="Pages of the record.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["item", "question", "-id"], name="behavioral_by_item")]
        triggers = [pgtrigger.Protect(name="answers_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
