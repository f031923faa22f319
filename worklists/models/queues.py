"""Where work waits, and the rules that send it there."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked, tracked_links
from accounts.models import Team

UNROUTED = "unrouted"


@tracked()
class Queue(models.Model):
    """One home for work. `unrouted` always exists and takes what no rule takes."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, blank=True, help_text="What belongs here, for people who meet it new.")
    teams = models.ManyToManyField(Team, blank=True, related_name="queues")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked_links()
class QueueTeam(Queue.teams.through):  # type: ignore[name-defined,misc]
    """Which team works which queue."""

    class Meta:
        proxy = True


@tracked()
class RoutingRule(models.Model):
    """One rule of the ordered list; the first that matches takes the item.

    `conditions` maps a fact's name to the values that match, all of which must (`worklists/domain/routing.py`).
    """

    position = models.PositiveIntegerField(help_text="Lower numbers are asked first.")
    name = models.CharField(max_length=120)
    conditions = models.JSONField(default=dict, blank=True)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="rules")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"], name="one_rule_per_position", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.name
