"""Mends a gap of coverage in one go: what a code lacks is taken over from its category."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from accounts.governance import proposing
from accounts.governance.proposing import Reasons
from accounts.models import Change, User
from accounts.refusal import Refused
from denials.code_areas import CODES
from denials.models import Category, CodeHandling, CodeSystem

BY_CATEGORY = ("owner_team", "next_action", "root_cause")
"""What a code may lack, and its category or the other codes in it have."""


@transaction.atomic
def repair(code: str, user: User, *, today: date) -> Change:
    """Drafts and sends what the category gives. It fills a gap, so it is in force at once and confirmed afterwards.

    Raises Refused when the code has no category, or lacks nothing that its category has.
    """
    row = CodeHandling.objects.filter(code__system=CodeSystem.CARC, code__code=code).select_related("code").first()
    values = offered(row) if row is not None else {}
    if row is None or not values:
        raise Refused("Nothing was changed: the category of this code has nothing that it lacks. Open the code.")
    why = f"Taken over from the category {row.category.replace('_', ' ')}: the code came in without it."
    sent = {name: [value] for name, value in values.items()}
    change = proposing.propose(CODES, user, row, sent, Reasons(why, active_on=today))
    return proposing.send(change, user, today=today)


def offered(row: CodeHandling) -> dict[str, str]:
    """The fields that are empty, each with what the category would put there."""
    category = Category.objects.filter(key=row.category).first()
    if category is None:
        return {}
    given = {
        "owner_team": category.owner_team,
        "next_action": category.next_action,
        "root_cause": _usual_root_cause(row.category),
    }
    return {name: given[name] for name in BY_CATEGORY if not getattr(row, name) and given[name]}


def _usual_root_cause(category: str) -> str:
    """The root cause that most codes of the category have."""
    rows = CodeHandling.objects.filter(category=category, code__system=CodeSystem.CARC).exclude(root_cause="")
    usual = Counter(rows.order_by("root_cause").values_list("root_cause", flat=True)).most_common(1)
    return usual[0][0] if usual else ""
