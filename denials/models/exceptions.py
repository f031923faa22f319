"""What nobody could understand by rule: one case for each cause, and what each case holds up."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, Team, User
from denials.domain import exception_kinds
from denials.models.codes import CodeSystem
from denials.models.payers import Payer
from denials.models.remittances import ProviderAdjustment, Remittance, RemittedClaim


class CaseQuerySet(FacilityScoped):
    def open(self) -> Self:
        return self.filter(state=ExceptionCase.State.OPEN)

    def visible_to(self, user: User) -> Self:
        """Cases that hold up something of this person's facilities; for managers all, for others their own teams'."""
        if not user.is_active:
            return self.none()
        held = HeldUp.objects.filter(case=models.OuterRef("pk"))
        rows = self if user.all_facilities else self.filter(models.Exists(held.visible_to(user)))
        if user.may_manage:
            return rows
        return rows.filter(models.Q(owner=user) | models.Q(owner_team__in=user.teams.values("pk")))


@tracked()
class ExceptionCase(models.Model):
    """One cause of exceptions, and what became of it. It closes by itself when it holds up nothing any more.

    `cause` tells causes of one kind apart, such as `CARC:999`; the same cause may come back in a new case.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        FIXED = "fixed", "Fixed"
        ACCEPTED = "accepted", "Left as it is"

    kind = models.CharField(max_length=20, choices=exception_kinds.CHOICES)
    cause = models.CharField(max_length=160)
    system = models.CharField(max_length=6, choices=CodeSystem.choices, blank=True)
    code = models.CharField(max_length=14, blank=True)
    payer = models.ForeignKey(Payer, null=True, on_delete=models.SET_NULL, related_name="+")
    remittance = models.ForeignKey(Remittance, null=True, on_delete=models.PROTECT, related_name="+")
    remitted_claim = models.ForeignKey(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="Why it is an exception, without patient data.")
    owner_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField(null=True, help_text="The last day to act, where a clock of its own runs.")
    due_because = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField(null=True, help_text="When the payer was asked about it.")
    ask_again_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.CharField(max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "cause"], condition=models.Q(state="open"), name="one_open_case_per_cause"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(closed_on__isnull=False, closed_because__gt=""),
                name="closed_case_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_on", "id"], condition=models.Q(state="open"), name="case_open_by_age"),
            models.Index(fields=["closed_on"], condition=~models.Q(state="open"), name="case_closed_by_day"),
        ]

    def __str__(self) -> str:
        return f"Exception {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class HeldUp(models.Model):
    """One thing that a case holds up: a claim payment, a whole payment, or a provider adjustment.

    `thing` names it in one word, such as `claim:17`, so that what two cases hold is counted once.
    """

    class State(models.TextChoices):
        HELD = "held", "Held up"
        RELEASED = "released", "Not held up any more"
        ACCEPTED = "accepted", "Left as it is"
        CONFIRMED = "confirmed", "Confirmed"

    case = models.ForeignKey(ExceptionCase, on_delete=models.CASCADE, related_name="held", db_index=False)
    thing = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="+")
    remitted_claim = models.ForeignKey(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="held_up")
    provider_adjustment = models.ForeignKey(
        ProviderAdjustment, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    claims = models.PositiveIntegerField(default=1)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    since = models.DateTimeField(auto_now_add=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "thing"], name="held_up_once_by_a_case")]
        indexes = [
            models.Index(fields=["case", "facility"], condition=models.Q(state="held"), name="held_by_case"),
            models.Index(
                fields=["thing"], condition=models.Q(state__in=["accepted", "confirmed"]), name="held_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} held up by {self.case_id}"
