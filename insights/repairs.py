"""Mends a gap of coverage in one go: what a code lacks is taken over from its category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date

from django.db import transaction
from django.db.models import Count

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
    values = offered(row, given_by([row.category])) if row is not None else {}
    if row is None or not values:
        raise Refused("Nothing was changed: the category of this code has nothing that it lacks. Open the code.")
    why = f"Taken over from the category {row.category.replace('_', ' ')}: the code came in without it."
    sent = {name: [value] for name, value in values.items()}
    change = proposing.propose(CODES, user, row, sent, Reasons(why, active_on=today))
    return proposing.send(change, user, today=today)


Given = Mapping[str, Mapping[str, str]]
"""By category what it gives to its codes, by field."""


def given_by(categories: Iterable[str]) -> Given:
    """What these categories give, read in two queries."""
    keys = set(categories)
    usual = _usual_root_causes(keys)
    return {
        row.key: {
            "owner_team": row.owner_team, "next_action": row.next_action, "root_cause": usual.get(row.key, ""),
        }
        for row in Category.objects.filter(key__in=keys)
    }  # fmt: skip


def offered(row: CodeHandling, given: Given) -> dict[str, str]:
    """The fields that are empty, each with what the category would put there."""
    values = given.get(row.category, {})
    return {name: values[name] for name in BY_CATEGORY if not getattr(row, name) and values.get(name)}


def _usual_root_causes(categories: Set[str]) -> dict[str, str]:
    """By category the root cause that most of its codes have."""
    rows = CodeHandling.objects.filter(category__in=categories, code__system=CodeSystem.CARC).exclude(root_cause="")
    counted = rows.order_by().values_list("category", "root_cause").annotate(codes=Count("pk"))
    return {category: cause for category, cause, _ in counted.order_by("codes", "-root_cause")}
