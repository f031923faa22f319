"""What the payer said, as recorded: immutable, each row with the segments it was read from."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper

from accounts.models import Facility, FacilityScoped, User
from denials.models.payers import Payer


def money(**options: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=12, decimal_places=2, **options)


def immutable(name: str) -> pgtrigger.Protect:
    """PostgreSQL refuses to change or delete what a payer said."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class EnteredFrom(models.TextChoices):
    """From what somebody entered a denial that no payer's file told."""

    PAPER = "paper_eob", "Paper EOB"
    LETTER = "letter", "Denial letter"
    PHONE = "phone", "Phone call"
    PORTAL = "portal", "Payer's portal"
    SHEET = "sheet", "Spreadsheet"


class FileQuerySet(FacilityScoped):
    def visible_to(self, user: User) -> FileQuerySet:
        """Files that this person uploaded, or that pay, or answer about, one of their facilities."""
        if not user.is_active:
            return self.none()
        if user.all_facilities:
            return self
        own = user.own_facilities
        paid = Remittance.objects.filter(facility__in=own).values("file")
        answered = self.model.objects.filter(acknowledgments__facility__in=own).values("pk")
        return self.filter(models.Q(uploaded_by=user) | models.Q(pk__in=paid) | models.Q(pk__in=answered))

    def readable_by(self, user: User) -> FileQuerySet:
        """Files whose every claim this person may see: their own uploads, or any with all facilities open to them."""
        if user.all_facilities and user.is_active:
            return self
        return self.filter(uploaded_by=user)


class RemittanceFile(models.Model):
    """One file as received: its bytes first, then what was made of it."""

    class Kind(models.TextChoices):
        REMITTANCE = "remittance", "Remittance (835)"
        ACKNOWLEDGMENT = "ack", "Acknowledgment (999, 277CA)"
        ENTRY = "entry", "Entered by hand"

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        REFUSED = "refused", "Refused"
        RECORDING = "recording", "Recording"
        RECORDED = "recorded", "Recorded"

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content = models.FileField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REMITTANCE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=300, blank=True)
    preview = models.JSONField(default=dict, help_text="Counts and sums of what recording would do; no patient data.")
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"File {self.pk}"


class FileFinding(models.Model):
    """One thing wrong or odd in a file, as the reader said it."""

    file = models.ForeignKey(RemittanceFile, on_delete=models.CASCADE, related_name="findings")
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=400)
    segment = models.PositiveIntegerField(null=True)
    transaction = models.PositiveIntegerField(default=0)
    claim = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]


class RemittanceQuerySet(FacilityScoped):
    pass


class Remittance(models.Model):
    """One payment (ST to SE). Held ones are recorded and wait for a person before any work is made of them."""

    class State(models.TextChoices):
        HELD = "held", "Held for a decision"
        RECORDED = "recorded", "Recorded"
        CLASSIFIED = "classified", "Classified"
        ROUTED = "routed", "Routed"
        SETTLED = "settled", "Finished"
        SET_ASIDE = "set_aside", "Set aside"

    file = models.ForeignKey(RemittanceFile, on_delete=models.PROTECT, related_name="remittances")
    entered_from = models.CharField(
        max_length=10, choices=EnteredFrom.choices, blank=True, help_text="Empty for what a payer's own file says."
    )
    transaction = models.PositiveIntegerField()
    control_number = models.CharField(max_length=20)
    interchange = models.CharField(max_length=20, blank=True)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="remittances")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="remittances")
    payer_name = models.CharField(max_length=160, help_text="As the file says it.")
    payer_identifier = models.CharField(max_length=80, blank=True)
    payee_npi = models.CharField(max_length=80, blank=True)
    trace = models.CharField(max_length=80, blank=True)
    amount = money(null=True)
    method = models.CharField(max_length=3, blank=True)
    payment_date = models.DateField(null=True)
    production_date = models.DateField(null=True)
    claims = models.PositiveIntegerField()
    charged = models.DecimalField(max_digits=14, decimal_places=2)
    paid = models.DecimalField(max_digits=14, decimal_places=2)
    difference = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    segment_from = models.PositiveIntegerField()
    segment_to = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECORDED)
    hold_reason = models.CharField(max_length=300, blank=True)
    twin_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="twins")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    objects = RemittanceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "transaction"], name="one_remittance_per_transaction"),
            models.UniqueConstraint(
                fields=["payer", "trace", "payment_date", "amount"],
                condition=models.Q(twin_of__isnull=True, entered_from="") & ~models.Q(trace=""),
                nulls_distinct=False,
                name="one_remittance_per_trace",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["recorded", "classified", "routed"]),
                name="remittance_unfinished",
            ),
            models.Index(fields=["trace"], name="remittance_by_trace"),
            models.Index(fields=["payer"], condition=~models.Q(entered_from=""), name="remittance_entered"),
        ]

    def __str__(self) -> str:
        return f"Remittance {self.pk}"


