"""The review calendar: each area has somebody who keeps it, and a day by which they look it over again."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.db import transaction

from accounts.governance import areas
from accounts.governance.areas import Area
from accounts.governance.steps import may_govern
from accounts.models import ReviewArea, User
from accounts.refusal import Refused


def install(today: date) -> None:
    """Gives each area that has none a place in the calendar, its first review one interval from today."""
    for area in areas.every_area():
        fresh = ReviewArea(key=area.key)
        first = months_later(today, fresh.interval_months)
        ReviewArea.objects.get_or_create(key=area.key, defaults={"next_review_on": first})


def calendar() -> list[tuple[Area, ReviewArea]]:
    """Each area with its place in the calendar: what was never planned first, then by day."""
    planned = {row.key: row for row in ReviewArea.objects.select_related("owner", "last_reviewed_by")}
    rows = [(area, planned.get(area.key) or ReviewArea(key=area.key)) for area in areas.every_area()]
    return sorted(rows, key=lambda row: (row[1].next_review_on or date.min, row[0].title))


def overdue(today: date) -> int:
    """How many areas should have been looked over by now."""
    known = [area.key for area in areas.every_area()]
    return ReviewArea.objects.filter(key__in=known, next_review_on__lt=today).count()


@transaction.atomic
def looked_over(area: Area, person: User, note: str, *, today: date) -> ReviewArea:
    """Records that somebody went through an area, and plans the next time."""
    may_govern(person)
    if not note.strip():
        raise Refused("Say in a few words what you looked at. Nothing was recorded.")
    row = held(area)
    row.last_reviewed_by, row.last_reviewed_on, row.note = person, today, note.strip()
    row.next_review_on = months_later(today, row.interval_months)
    row.save()
    return row


def place_of(area: Area) -> ReviewArea:
    """The place of an area in the calendar; a new one, not saved, when it has none."""
    return ReviewArea.objects.filter(key=area.key).first() or ReviewArea(key=area.key)


def held(area: Area) -> ReviewArea:
    """The place of an area in the calendar, made when it has none, nobody else's until the transaction ends."""
    ReviewArea.objects.get_or_create(key=area.key)
    return ReviewArea.objects.select_for_update(no_key=True, of=("self",)).get(key=area.key)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
