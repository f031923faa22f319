"""What a list of work is narrowed by besides the item itself: how old the denial is, where and what kind of service."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import BooleanField, OuterRef, Q, Subquery, Value

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

    Asked item by item, in the order of the list, until its page is full: PostgreSQL would rather read every line first.
    """
    lines = RemittedLine.objects.filter(remitted_claim__denial=OuterRef("denial"), procedure__in=codes_of(modality))
    return Q(_Found(lines.order_by().values(found=Value(True))[:1]))


class _Found(Subquery):
    """Whether a query has a row, in a form that is never turned into a join."""

    template = "coalesce(%(subquery)s, false)"
    output_field = BooleanField()
    conditional = True
