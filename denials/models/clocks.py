"""The clocks of each denial, and what was done that starts and ends them."""

from __future__ import annotations

from django.db import models

from denials.domain.clock_facts import ClockKind, ClockState
from denials.models.conclusions import Denial
from denials.models.remittances import Claim

KINDS = [(kind.value, kind.value) for kind in ClockKind]
STATES = [(state.value, state.value) for state in ClockState]


class Clock(models.Model):
    """One clock of one denial, concluded from its rule: always recomputable (`denials/clocks.py`).

    Without `last_day` it waits for its start event. Where the rule comes from is read from the rule itself.
    """

    denial = models.ForeignKey(Denial, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=20, choices=KINDS)
    level = models.PositiveSmallIntegerField(default=0, help_text="Of appeal or follow-up; 0 for what has none.")
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=STATES)
    rule_id = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=20, blank=True)
    basis_on = models.DateField(null=True)
    waits_for = models.CharField(max_length=120, blank=True)
    window = models.CharField(max_length=60, blank=True)
    presumption_days = models.PositiveSmallIntegerField(default=0)
    non_business_day_rule = models.CharField(max_length=120, blank=True)
    last_day = models.DateField(null=True)
    last_safe_day = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    is_default = models.BooleanField(default=False)
    is_binding = models.BooleanField(default=False)
    others = models.JSONField(default=list, help_text="Rules that say a later day: id, name and day of each.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["denial", "kind", "level"], name="one_clock_per_denial_kind_and_level"),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(last_safe_day__isnull=False, last_safe_day__lte=models.F("last_day")),
                name="last_safe_day_not_after_last_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_day"],
                condition=models.Q(is_binding=True, state=ClockState.RUNNING.value),
                name="binding_clock_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of denial {self.denial_id}"


class ClockEvent(models.Model):
    """Something done on a day that starts or ends clocks: a letter or claim sent, a decision of the payer told to us.

    What a remittance decides needs no row: it is a denial or payment of its own.
    """

    class Kind(models.TextChoices):
        APPEAL_SENT = "appeal_sent", "Letter sent"
        DECIDED = "decided", "Payer decided"
        CLAIM_SENT = "claim_sent", "Claim sent again"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="clock_events")
    denial = models.ForeignKey(Denial, on_delete=models.CASCADE, related_name="clock_events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(default=0, help_text="Of the appeal; 0 for a claim.")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["denial", "kind", "level"], name="one_clock_event_per_denial_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on}"
