"""Code lists that somebody brought in: uploaded, looked at, applied."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from denials.models.codes import CodeSystem


class CodeList(models.Model):
    """One uploaded list of codes. Its rows go once it is applied or thrown away: the text in them may be licensed."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "The official list, under our own licence"
        OWN = "own", "A list in our own words"

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Not applied yet"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Thrown away"

    system = models.CharField(
        max_length=6, choices=[(each.value, each.label) for each in (CodeSystem.CARC, CodeSystem.RARC)]
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.UPLOADED)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list, editable=False, serialize=False)
    mapping = models.JSONField(default=dict, help_text="Which column holds what, by number.")
    notes = models.JSONField(default=list, help_text="What the reader of the file had to say.")
    list_version = models.CharField(max_length=40)
    listed_on = models.DateField()
    licence_note = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, help_text="Codes by what the list did to them.")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(applied_at__isnull=False, applied_by__isnull=False),
                name="applied_list_says_who",
            ),
            models.CheckConstraint(
                condition=models.Q(state="uploaded") | models.Q(rows=[]), name="only_an_open_list_keeps_its_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} list {self.list_version}"
