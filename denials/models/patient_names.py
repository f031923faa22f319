"""The words that patients' names are made of, by facility: what a mistyped name is compared with."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.models import Facility, FacilityScoped


class PatientName(models.Model):
    """One word of the names of a facility's patients, in capitals. A million claims know some ten thousand of them, so
    that comparing what was typed with each costs next to nothing.
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=80)

    objects = FacilityScoped.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "word"], name="one_name_for_each_facility")]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="name_by_sound")]

    def __str__(self) -> str:
        return f"Name {self.pk}"
