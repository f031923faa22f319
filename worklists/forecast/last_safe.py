"""Open items by their last safe day, while the deadline still runs: the forecast counts them, its lists show them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from worklists.domain.forecast import HORIZON
from worklists.domain.transitions import DEADLINE_RUNS

AHEAD, PASSED = "safe_ahead", "safe_passed"
CHOICES = {
    AHEAD: f"Last safe day within {HORIZON // 7} weeks",
    PASSED: "Last safe day passed, deadline not",
}


def condition(key: str, today: date) -> Q:
    """What can be lost within the horizon of the forecast, or what is past its last safe day already. Where nobody
    knows a last safe day it is the deadline.
    """
    runs = Q(is_open=True, status__in=DEADLINE_RUNS, deadline__gte=today)
    if key == PASSED:
        return runs & Q(last_safe_on__lt=today)
    last = today + timedelta(days=HORIZON - 1)
    return runs & (Q(last_safe_on__range=(today, last)) | Q(last_safe_on=None, deadline__lte=last))
