"""What was asked to be read again, and how far that has come."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User


class Rereading(models.Model):
    """Open denials are concluded and dated again, because what we know about codes, payers or limits changed.

    The lists say which denials the change touches; a denial that stands in any of them is read again. `reached` is the
    id of the last one that is done, so that a crash costs one batch.
    """

    because = models.CharField(max_length=300)
    codes = models.JSONField(default=list, help_text="Pairs of code system and code.")
    categories = ArrayField(models.CharField(max_length=40), default=list)
    payers = ArrayField(models.BigIntegerField(), default=list)
    rules = ArrayField(models.CharField(max_length=30), default=list, help_text="Ids of payer rules.")
    denials = ArrayField(models.BigIntegerField(), default=list)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reached = models.BigIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.because
