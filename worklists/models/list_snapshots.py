"""Which list an item was opened from, as it stood then, so that the next one is there and the way back known."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User


class ListSnapshot(models.Model):
    """One person's list at the moment when an item was opened from it. Ids only; opened anew, it is replaced."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    list_key = models.CharField(max_length=60)
    query = models.TextField(blank=True, help_text="The address of the list: filters and order.")
    title = models.CharField(max_length=120)
    address = models.CharField(max_length=120)
    items = ArrayField(models.BigIntegerField(), help_text="Ids in the order of the list.")
    finished = ArrayField(
        models.BigIntegerField(), default=list, help_text="Those that the person did and went on from."
    )
    is_whole = models.BooleanField(help_text="Off where the list was longer, or was opened far down.")
    taken_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "list_key", "query"], name="one_snapshot_per_list")]

    def __str__(self) -> str:
        return f"List snapshot {self.pk}"
