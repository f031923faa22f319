"""Views of the lists as a practice keeps them, beside the shipped ones; two people start their day in one of those."""

from __future__ import annotations

from accounts.models import User
from worklists.models import FirstView, SavedView

REPEATED = "columns=due%2Cmoney%2Cname%2Cround%2Cpayer%2Cwhy%2Cowner&tab=repeat"
VIEWS = (
    ("manager", "Large and soon", "all_items", "left_to=30&sort=deadline&value=over-10000"),
    ("specialist", "Denied again", "my_queues", REPEATED),
)
"""Whose it is, its name, its list, and what stands in the address."""
STARTS = {"coder": "queue:coding", "imaging": "queue:him_records"}
"""In the shipped view of which list somebody starts."""


def begin() -> None:
    """Once: not when somebody kept a view before."""
    if SavedView.objects.exclude(owner=None).exists():
        return
    for username, name, list_key, query in VIEWS:
        owner = User.objects.get(username=username)
        SavedView.objects.create(
            name=name, owner=owner, changed_by=owner, is_shared=True, list_key=list_key, query=query
        )
    for username, list_key in STARTS.items():
        view = SavedView.objects.get(owner=None, list_key=list_key)
        FirstView.objects.get_or_create(user=User.objects.get(username=username), defaults={"view": view})
