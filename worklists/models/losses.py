"""The ledger of what was lost without anybody deciding it."""

from __future__ import annotations

from django.db import models

from accounts.models import Facility, FacilityScoped, User
from denials.models.remittances import money
from worklists.models.items import WorkItem
from worklists.models.missed import MissedClock
from worklists.models.queues import Queue


class Loss(models.Model):
    """Dollars that one item lost in one way on one day, and what a second look at it said. Found once."""

    class Kind(models.TextChoices):
        UNTOUCHED = "untouched", "Expired untouched"
        DEFERRED = "deferred", "Postponed past the last safe day"
        UNOWNED = "unowned", "Nobody had it when it expired"
        MISSED = "missed", "Expired in work"
        GIVEN_UP = "given_up", "Closed while a way was open"
        SMALL = "small", "Small balance adjusted off"

    class Look(models.TextChoices):
        NOT_ASKED = "not_asked", "Not in the sample"
        DUE = "due", "Second look due"
        ACCEPTED = "accepted", "Accepted"
        REOPENED = "reopened", "Reopened"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="losses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    lost_on = models.DateField()
    amount = money()
    who = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=400)
    missed = models.OneToOneField(MissedClock, null=True, on_delete=models.PROTECT, related_name="loss")
    found_at = models.DateTimeField(auto_now_add=True)
    look = models.CharField(max_length=9, choices=Look.choices, default=Look.DUE)
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="What the second look said.")

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-lost_on", "-pk"]
        verbose_name_plural = "losses"
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "lost_on"], name="one_loss_per_item_kind_and_day"),
            models.CheckConstraint(
                condition=~models.Q(look__in=["accepted", "reopened"])
                | models.Q(looked_by__isnull=False, looked_at__isnull=False, reason__gt=""),
                name="looked_at_loss_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-lost_on", "-id"], name="losses_by_day")]

    def __str__(self) -> str:
        return f"Loss {self.pk}"
