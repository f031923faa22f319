"""One call to a payer about many claims: who called, under which reference, and what was said of each claim."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, User
from denials.models import Payer, PayerProduct
from worklists.models.acts import BulkAct
from worklists.models.items import WorkItem


@tracked()
class CallOutcome(models.Model):
    """What a payer may say about a claim in a call, and in how many business days to look again."""

    position = models.PositiveSmallIntegerField(
        "key",
        unique=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="The digit that picks it.",
    )
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(
        "comes back in",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Business days. Empty: the item stays with whoever called, to be worked now.",
    )
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class PayerCallQuerySet(FacilityScoped):
    facility_path = "biller"


class PayerCall(models.Model):
    """One call. While it is in hand its claims are nobody else's to call about; finished, it is the log of the call."""

    class State(models.TextChoices):
        IN_HAND = "in_hand", "In hand"
        FINISHED = "finished", "Finished"
        DROPPED = "dropped", "Dropped"

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(PayerProduct, null=True, on_delete=models.PROTECT, related_name="+")
    biller = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="+", help_text="Whose NPI and tax ID are told."
    )
    caller = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.IN_HAND)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    spoke_to = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    hold_seconds = models.PositiveIntegerField(default=0)
    hold_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    act = models.ForeignKey(BulkAct, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PayerCallQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["caller"], condition=models.Q(state="in_hand"), name="one_call_in_hand_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(state="in_hand") | models.Q(ended_at__isnull=False), name="ended_call_says_when"
            ),
        ]
        indexes = [models.Index(fields=["caller", "-started_at"], name="calls_by_person")]

    def __str__(self) -> str:
        return f"Call {self.pk}"


class CallClaim(models.Model):
    """One claim of a call: what to ask, and what was said."""

    call = models.ForeignKey(PayerCall, on_delete=models.CASCADE, related_name="claims", db_index=False)
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=300)
    outcome = models.ForeignKey(CallOutcome, null=True, on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True)
    text = models.TextField(max_length=2000, blank=True)
    late_because = models.CharField(
        max_length=300, blank=True, help_text="Why the promised day may be after the last safe one."
    )
    is_in_hand = models.BooleanField(default=True)
    kept_because = models.CharField(max_length=300, blank=True, help_text="Why no day was set, or nothing written.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "item"], name="once_in_a_call"),
            models.UniqueConstraint(fields=["item"], condition=models.Q(is_in_hand=True), name="in_one_call_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"Claim {self.position} of call {self.call_id}"
