"""What the order of work rests on: the site's weights, what our own outcomes say, and how long work took."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.history import tracked
from accounts.models import User
from worklists.models.items import WorkItem


def _whole(least: int, most: int, default: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        default=default, validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


@tracked()
class OrderWeights(models.Model):
    """What this site decides about the order of work: one row. What each value does: `worklists/domain/priority.py`."""

    tau_days = _whole(1, 60, 10)
    reference_per_minute = models.DecimalField(
        max_digits=8, decimal_places=2, default=10, validators=[MinValueValidator(0.1)]
    )
    lane_days = _whole(0, 30, 5)
    no_deadline_days = _whole(1, 365, 60)
    thin_share = _whole(0, 50, 5)
    thin_below = _whole(0, 1000, 3)
    default_minutes = _whole(1, 240, 15)
    default_chance = _whole(1, 99, 50)
    prior_strength = _whole(1, 1000, 20)
    history_days = _whole(30, 3650, 730)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "Order of work"


class Experience(models.Model):
    """What our own outcomes and timed work say about one group of denials, counted by night.

    Always recomputable (`worklists/experience.py`). A row is written again when it would move its items by half a day.
    """

    key = models.CharField(max_length=250, unique=True, help_text="The path of groups: worklists/domain/chances.py.")
    level = models.PositiveSmallIntegerField()
    decided = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    amounts = models.PositiveIntegerField(default=0, help_text="Paid outcomes of which the amount is known.")
    timed = models.PositiveIntegerField(default=0)
    mean = models.FloatField(help_text="Chance of payment, shrunk toward the group above.")
    chance = models.FloatField(help_text="The same on the careful side: what items get.")
    share = models.FloatField(help_text="Part of the amount at risk that comes when something is paid.")
    minutes = models.FloatField()
    counted_on = models.DateField()

    class Meta:
        ordering = ["level", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paid__lte=models.F("decided"), amounts__lte=models.F("paid")),
                name="experience_counts_fit",
            ),
            models.CheckConstraint(
                condition=models.Q(chance__gte=0, chance__lte=1, mean__gte=0, mean__lte=1, share__gte=0, share__lte=1),
                name="experience_is_a_chance",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class WorkTime(models.Model):
    """How long a person worked on an item until an act. What was counted stays; the person may put it right."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="times")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=40, help_text="What ended it, such as note or resolve.")
    seconds = models.PositiveIntegerField()
    is_measured = models.BooleanField(
        help_text="Counted in the browser while the page was visible and in use; else from opening to acting."
    )
    at = models.DateTimeField(auto_now_add=True)
    corrected_seconds = models.PositiveIntegerField(null=True, help_text="As the person says it was.")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="work_time_by_person")]

    def __str__(self) -> str:
        return f"Work time {self.pk}"
