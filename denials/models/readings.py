"""Readings: scoped ways of handling a code. Which one wins: `denials/domain/readings.py`."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked
from denials.domain.readings import PARTNERS, SCOPES
from denials.models.codes import CodeSystem
from denials.models.payers import Payer

SCOPE_FIELDS = ("facility_npi", *(name for name in (*SCOPES, *PARTNERS) if name != "facility"))


@tracked()
class CodeReading(models.Model):
    """A scoped reading of one code that beats its usual handling; an empty scope means any.

    A suggestion reads nothing until somebody adopts it. Who wrote, changed and approved one stands in its changes.
    """

    class Confidence(models.TextChoices):
        HIGH = "high", "High: a contract or the payer's own page says so"
        MEDIUM = "medium", "Medium: seen on several remittances"
        LOW = "low", "Low: told by somebody, or disputed"

    key = models.SlugField(max_length=60, unique=True, null=True, blank=True, editable=False)
    """Set for the shipped ones."""
    system = models.CharField(
        "kind of code",
        max_length=6,
        choices=[(each.value, each.label) for each in (CodeSystem.CARC, CodeSystem.RARC)],
        default=CodeSystem.CARC,
    )
    code = models.CharField(max_length=10)
    payer_key = models.CharField("payer", max_length=60, blank=True)
    payer_kind = models.CharField("kind of payer", max_length=20, choices=Payer.Kind.choices, blank=True)
    product = models.CharField(max_length=60, blank=True)
    facility_npi = models.CharField("facility", max_length=20, blank=True)
    specialty = models.CharField(max_length=60, blank=True)
    group = models.CharField("adjustment group", max_length=2, blank=True)
    partner_carc = models.CharField("with this reason code beside it", max_length=10, blank=True)
    partner_remark = models.CharField("with this remark beside it", max_length=10, blank=True)
    procedure = models.CharField(max_length=20, blank=True)
    modifier = models.CharField(max_length=2, blank=True)
    revenue = models.CharField("service line by revenue code", max_length=20, blank=True)
    title = models.CharField("our title for staff", max_length=120, default="")
    overrides = models.JSONField(default=dict, blank=True)
    reason = models.TextField("why it is read so")
    source = models.TextField(blank=True)
    conflict = models.JSONField(
        default=dict, blank=True, editable=False, help_text="For a disputed one: article_says, list_says, effect."
    )
    confidence = models.CharField(max_length=8, choices=Confidence.choices, default=Confidence.MEDIUM)
    valid_from = models.DateField("for decisions from", null=True, blank=True)
    valid_to = models.DateField("for decisions until", null=True, blank=True)
    is_active = models.BooleanField("in use", default=True)
    is_suggestion = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["system", "code", "pk"]
        indexes = [models.Index(fields=["system", "code"], name="readings_of_a_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code", *SCOPE_FIELDS, "valid_from"],
                nulls_distinct=False,
                name="one_reading_per_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(key__isnull=False) | ~models.Q(overrides__has_key="denial_rule"),
                name="only_shipped_readings_deny",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from"))
                | models.Q(valid_from=None) | models.Q(valid_to=None),
                name="reading_ends_after_it_starts",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.system} {self.code}: {self.title}"

    @property
    def state(self) -> str:
        """active, suggestion or retired."""
        if self.is_active:
            return "active"
        return "suggestion" if self.is_suggestion else "retired"
