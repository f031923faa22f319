"""Denials that people entered: from paper, a letter, a call or a portal, one by one or as a sheet of rows."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.history import tracked
from accounts.models import Facility, FacilityScoped, User
from denials.models.remittances import EnteredFrom, RemittanceFile, RemittedClaim


class Entry(models.Model):
    """What stands behind a file that people's entries made: the scan or the sheet, as it came."""

    file = models.OneToOneField(RemittanceFile, on_delete=models.PROTECT, related_name="entry")
    source = models.CharField(max_length=10, choices=EnteredFrom.choices)
    original = models.FileField(max_length=200, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True)
    original_size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"Entry {self.pk}"


class Confirmation(models.Model):
    """The payer's own remittance says what somebody had entered before: one decision, told twice, worked once."""

    entered = models.OneToOneField(RemittedClaim, on_delete=models.PROTECT, related_name="confirmed_by")
    told = models.OneToOneField(RemittedClaim, on_delete=models.PROTECT, related_name="confirms")
    because = models.CharField(max_length=200)


@tracked()
class SheetLayout(models.Model):
    """Which column of a sheet means what, remembered by the heads of its columns."""

    fingerprint = models.CharField(max_length=64, unique=True)
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, help_text="The head of a column by what it means."
    )
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Layout {self.pk}"


class SheetQuerySet(FacilityScoped):
    def visible_to(self, user: User) -> SheetQuerySet:
        """A sheet may name patients of any facility until it is checked: it is shown to who sent it."""
        if not user.is_active:
            return self.none()
        return self if user.all_facilities else self.filter(uploaded_by=user)


class Sheet(models.Model):
    """A CSV or XLSX file with one thing a row: kept, mapped, checked, then recorded. What its rows are says `kind`
    (`denials/sheet_kinds.py`).
    """

    class State(models.TextChoices):
        RECEIVED = "received", "To map"
        MAPPED = "mapped", "To confirm"
        RECORDED = "recorded", "Recorded"

    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, default="denials", db_default="denials")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content = models.FileField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    columns: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField(RemittanceFile, null=True, on_delete=models.PROTECT, related_name="sheet")
    skipped = models.PositiveIntegerField(default=0, help_text="Rows that were not recorded.")
    left_out: models.JSONField[list[Any], list[Any]] = models.JSONField(
        default=list, help_text="Those rows as they were told: [row, claim or member, what is wrong]"
    )
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["sha256", "kind"], name="one_sheet_of_these_bytes")]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"
