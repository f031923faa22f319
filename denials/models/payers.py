"""Payers, the names and ids that remittances give them, and their rules of time."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.history import tracked


class PayerQuerySet(models.QuerySet["Payer"]):
    def standing(self) -> Self:
        """Without the payers that were merged into another."""
        return self.filter(merged_into=None)

    def to_confirm(self) -> Self:
        """The payers that a remittance named first and that nobody has looked at yet."""
        return self.standing().filter(is_confirmed=False)


@tracked()
class Payer(models.Model):
    """One payer, under the key that rules and scenarios use (`medicare_ffs`, `aetna`).

    One that turned out to be another is merged into it and stays as a row that leads there
    (`denials/payer_merging.py`). Where letters go and whom to call stands in `PayerContact`.
    """

    class Kind(models.TextChoices):
        MEDICARE = "medicare_ffs", "Medicare fee-for-service"
        MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
        MEDICAID = "medicaid_ffs", "Medicaid fee-for-service"
        MEDICAID_MANAGED = "medicaid_mco", "Medicaid managed care"
        COMMERCIAL = "commercial", "Commercial"
        FEDERAL = "federal", "Other federal program"
        UNKNOWN = "unknown", "Not known yet"

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.UNKNOWN)
    rules_key = models.CharField(
        max_length=60, blank=True, help_text="Whose time limits apply, when not this payer's own key."
    )
    jurisdiction = models.CharField(max_length=4, blank=True, help_text="State, where time limits differ by state.")
    product = models.CharField(max_length=60, blank=True, help_text="The product line most claims belong to.")
    is_contracted = models.BooleanField(default=True)
    response_days = models.PositiveSmallIntegerField(
        default=30, help_text="Calendar days after which we ask for an answer to an appeal."
    )
    claims_per_call = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many claims this payer discusses in one call; empty where nobody knows."
    )
    is_confirmed = models.BooleanField(
        default=True, help_text="Off for a payer that a remittance named first: check it, then confirm."
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    candidates = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Payers that fitted a remittance equally well; it stands under this one until somebody says which.",
    )

    objects = PayerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="no_payer_is_merged_into_itself"
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PayerIdentifier(models.Model):
    """A name or id by which remittances call a payer, compared in upper case (`denials/domain/payer_evidence.py`).

    What a payer calls itself belongs to one payer. Who sends a file or originates a payment may do so for many.
    """

    class Kind(models.TextChoices):
        PAYER_ID = "payer_id", "Payer ID (N104 or REF*2U)"
        REFERENCE = "reference", "Other number (REF*NF, EO or HI)"
        NAME = "name", "Name (N1*PR)"
        ORIGINATOR = "originator", "Originator (TRN03)"
        GROUP_SENDER = "gs_sender", "Sender of the group (GS02)"
        SENDER = "isa_sender", "Sender of the file (ISA06)"

    SHARED = (Kind.ORIGINATOR, Kind.GROUP_SENDER, Kind.SENDER)

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=models.Q(kind__in=["payer_id", "reference", "name"]),
                name="one_payer_per_identifier",
            ),
            models.UniqueConstraint(fields=["payer", "kind", "value"], name="identifier_once_per_payer"),
        ]
        indexes = [models.Index(fields=["value"], name="payer_identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
