"""Conditions of a list's filters about the denial behind an item: how old it is, and the kind of imaging."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from worklists.domain.modalities import NAMES

MODALITIES = list(NAMES.items())
REPEATS = [("yes", "Denied again"), ("no", "First denial")]
MOST_DAYS = 9999


def denied_within(today: date, *, at_least: int | None = None, at_most: int | None = None) -> Q:
    """Denials of so many days ago, counted from today."""
    found = Q() if at_least is None else Q(denied_on__lte=today - timedelta(days=at_least))
    return found if at_most is None else found & Q(denied_on__gte=today - timedelta(days=at_most))


def with_modality(modality: str) -> Q:
    """Items with a line of this kind of imaging; a remittance names none, so the procedure said."""
    return Q(modalities__contains=[modality])
