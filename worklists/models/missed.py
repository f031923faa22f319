"""Clocks that ran out on open work: the record of what, when and who held it, and of why once somebody said."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, User
from denials.models.remittances import money
from worklists.models.items import WorkItem
from worklists.models.queues import Queue


@tracked()
class MissedClock(models.Model):
    """One binding clock that ran out while its item was open. Written once, by the day after."""

    class Why(models.TextChoices):
        NOT_SEEN = "not_seen", "Nobody looked in time"
        DOCUMENTS = "documents", "Documents came too late"
        COLLEAGUE = "colleague", "Waited for another team"
        PAYER = "payer", "Waited for the payer"
        LIMIT = "limit", "The limit was wrong or not known"
        NOT_WORTH = "not_worth", "Not worth the work"
        NOT_MISSED = "not_missed", "It was done in time, and not written down"
        OTHER = "other", "Something else"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="missed_clocks")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=160)
    rule_id = models.CharField(max_length=30, blank=True)
    last_day = models.DateField()
    holder = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="+")
    amount_at_risk = money()
    noted_at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField(null=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "level", "last_day"], name="one_record_per_missed_clock"),
            models.CheckConstraint(
                condition=models.Q(why="") | models.Q(explained_by__isnull=False, explained_at__isnull=False),
                name="explained_clock_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-last_day", "-id"], name="missed_by_day")]

    def __str__(self) -> str:
        return f"Missed clock {self.pk}"
