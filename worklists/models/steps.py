"""Which steps of its playbook were done for an item."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from worklists.models.items import WorkItem


class PlaybookStepDone(models.Model):
    """One step that was ticked. Unticking deletes it; the item's activities tell both.

    Each round of an item begins with nothing ticked: the payer has decided again since.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="steps_done", db_index=False)
    round = models.PositiveSmallIntegerField()
    playbook = models.CharField(max_length=40)
    step = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "round", "playbook", "step"], name="one_tick_per_step")]
