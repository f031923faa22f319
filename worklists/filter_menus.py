"""The fields of a list's filters as its page shows them: their choices are long, so each is written when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from worklists.filters import WorkItemFilter

CHIPS = ("payer", "category", "owner", "value", "sort")
MENU = (
    "queue", "status", "due", "watch", "escalated", "evidence", "news", "recovered", "arrived", "cleared", "facility",
    "service_line", "modality", "repeat", "age_from", "age_to", "left_from", "left_to", "code", "at_least",
)  # fmt: skip
BY_LINK = (
    "arrived_on", "cleared_on", "finished", "act", "raised_by", "closed_by", "denied_on", "rule", "reason", "provider",
)  # fmt: skip
"""What only a number that leads to the list narrows it by."""
HIDDEN = ("tab", "search", *BY_LINK, "columns", "view")
NAMED = (*MENU, *BY_LINK)
"""What has to be named above the list where it is set: it stands behind a button, or nowhere."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Some fields with what is chosen in them."""

    chosen: WorkItemFilter
    names: tuple[str, ...]

    @property
    def kept_by(self) -> tuple[Any, ...]:
        """What they are made of: what is offered, and what the address says."""
        chosen = self.chosen
        of_all = chosen.choices.kept_by, chosen.worklist.queue is None, chosen.usual_sort
        return (" ".join(self.names), of_all, tuple(_sent(chosen, self.names)))

    def __iter__(self) -> Iterator[BoundField]:
        form = self.chosen.whole.form
        return (form[name] for name in self.names if name in form.fields)


def menus(chosen: WorkItemFilter) -> dict[str, Any]:
    """What `worklists/_filters.html` shows."""
    return {
        "filter_chips": [Fields(chosen, (name,)) for name in CHIPS],
        "filter_menu": Fields(chosen, MENU),
        "filter_beside": list(_sent(chosen, HIDDEN)),
    }


def _sent(chosen: WorkItemFilter, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Those of these fields that the address says something of."""
    data = chosen.data
    return ((name, value) for name in names if name in data and (value := data[name]))
