"""The numbers of the board, counted ahead: so that a manager's page reads a few rows however much work there is."""

from __future__ import annotations

from django.db import models

from accounts.models import Facility, FacilityScoped, User
from worklists.models.queues import Queue


def _count() -> models.IntegerField[int, int]:
    return models.IntegerField(default=0)


def _dollars() -> models.DecimalField[object, object]:
    return models.DecimalField(max_digits=16, decimal_places=2, default=0)


class BoardCell(models.Model):
    """What one queue, or one person, has at one facility. Several rows of one of them add up.

    Written by `worklists/rollup.py` alone, all of it at once. No constraint leads back to what it counts, and none of
    it is kept: counting again gives the same.
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    open = _count()
    at_risk = _dollars()
    overdue = _count()
    due = _count()
    unowned = _count()
    waiting = _count()
    asking = _count()
    escalated = _count()
    oldest = models.DateField(null=True)
    arrived = _count()
    cleared = _count()
    recovered = _dollars()
    recovered_items = _count()
    past = _dollars()
    week_0 = _dollars()
    week_1 = _dollars()
    week_2 = _dollars()
    week_3 = _dollars()
    week_4 = _dollars()
    week_5 = _dollars()
    later = _dollars()
    undated = _dollars()

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(queue__isnull=True) | models.Q(owner__isnull=True), name="cell_of_queue_or_person"
            )
        ]


class DayCount(models.Model):
    """What one queue at one facility had on one day: items that came in, that were closed, that payers had denied."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_index=True)
    arrived = _count()
    cleared = _count()
    denied = _count()

    objects = FacilityScoped.as_manager()


class BoardState(models.Model):
    """As of when the board is counted; one row. `version` says up to which change of work."""

    as_of = models.DateTimeField()
    today = models.DateField(help_text="The day from which weeks and what is late were seen.")
    version = models.CharField(max_length=60)
