"""Which lists the benchmark of pages asks for: each filter by the value that most open items have and by one that few
or none have, alone and in likely pairs, and each order. A list is slowest at neither end alone, so both are asked.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

COLUMNS = {
    "payer": "payer",
    "category": "category",
    "queue": "queue",
    "facility": "facility",
    "service_line": "facility__service_line",
    "owner": "assignee",
    "reason": "reason",
    "provider": "provider",
}
FIXED = {
    "owner": ("me", "nobody"),
    "value": ("under-500", "500-2000", "2000-10000", "over-10000"),
    "status": ("new", "taken", "postponed", "waiting", "asking", "resolved", "any"),
    "due": ("overdue", "pressing", "7", "30", "week_0", "week_5", "later", "none", "undated"),
    "recovered": ("30", "365"),
    "arrived": ("1", "30"),
    "cleared": ("1", "30"),
    "watch": ("no_queue", "owner_left", "owner_elsewhere", "deferred", "past", "untouched", "asking", "no_answer"),
    "evidence": ("nothing", "complete"),
    "escalated": ("yes", "no"),
    "news": ("raised", "answered", "woken", "reminded", "managing", "records", "losing", "given", "begun", "sent"),
    "code": ("999",),
    "modality": ("mri", "ct", "pet"),
    "repeat": ("yes", "no"),
    "age_from": ("0", "31", "400"),
    "age_to": ("0", "10"),
    "left_from": ("0", "60", "200"),
    "left_to": ("0", "20"),
    "at_least": ("5000", "50000"),
    "tab": ("due", "overdue", "repeat", "postponed"),
    "sort": ("deadline", "amount", "newest", "follow_up"),
}
PAIRS = (
    ("queue", "payer"),
    ("queue", "code"),
    ("queue", "value=2000-10000"),
    ("payer", "code"),
    ("payer", "reason"),
    ("payer", "value=over-10000"),
    ("payer", "modality=mri"),
    ("payer", "age_from=31&age_to=90"),
    ("category", "value=2000-10000"),
    ("code", "owner=me"),
    ("code", "owner=nobody"),
    ("code", "value=2000-10000"),
    ("code", "facility"),
    ("code", "sort=amount"),
    ("code", "sort=deadline"),
    ("payer", "sort=amount"),
    ("payer", "sort=newest"),
    ("facility", "value=over-10000"),
    ("left_from=3&left_to=20", "value=2000-10000"),
    ("modality=mri", "value=over-10000"),
    ("modality=mri", "sort=amount"),
)


def filters() -> dict[str, str]:
    """Addresses of the list of all items by a name that is the same whatever the size."""
    from django.utils import timezone

    today = timezone.localdate()
    ways = {f"{name} {end}": f"{name}={value}" for name, ends in _ends().items() for end, value in ends.items()}
    asked = {way: way for name, values in FIXED.items() for way in (f"{name}={value}" for value in values)}
    asked |= {"age 31-90": "age_from=31&age_to=90", "left 3-20": "left_from=3&left_to=20"}
    asked |= {"denied a month ago": f"denied_on={today - timedelta(days=30)}"}
    asked |= {"came in yesterday": f"arrived_on={today - timedelta(days=1)}"}
    asked |= {"closed yesterday": f"cleared_on={today - timedelta(days=1)}"}
    for first, second in PAIRS:
        for end in ("common", "rare"):
            one, other = ways.get(f"{first} {end}", first), ways.get(f"{second} {end}", second)
            asked[f"{first} + {second} {end}"] = f"{one}&{other}"
    return {name: f"/items/?{quote(query, safe='=&')}" for name, query in (ways | asked).items()}


OF_LIMITED = ("payer common", "category common", "code common", "value=500-2000", "due=30", "tab=overdue")
"""Asked also by somebody of two facilities, whose rows are a small part of all."""


def limit(user: Any) -> Any:
    """The same person, who from now on sees two facilities."""
    from accounts.models import Facility

    user.all_facilities = False
    user.save(update_fields=["all_facilities"])
    user.facilities.set(Facility.objects.order_by("npi")[3:5])
    return user


def _ends() -> dict[str, dict[str, Any]]:
    """By field the value that most open items have, and the one that the fewest have."""
    from django.db.models import Count

    from worklists.models import WorkItem
    from worklists.models.items import Codes

    rows = WorkItem.objects.open().order_by()
    found = {}
    for name, column in COLUMNS.items():
        counted = rows.exclude(**{column: None}).values_list(column).annotate(n=Count("pk")).order_by("-n", column)
        values = [value for value, _ in counted]
        found[name] = {"common": values[0], "rare": values[-1]}
    reasons = rows.values_list(Codes("reason")).annotate(n=Count("pk"))
    codes: dict[str, int] = {}
    for parts, number in reasons:
        for code in parts[1:]:
            codes[code] = codes.get(code, 0) + number
    found["code"] = {"common": max(codes, key=lambda c: (codes[c], c)), "rare": min(codes, key=lambda c: (codes[c], c))}
    return found
