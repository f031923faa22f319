"""What the filters of a list of work offer: what stands in an address, and the words that a person reads for it."""

from __future__ import annotations

from worklists.domain import weeks
from worklists.forecast import last_safe
from worklists.forecast.pace import PACE_DAYS
from worklists.models import WorkItem
from worklists.recovered import RECENT_DAYS

ANY = "any"
ME, NOBODY = "me", "nobody"
NOTHING_YET = "nothing"
"""How an address asks for items of whose evidence nothing was gathered."""
DUE_WITHIN = 14
REPEAT, POSTPONED = "repeat", "postponed"
TABS = {
    "": "All",
    "due": f"Due in {DUE_WITHIN} days",
    "overdue": "Overdue",
    REPEAT: "Denied again",
    POSTPONED: "Postponed",
}
BANDS = {
    "under-500": ("under $500", None, 500),
    "500-2000": ("$500 to $2,000", 500, 2000),
    "2000-10000": ("$2,000 to $10,000", 2000, 10000),
    "over-10000": ("over $10,000", 10000, None),
}
PRESSING, PRESSING_DAYS = "pressing", 5
DUE = {
    "overdue": "Overdue",
    PRESSING: f"Late or within {PRESSING_DAYS} days",
    "7": "Within 7 days",
    "14": "Within 14 days",
    "30": "Within 30 days",
    **{key: weeks.WORDS[key] for key in weeks.KEYS if key != weeks.PAST},
    **last_safe.CHOICES,
    "none": "No deadline",
    weeks.UNDATED: "No deadline, nothing sent",
}
LATELY = {"1": "Today", "7": "In the last 7 days", "30": "In the last 30 days"}
FINISHED = (str(PACE_DAYS), f"In the {PACE_DAYS} days before today")
RECOVERED = {str(RECENT_DAYS): f"In the last {RECENT_DAYS} days", "365": "In the last year"}
STATES = [*WorkItem.Status.choices, (ANY, "Any state")]
