"""The routing rules as they were in force: each list that ever decided where work goes, numbered and never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models


class RuleSet(models.Model):
    """The whole ordered list of rules from one moment on, until the next number. A routing names the set it came from.

    `rules` holds what the rules need to be asked again (`worklists.domain.routing.Rule`), in the order of asking.
    """

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the rules: whether the list is still this one.")
    since = models.DateTimeField(auto_now_add=True)
    because = models.CharField(max_length=300)
    changes = models.JSONField(default=list, help_text="Ids of the governed changes that made it; none for others.")

    class Meta:
        ordering = ["-number"]
        triggers = [pgtrigger.Protect(name="rule_sets_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Rule set {self.number}"
