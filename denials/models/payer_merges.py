"""What a merge of two payers moved, to the last row, so that it can be taken back exactly."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import User
from denials.models.payers import Payer


class PayerMerge(models.Model):
    """`merged` was found to be `stays`. `values` lists single fields that changed: table, row, field, before, after."""

    merged = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="merges")
    stays = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="merges_into")
    because = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    newest = models.JSONField(default=dict, help_text="By table the highest id there was: what is above came later.")
    merged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at=None), name="one_standing_merge_per_payer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged} is {self.stays}"

    def counts(self) -> dict[str, int]:
        """How many rows of each table were moved."""
        counted: dict[str, int] = {}
        for table, ids in self.moved.values_list("table", "ids"):
            counted[table] = counted.get(table, 0) + len(ids)
        return counted

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class MovedRows(models.Model):
    """Some rows of one table that a merge moved from one payer to the other: at most a few thousand in each."""

    merge = models.ForeignKey(PayerMerge, on_delete=models.CASCADE, related_name="moved")
    table = models.CharField(max_length=80, help_text="app.Model.field")
    ids: Any = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{len(self.ids)} of {self.table}"
