"""What a person takes on at work, and when they are away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User

MINUTES_A_DAY = 360
"""What somebody works on items in a day when nobody said otherwise: six hours of eight."""


@tracked()
class WorkProfile(models.Model):
    """How much work a person holds at once, gets done in a day, and is trained for. Without one nothing is limited."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="work_profile")
    most_taken = models.PositiveSmallIntegerField("items taken at once, at most", null=True, blank=True)
    minutes_a_day = models.PositiveSmallIntegerField("minutes of work a day", default=MINUTES_A_DAY)
    skills = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most_taken__isnull=True) | Q(most_taken__gte=1), name="takes_some"),
            models.CheckConstraint(condition=Q(minutes_a_day__lte=1440), name="a_day_has_1440_minutes"),
        ]

    def __str__(self) -> str:
        return str(self.user)


@tracked()
class Absence(models.Model):
    """Days on which a person is not at work. `begun_at`: what is due has moved; `ended_at`: what was left is back."""

    class GoesTo(models.TextChoices):
        PERSON = "person", "To one person"
        TEAM = "team", "Split over the team, by capacity"
        QUEUE = "queue", "Back to the queues"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    goes_to = models.CharField("what is due goes", max_length=6, choices=GoesTo.choices, default=GoesTo.TEAM)
    cover = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="covers")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_cancelled = models.BooleanField("cancelled", default=False)

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(goes_to="person", cover__isnull=False) | Q(~Q(goes_to="person"), cover__isnull=True),
                name="cover_only_where_one_is_named",
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("person")), name="nobody_covers_for_themselves"
            ),
        ]
        indexes = [models.Index(fields=["person", "last_day"], name="absence_by_person")]

    def __str__(self) -> str:
        return f"Absence {self.pk}"
