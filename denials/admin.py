"""Rare repairs of payers, codes and jobs. What payers said can be looked at, never changed."""

from django.contrib import admin

from accounts.repairs import LookOnly
from denials.models import (
    Category,
    Code,
    CodeHandling,
    CodeReading,
    Denial,
    Job,
    Payer,
    PayerIdentifier,
    PayerRule,
    Remittance,
    RemittanceFile,
)

admin.site.register([Category, CodeHandling, CodeReading, Job, Payer, PayerIdentifier, PayerRule])
admin.site.register([Code, Denial, Remittance, RemittanceFile], LookOnly)
