"""What a list of work is narrowed by besides the item itself: how old the denial is, where and what kind of service."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from denials.models import RemittedLine
from worklists.domain.modalities import NAMES, codes_of

MODALITIES = list(NAMES.items())
REPEATS = [("yes", "Denied again"), ("no", "First denial")]
MOST_DAYS = 9999


def denied_within(today: date, *, at_least: int | None = None, at_most: int | None = None) -> Q:
    """Denials of so many days ago, counted from today."""
    found = Q() if at_least is None else Q(denied_on__lte=today - timedelta(days=at_least))
    return found if at_most is None else found & Q(denied_on__gte=today - timedelta(days=at_most))


def with_modality(modality: str) -> Q:
    """Items with a line of this kind of imaging; a remittance names none, so the procedure has to say.

    By code, not by range: of codes PostgreSQL knows how common they are, and reads a common one in the list's order.
    """
    lines = RemittedLine.objects.filter(remitted_claim__denial=OuterRef("denial"), procedure__in=codes_of(modality))
    return Q(Exists(lines))