class Claim(models.Model):
    """One of our claims at one payer, as remittances name it: what later remittances are matched by."""

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    matching_key = models.CharField(
        max_length=80, help_text="CLP01, or the payer's claim number where CLP01 is empty or zero."
    )
    number = models.CharField("claim number", max_length=60)
    payer_control_number = models.CharField(max_length=60, blank=True)
    patient_last = models.CharField(max_length=80, blank=True)
    patient_first = models.CharField(max_length=60, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    service_from = models.DateField(null=True)
    service_to = models.DateField(null=True)
    charge = money(null=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "facility", "matching_key", "service_from"],
                nulls_distinct=False,
                name="one_claim_per_payer_number_and_date",
            )
        ]
        indexes = [
            models.Index(fields=["number"], name="claim_by_number", opclasses=["text_pattern_ops"]),
            models.Index(fields=["payer_control_number"], name="claim_by_payer_number", opclasses=["text_pattern_ops"]),
            models.Index(fields=["member_id"], name="claim_by_member", opclasses=["text_pattern_ops"]),
            models.Index(OpClass(Upper("patient_last"), name="text_pattern_ops"), name="claim_by_patient"),
        ]

    def __str__(self) -> str:
        return f"Claim {self.pk}"


class RemittedClaim(models.Model):
    """One claim payment (CLP) in one remittance."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="remitted_claims", db_index=False)
    position = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="remitted")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    claim_number = models.CharField(max_length=60)
    status = models.CharField(max_length=10)
    charge = money(null=True)
    paid = money(null=True)
    patient_share = money(null=True)
    filing_code = models.CharField(max_length=10, blank=True)
    payer_control_number = models.CharField(max_length=60, blank=True)
    facility_code = models.CharField(max_length=10, blank=True)
    frequency = models.CharField(max_length=5, blank=True)
    patient_last = models.CharField(max_length=80, blank=True)
    patient_first = models.CharField(max_length=60, blank=True)
    patient_middle = models.CharField(max_length=60, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    subscriber_last = models.CharField(max_length=80, blank=True)
    subscriber_first = models.CharField(max_length=60, blank=True)
    rendering_npi = models.CharField(max_length=80, blank=True)
    rendering_name = models.CharField(max_length=120, blank=True)
    crossover_name = models.CharField(max_length=80, blank=True)
    corrected_payer_name = models.CharField(max_length=80, blank=True)
    contract = models.CharField(max_length=60, blank=True)
    medical_record = models.CharField(max_length=60, blank=True)
    service_from = models.DateField(null=True)
    service_to = models.DateField(null=True)
    received_on = models.DateField(null=True)
    remarks = ArrayField(models.CharField(max_length=10), default=list)
    segment_from = models.PositiveIntegerField()
    segment_to = models.PositiveIntegerField()

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remittance", "position"], name="one_row_per_clp")]
        indexes = [
            models.Index(
                fields=["medical_record"], condition=models.Q(medical_record__gt=""), name="remitted_by_record"
            ),
            models.Index(
                fields=["payer_control_number"], name="remitted_by_payer_number", opclasses=["text_pattern_ops"]
            ),
        ]
        triggers = [immutable("what_the_payer_said_of_a_claim")]

    def __str__(self) -> str:
        return f"Remitted claim {self.pk}"


class RemittedLine(models.Model):
    """One service line (SVC) of a claim payment."""

    remitted_claim = models.ForeignKey(RemittedClaim, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    qualifier = models.CharField(max_length=4, blank=True)
    procedure = models.CharField(max_length=48, blank=True)
    modifiers = ArrayField(models.CharField(max_length=4), default=list)
    revenue_code = models.CharField(max_length=48, blank=True)
    charge = money(null=True)
    paid = money(null=True)
    units_paid = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    units_billed = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    submitted_procedure = models.CharField(max_length=60, blank=True)
    service_from = models.DateField(null=True)
    service_to = models.DateField(null=True)
    allowed = money(null=True)
    control_number = models.CharField(max_length=60, blank=True)
    policy = models.CharField(max_length=60, blank=True)
    remarks = ArrayField(models.CharField(max_length=10), default=list)
    reject_codes = ArrayField(models.CharField(max_length=10), default=list)
    segment_from = models.PositiveIntegerField()
    segment_to = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remitted_claim", "number"], name="one_row_per_svc")]
        triggers = [immutable("what_the_payer_said_of_a_line")]


class Adjustment(models.Model):
    """One reason, amount, quantity triplet (CAS) of a claim payment or of one of its lines."""

    remitted_claim = models.ForeignKey(
        RemittedClaim, on_delete=models.PROTECT, related_name="adjustments", db_index=False
    )
    line = models.ForeignKey(
        RemittedLine, null=True, on_delete=models.PROTECT, related_name="adjustments", db_index=False
    )
    ordinal = models.PositiveIntegerField(help_text="Counts the triplets of the claim payment from 1, in file order.")
    group = models.CharField(max_length=3)
    code = models.CharField(max_length=10)
    amount = money(null=True)
    quantity = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    segment = models.PositiveIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["remitted_claim", "ordinal"], name="one_row_per_triplet")]
        triggers = [immutable("what_the_payer_said_of_an_adjustment")]


class ProviderAdjustment(models.Model):
    """One reason and amount pair of a PLB segment: money not tied to one claim result."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="provider_adjustments")
    ordinal = models.PositiveIntegerField()
    provider = models.CharField(max_length=60, blank=True)
    fiscal_period_end = models.DateField(null=True)
    code = models.CharField(max_length=4)
    reference = models.CharField(max_length=60, blank=True)
    amount = money(null=True)
    segment = models.PositiveIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["remittance", "ordinal"], name="one_row_per_plb_pair")]
        indexes = [
            models.Index(fields=["reference"], condition=~models.Q(reference=""), name="outside_claims_by_reference")
        ]
        triggers = [immutable("what_the_payer_said_of_a_provider_adjustment")]
