"""Who knows a payer best: rules may prefer that person for its denials."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked
from accounts.models import Facility, User
from denials.models import Payer


@tracked()
class PayerSpecialist(models.Model):
    """One person for one payer; the one named for a facility comes before the one for all."""

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="specialists")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="payers_known")
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["payer__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "facility"],
                condition=models.Q(is_active=True),
                nulls_distinct=False,
                name="one_specialist_per_payer_and_facility",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.payer}"
