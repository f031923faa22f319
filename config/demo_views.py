"""Views of the lists as a practice keeps them: shared ones, and the one in which each role's day starts."""

from __future__ import annotations

from accounts.models import Role, User
from worklists.models import SavedView

OLD = "age_from=60&columns=age%2Cmoney%2Cname%2Cpayer%2Cqueue%2Cwhy&owner=nobody"
REPEATED = "columns=due%2Cmoney%2Cname%2Cround%2Cpayer%2Cwhy%2Cowner&tab=repeat"
VIEWS = (
    ("manager", "Large and soon", "all_items", "left_to=30&sort=deadline&value=over-10000", ""),
    ("manager", "Nobody's, older than 60 days", "all_items", OLD, ""),
    ("specialist", "Denied again", "my_queues", REPEATED, ""),
    ("manager", "All open, by last day", "all_items", "sort=deadline", Role.READ_ONLY),
)
"""Whose it is, its name, its list, what stands in the address, and whose day starts in it."""


def begin() -> None:
    """Once: not when somebody kept a view before."""
    if SavedView.objects.exists():
        return
    for username, name, list_key, query, role in VIEWS:
        owner = User.objects.get(username=username)
        SavedView.objects.create(
            name=name, owner=owner, changed_by=owner, is_shared=True, default_of=role, list_key=list_key, query=query
        )
