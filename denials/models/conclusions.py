"""What we concluded from what the payer said. Always recomputable; each row says why."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, User
from denials.domain.readings import WARNS
from denials.domain.same_fault import LONGEST
from denials.models.payers import Payer
from denials.models.remittances import Claim, RemittedClaim, money


def _part_of_fault(help_text: str) -> models.CharField[str, str]:
    """Equal in two denials exactly when this part of the fault is: denials/domain/same_fault.py."""
    return models.CharField(max_length=LONGEST, blank=True, default="", db_default="", help_text=help_text)


class Denial(models.Model):
    """The conclusion about one claim payment that needs somebody's eye.

    Ordinary payments leave no row. Pending, forwarded, reversed and suspected ones do, so that nothing is dropped.
    """

    remitted_claim = models.OneToOneField(RemittedClaim, on_delete=models.PROTECT, related_name="denial")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="denials")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+", db_index=False)
    payer_kind = models.CharField(max_length=20, blank=True, help_text="Of the payer's product line, else its own.")
    product = models.CharField(max_length=80, blank=True, help_text="The payer's product line, or its word for it.")
    outcome = models.CharField(max_length=20)
    is_denial = models.BooleanField()
    denied_amount = money()
    amount_at_risk = money()
    tracked_amount = money()
    category = models.CharField(max_length=40, blank=True)
    denial_type = models.CharField(max_length=16, blank=True)
    primary_group = models.CharField(max_length=3, blank=True)
    primary_code = models.CharField(max_length=10, blank=True)
    remarks = ArrayField(models.CharField(max_length=10), default=list)
    fault_codes = _part_of_fault("Reason and remarks, in one order.")
    fault_procedures = _part_of_fault("Procedures and modifiers of the denied lines, in one order.")
    fault_provider = _part_of_fault("Who rendered the service.")
    liability = models.CharField(max_length=10)
    owner_team = models.CharField(max_length=40)
    resolution = models.CharField(max_length=14)
    appeal_allowed = models.BooleanField()
    needs_new_claim = models.BooleanField(
        default=False, help_text="The payer never took the claim in, so the original filing limit runs on."
    )
    denied_lines = ArrayField(models.PositiveIntegerField(), default=list)
    denied_units = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    pending_lines = ArrayField(models.PositiveIntegerField(), default=list)
    watch = models.CharField(max_length=40, blank=True)
    exceptions = ArrayField(models.CharField(max_length=40), default=list)
    next_action = models.TextField(blank=True)
    evidence = ArrayField(models.CharField(max_length=200), default=list)
    root_cause = models.CharField(max_length=300, blank=True)
    preventable = models.CharField(max_length=8, blank=True)
    escalation_path = models.CharField(max_length=300, blank=True)
    because = ArrayField(models.TextField(), default=list)
    readings = models.JSONField(
        default=list, help_text="Scoped readings that fitted: id, version, code, title, won, why, changes."
    )
    deadline = models.DateField(null=True)
    last_safe_on = models.DateField(null=True, help_text="The last safe day of the clock that binds.")
    deadline_rule = models.CharField(max_length=30, blank=True)
    deadline_is_default = models.BooleanField(default=False)
    deadline_because = models.TextField(blank=True)
    decided_on = models.DateField(null=True, help_text="The payment date (BPR16), else the production date.")
    dictionary_version = models.CharField(max_length=40)
    concluded_at = models.DateTimeField(auto_now_add=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(denied_amount__gte=0, amount_at_risk__gte=0), name="denied_amounts_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(is_denial=True) | models.Q(denied_amount=0) | models.Q(outcome="suspected_denial"),
                name="only_denials_deny_money",
            ),
        ]
        indexes = [
            models.Index(fields=["outcome"], condition=models.Q(is_denial=False), name="denial_watched"),
            models.Index(
                fields=["fault_codes", "payer", "fault_procedures", "fault_provider", "facility"],
                name="denial_same_fault",
            ),
            models.Index(
                fields=["fault_procedures", "payer", "fault_provider", "facility"], name="denial_same_procedure"
            ),
        ]

    def __str__(self) -> str:
        return f"Denial {self.pk}"

    @property
    def primary_reason(self) -> str:
        return f"{self.primary_group}-{self.primary_code}" if self.primary_code else ""

    @property
    def is_read_otherwise(self) -> bool:
        """Whether a scoped reading changed the kind of denial or the way to resolve it: an appeal asks first."""
        return any(WARNS & each["changes"].keys() for each in self.readings)


class ReversalPair(models.Model):
    """A reversal (CLP02 22), the earlier result it takes back, and the correction that followed, once known."""

    reversal = models.OneToOneField(RemittedClaim, on_delete=models.PROTECT, related_name="reverses")
    reversed = models.OneToOneField(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="reversed_by")
    correction = models.ForeignKey(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="corrects")
    because = models.CharField(max_length=200)


@tracked()
class ChosenPart(models.Model):
    """Which part of a claim that its payer split a payment is about, as a person said: no number tells it.

    What was said before another choice, or before it was taken back, stays in its row history.
    """

    result = models.OneToOneField(RemittedClaim, on_delete=models.PROTECT, related_name="chosen_part")
    part = models.ForeignKey(
        RemittedClaim, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="An earlier result of that part; empty where it is about all that it fits.",
    )  # fmt: skip
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True, help_text="Why another part than before.")

    def __str__(self) -> str:
        return f"Part of result {self.result_id}"
