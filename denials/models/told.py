"""What no remittance tells about a claim, and somebody wrote down or brought in as a sheet: eligibility checks,
authorizations, notes of coders and of claim edits. Append-only: a wrong row is withdrawn with a reason, never changed.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Facility, FacilityScoped, User
from denials.domain.approvals import Approval, Decision
from denials.domain.cover import Check, Result
from denials.models.entries import Sheet

WITHDRAWAL = ("withdrawn_by", "withdrawn_at", "withdrawn_because")


def append_only(name: str) -> list[Any]:
    """PostgreSQL lets a row be withdrawn once, and refuses every other change."""
    was_withdrawn = pgtrigger.Q(old__withdrawn_at__isnull=False)
    return [
        pgtrigger.ReadOnly(name=f"{name}_is_frozen", exclude=list(WITHDRAWAL)),
        pgtrigger.Protect(name=f"{name}_stays_withdrawn", operation=pgtrigger.Update, condition=was_withdrawn),
        pgtrigger.Protect(name=f"{name}_is_kept", operation=pgtrigger.Delete),
    ]


class Told(models.Model):
    """One fact with who brought it, when and from where.

    It names a claim by our number, a member, or both. Claims and facts are brought together when somebody looks
    (`denials/told.py`), so that it does not matter which of them came first.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    claim_number = models.CharField(max_length=60, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, help_text="Of all that it says: the same said twice stands once.")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    told_at = models.DateTimeField(auto_now_add=True)
    sheet = models.ForeignKey(Sheet, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sheet_row = models.PositiveIntegerField(null=True, help_text="As a spreadsheet counts.")
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(claim_number="", member_id=""), name="%(class)s_names_claim_or_member"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_because__gt=""),
                name="%(class)s_withdrawn_says_why",
            ),
            models.UniqueConstraint(
                fields=["facility", "digest"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="%(class)s_said_once",
            ),
        ]
        indexes = [
            models.Index(fields=["claim_number"], condition=~models.Q(claim_number=""), name="%(class)s_claim"),
            models.Index(fields=["member_id"], condition=~models.Q(member_id=""), name="%(class)s_member"),
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class EligibilityCheck(Told):
    """One answer to the question whether somebody is covered."""

    class Method(models.TextChoices):
        INQUIRY = "inquiry", "Electronic inquiry (270/271)"
        PORTAL = "portal", "Payer's portal"
        PHONE = "phone", "Phone call"
        CARD = "card", "Card at the front desk"

    class Answer(models.TextChoices):
        ACTIVE = Result.ACTIVE.value, "Active"
        INACTIVE = Result.INACTIVE.value, "Not active"
        OTHER_PLAN = Result.OTHER_PLAN.value, "Covered by another plan"
        NOT_FOUND = Result.NOT_FOUND.value, "Member not found"

    checked_on = models.DateField()
    method = models.CharField(max_length=8, choices=Method.choices)
    result = models.CharField(max_length=10, choices=Answer.choices)
    plan = models.CharField(max_length=120, blank=True)
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)

    class Meta(Told.Meta):
        ordering = ["-checked_on", "-pk"]
        constraints = [
            *Told.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(covers_from__isnull=True)
                | models.Q(covers_to__isnull=True)
                | models.Q(covers_from__lte=models.F("covers_to")),
                name="cover_begins_before_it_ends",
            ),
        ]
        triggers = append_only("eligibility_check")

    def __str__(self) -> str:
        return f"Eligibility check {self.pk}"

    @property
    def as_check(self) -> Check:
        return Check(self.result, self.checked_on, self.covers_from, self.covers_to)


class Authorization(Told):
    """One request for authorization and what the payer decided. A later decision is a row of its own."""

    class Decided(models.TextChoices):
        APPROVED = Decision.APPROVED.value, "Approved"
        PARTLY = Decision.PARTLY.value, "Approved in part"
        PENDING = Decision.PENDING.value, "Not decided yet"
        REFUSED = Decision.REFUSED.value, "Refused"
        NOT_NEEDED = Decision.NOT_NEEDED.value, "Not needed"
        CANCELLED = Decision.CANCELLED.value, "Cancelled"

    number = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=10, choices=Decided.choices)
    decided_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    units = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    procedures = ArrayField(models.CharField(max_length=10), default=list)

    class Meta(Told.Meta):
        ordering = ["-decided_on", "-pk"]
        constraints = [
            *Told.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="approval_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="approved_units_above_zero"),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["approved", "partly"]) | ~models.Q(number=""),
                name="approval_has_a_number",
            ),
        ]
        triggers = append_only("authorization")

    def __str__(self) -> str:
        return f"Authorization {self.pk}"

    @property
    def as_approval(self) -> Approval:
        return Approval(
            self.decision, self.decided_on, self.valid_from, self.valid_to, self.units, tuple(self.procedures)
        )


class ClaimNote(Told):
    """What a coder wrote about a claim, or what a scrubber or clearinghouse said about it before it went out."""

    class Kind(models.TextChoices):
        CODING = "coding", "Coding note"
        EDIT = "edit", "Claim edit"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    noted_on = models.DateField()
    said_by = models.CharField(max_length=80, blank=True, help_text="The coder, or the system that checked the claim.")
    code = models.CharField(max_length=30, blank=True, help_text="Of the edit, or the procedure that it is about.")
    text = models.CharField(max_length=1000)
    answer = models.CharField(max_length=300, blank=True, help_text="What was done about it.")

    class Meta(Told.Meta):
        ordering = ["-noted_on", "-pk"]
        triggers = append_only("claim_note")

    def __str__(self) -> str:
        return f"Claim note {self.pk}"
