"""The product lines of a payer, and where to write, call or look for each of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.history import tracked
from accounts.models import User
from denials.models.payers import Payer


@tracked()
class PayerProduct(models.Model):
    """One product line of a payer (commercial, Medicare Advantage), and by what a claim is known to belong to it.

    A field left empty means that the payer's own value counts. Which claim belongs to which line:
    `denials/domain/products.py`.
    """

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Payer.Kind.choices, blank=True)
    rules_key = models.CharField(max_length=60, blank=True)
    product = models.CharField(max_length=60, blank=True, help_text="The word by which time limits name this line.")
    jurisdiction = models.CharField(max_length=4, blank=True)
    is_contracted = models.BooleanField(null=True, blank=True)
    filing_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    id_prefixes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    response_days = models.PositiveSmallIntegerField(null=True, blank=True)
    claims_per_call = models.PositiveSmallIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class PayerContact(models.Model):
    """One address, number or page of a payer or of one of its product lines, and when somebody last checked it.

    A newer one takes the place of the older, which stays as history.
    """

    class Kind(models.TextChoices):
        APPEALS_ADDRESS = "appeals_address", "Address for appeals"
        CLAIMS_ADDRESS = "claims_address", "Address for claims"
        FAX = "fax", "Fax for appeals"
        PHONE = "phone", "Phone"
        PORTAL = "portal", "Portal"
        EMAIL = "email", "E-mail"
        ATTACHMENTS = "attachments", "Where to send attachments"

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="contacts")
    product = models.ForeignKey(PayerProduct, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    value = models.TextField(max_length=500)
    note = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "product", "kind"],
                condition=models.Q(is_current=True),
                nulls_distinct=False,
                name="one_current_contact_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.product or self.payer}"
