"""Rare repairs of letter templates. Appeals change through their verbs only."""

from django.contrib import admin

from accounts.repairs import LookOnly
from appeals.models import Appeal, LetterTemplate

admin.site.register(LetterTemplate)
admin.site.register(Appeal, LookOnly)
