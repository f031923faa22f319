"""Where work waits, and the rules that send it there."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked, tracked_links
from accounts.models import Team

UNROUTED = "unrouted"


class HandingOut(models.TextChoices):
    PULL = "pull", "People take the next item themselves"
    PUSH = "push", "Managers assign each item"


@tracked()
class Queue(models.Model):
    """One home for work. `unrouted` always exists and takes what no rule takes.

    An assigned item that nobody touched for `release_after` business days goes back to the queue; None: never.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, blank=True, help_text="What belongs here, for people who meet it new.")
    teams = models.ManyToManyField(Team, blank=True, related_name="queues")
    is_active = models.BooleanField(default=True)
    handing_out = models.CharField(
        "how its work is handed out", max_length=4, choices=HandingOut.choices, default=HandingOut.PULL
    )
    skills = models.JSONField("skills that its work asks for", default=list, blank=True)
    most_taken = models.PositiveSmallIntegerField("items that one person takes at once, at most", null=True, blank=True)
    release_after = models.PositiveSmallIntegerField("put back after business days untouched", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_taken__isnull=True) | models.Q(most_taken__gte=1), name="one_may_be_taken"
            ),
            models.CheckConstraint(
                condition=models.Q(release_after__isnull=True) | models.Q(release_after__gte=1),
                name="released_after_a_day",
            ),
        ]

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
    prefers_specialist = models.BooleanField(
        "the payer's specialist gets it",
        default=False,
        help_text="Where one is named for the payer, works in the queue's team and is not away; else it is free.",
    )
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
