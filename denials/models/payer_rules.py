"""The payers' limits of time, and how long we need ourselves before something is there."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked
from denials.models.payers import Payer


@tracked()
class PayerRule(models.Model):
    """One limit of time, as `denials/codes/payer_rules.csv` ships it; edited rules are not overwritten by a reload."""

    rule_id = models.CharField(max_length=30, unique=True)
    payer_key = models.CharField(max_length=60, db_index=True)
    product = models.CharField(max_length=80, blank=True)
    jurisdiction = models.CharField(max_length=120, blank=True)
    provider_status = models.CharField(max_length=60, blank=True)
    rule_type = models.CharField(max_length=30)
    level_no = models.PositiveSmallIntegerField(null=True, blank=True)
    level_name = models.CharField(max_length=160, blank=True)
    window_value = models.CharField(max_length=20)
    window_unit = models.CharField(max_length=30)
    counts_from = models.CharField(max_length=80)
    receipt_presumption_days = models.PositiveSmallIntegerField(null=True, blank=True)
    filed_when = models.CharField(max_length=80, blank=True)
    non_business_day_rule = models.CharField(max_length=120, blank=True)
    payer_decision_time = models.CharField(max_length=120, blank=True)
    amount_in_controversy = models.CharField(max_length=40, blank=True)
    requirements = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    staff_note = models.CharField(
        max_length=200, blank=True, help_text="What staff should read beside the date, such as the contract's clause."
    )
    confidence = models.CharField(max_length=10, blank=True)
    source = models.TextField(blank=True)
    source_date = models.CharField(max_length=80, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    is_edited = models.BooleanField(default=False)

    class Meta:
        ordering = ["payer_key", "rule_type", "level_no"]

    def __str__(self) -> str:
        return self.rule_id


@tracked()
class SendingTime(models.Model):
    """Business days that one way of sending needs, for one payer or for all: the last safe day is that much earlier.

    A payer's own rows count instead of the general ones; among several ways for letters the slowest counts.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "Letter by mail"
        FAX = "fax", "Letter by fax"
        PORTAL = "portal", "Letter through the portal"
        CLAIM = "claim", "Electronic claim"

    payer = models.ForeignKey(Payer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    preparation_days = models.PositiveSmallIntegerField(help_text="Business days to write and collect what goes along.")
    mailing_days = models.PositiveSmallIntegerField(help_text="Business days until the payer has it.")

    class Meta:
        ordering = ["payer__name", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "channel"], nulls_distinct=False, name="one_sending_time_per_payer_and_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.payer or 'every payer'}"
