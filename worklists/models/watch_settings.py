"""What a site decides about what must not be lost: its numbers, when to remind, and when to escalate to whom."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.history import tracked
from accounts.models import Team, User


@tracked()
class WatchNumber(models.Model):
    """One number of the watch list or the ledger, such as after how many days an item counts as untouched."""

    key = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    meaning = models.CharField(max_length=200)
    unit = models.CharField(max_length=20)
    number = models.PositiveIntegerField(validators=[MaxValueValidator(100_000)])

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ReminderDay(models.Model):
    """So many days before a last safe day and a deadline its owner is reminded; near the end the manager too."""

    days_before = models.PositiveSmallIntegerField(unique=True, validators=[MaxValueValidator(365)])
    tells_managers = models.BooleanField(
        default=False, help_text="Also the managers of the item's queue. Of an item without owner they always are told."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-days_before"]

    def __str__(self) -> str:
        days = self.days_before
        return "On the day itself" if days == 0 else f"{days} {'day' if days == 1 else 'days'} before"


@tracked()
class EscalationRule(models.Model):
    """Raises open items that meet every condition given here; one that is empty asks for nothing."""

    class To(models.TextChoices):
        MANAGERS = "managers", "The managers of the item's queue"
        TEAM = "team", "A team"
        PERSON = "person", "A person"

    position = models.PositiveIntegerField(default=100, help_text="Order in which rules are listed.")
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=40, blank=True)
    codes = models.CharField(max_length=200, blank=True, help_text="Reason codes with spaces between, such as 50 197.")
    at_least = models.DecimalField(
        "at risk, at least", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    days_left = models.PositiveSmallIntegerField("days to the last safe day, at most", null=True, blank=True)
    untouched_days = models.PositiveSmallIntegerField("days untouched, at least", null=True, blank=True)
    rounds = models.PositiveSmallIntegerField("times denied, at least", null=True, blank=True)
    question_late_days = models.PositiveSmallIntegerField("days an answer is overdue, at least", null=True, blank=True)
    step = models.PositiveSmallIntegerField(
        "step of the code's escalation path", default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    to = models.CharField("escalate to", max_length=8, choices=To.choices, default=To.MANAGERS)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(to="managers", team=None, person=None))
                | models.Q(to="team", team__isnull=False, person=None)
                | models.Q(to="person", person__isnull=False, team=None),
                name="escalation_rule_says_to_whom",
            )
        ]

    def __str__(self) -> str:
        return self.name
