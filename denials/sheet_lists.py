"""Sheets as pages show them: the newest of those that a person may see, and one with what its page names."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import FacilityScoped, User
from denials.models import Sheet

SHOWN = 50


def newest(user: User) -> QuerySet[Sheet]:
    rows: QuerySet[Sheet] = Sheet.objects.all().visible_to(user).select_related("uploaded_by").defer("left_out")
    return rows[:SHOWN]


def with_their_facts() -> FacilityScoped:
    return Sheet.objects.select_related("facility", "file")
