"""How a list of work is narrowed. The same filter serves the page, its counts and "all that match"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict

from accounts.models import User
from worklists import searching
from worklists.choices import Choices
from worklists.lists import WorkList
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.paging import SORTS

ANY = "any"
ME, NOBODY = "me", "nobody"
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
DUE = {
    "overdue": "Overdue",
    "7": "Within 7 days",
    "14": "Within 14 days",
    "30": "Within 30 days",
    "none": "No deadline",
}
STATES = [*WorkItem.Status.choices, (ANY, "Any state")]


class WorkItemFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Narrows the rows of one list; what stands in no field falls back to the list's usual rows."""

    payer = django_filters.ChoiceFilter(field_name="payer_id", label="Payer", empty_label=ANY)
    category = django_filters.ChoiceFilter(label="Category", empty_label=ANY)
    owner = django_filters.ChoiceFilter(label="Owner", empty_label="anyone", method="by_owner")
    value = django_filters.ChoiceFilter(
        label="At risk",
        empty_label=ANY,
        method="by_value",
        choices=[(key, band[0]) for key, band in BANDS.items()],
    )
    queue = django_filters.ChoiceFilter(field_name="queue_id", label="Queue", empty_label="Any queue")
    facility = django_filters.ChoiceFilter(field_name="facility_id", label="Facility", empty_label="Any facility")
    status = django_filters.ChoiceFilter(label="State", empty_label="As usual", choices=STATES, method="by_status")
    due = django_filters.ChoiceFilter(label="Deadline", empty_label="Any", choices=list(DUE.items()), method="by_due")
    code = django_filters.CharFilter(label="Code", method="by_code")
    at_least = django_filters.NumberFilter(
        field_name="amount_at_risk", lookup_expr="gte", label="At risk, at least", min_value=0
    )
    tab = django_filters.ChoiceFilter(choices=list(TABS.items()), method="leave", widget=forms.HiddenInput)
    sort = django_filters.ChoiceFilter(
        label="Order", empty_label="As usual", choices=[(s.key, s.label) for s in SORTS.values()], method="leave"
    )
    search = django_filters.CharFilter(method="by_words", widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict, worklist: WorkList, user: User, today: date, choices: Choices, words: str = ""
    ) -> None:
        self.worklist, self.user, self.today, self.words = worklist, user, today, words
        super().__init__(data, worklist.rows)
        people = [(ME, "me"), (NOBODY, "nobody"), *choices["owner"]]
        for name, offered in (choices | {"owner": people}).items():
            if name in self.filters:
                self.filters[name].extra["choices"] = offered
        if worklist.queue is not None:
            del self.filters["queue"]

    @property
    def is_understood(self) -> bool:
        return bool(self.form.is_valid())

    @property
    def matching(self) -> WorkItemQuerySet:
        """The rows that match; none at all when the address holds something that no field understands."""
        rows: WorkItemQuerySet = self.qs if self.is_understood else self.worklist.rows.none()
        return rows

    def chosen(self, name: str) -> str:
        """The value of one field as the address has it, empty when it is not set or not understood."""
        return str(self.form.cleaned_data.get(name) or "") if self.is_understood else ""

    def without_tab(self) -> WorkItemQuerySet:
        """What matches apart from the tab, for the counts on the tabs. Without the usual rows: the tabs choose them."""
        rows: WorkItemQuerySet = self.worklist.rows
        for name, value in self.form.cleaned_data.items():
            if name != "tab":
                rows = self.filters[name].filter(rows, value)
        return rows

    def tab_rows(self, rows: WorkItemQuerySet, tab: str) -> WorkItemQuerySet:
        """The part of `rows` that one tab shows. A chosen state or a search shows what it finds, open or not."""
        if tab == POSTPONED:
            return rows.filter(is_open=True, status=WorkItem.Status.POSTPONED)
        if not self.chosen("status") and not self.chosen("search"):
            rows = rows.filter(self.worklist.usual)
        return rows.filter(self._of_tab(tab))

    def filter_queryset(self, queryset: WorkItemQuerySet) -> WorkItemQuerySet:
        return self.tab_rows(self.without_tab(), self.chosen("tab"))

    def by_owner(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        if value == NOBODY:
            return rows.filter(assignee=None)
        return rows.filter(assignee=self.user.pk if value == ME else int(value))

    def by_value(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        _, least, below = BANDS[value]
        rows = rows if least is None else rows.filter(amount_at_risk__gte=least)
        return rows if below is None else rows.filter(amount_at_risk__lt=below)

    def by_status(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        if value == ANY:
            return rows
        return rows.filter(is_open=value != WorkItem.Status.RESOLVED, status=value)

    def by_due(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        if value == "none":
            return rows.filter(deadline=None)
        if value == "overdue":
            return rows.filter(deadline__lt=self.today)
        return rows.filter(deadline__gte=self.today, deadline__lte=self.today + timedelta(days=int(value)))

    def by_code(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        """`197`, `CO-197` and `N54` all find their items."""
        group, _, code = value.strip().upper().rpartition("-")
        with_code = Q(denial__primary_code=code) | Q(denial__remarks__contains=[code])
        return rows.filter(with_code & Q(denial__primary_group=group) if group else with_code)

    def by_words(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(searching.matching(self.words))

    def leave(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        """Tabs narrow in `tab_rows`, the order is the page's."""
        return rows

    def _of_tab(self, tab: str) -> Q:
        soon = self.today + timedelta(days=DUE_WITHIN)
        part = TAB_ROWS.get(tab)
        return part(self.today, soon) if part else Q()


TAB_ROWS: dict[str, Callable[[date, date], Q]] = {
    "due": lambda today, soon: Q(deadline__gte=today, deadline__lte=soon),
    "overdue": lambda today, soon: Q(deadline__lt=today),
    REPEAT: lambda today, soon: Q(round__gt=1),
}


def active_beside(shown: WorkItemFilter, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Which of these fields are set, with the label and the chosen words, for chips that take them off."""
    chips = []
    for name in names:
        if name in shown.filters and (value := shown.chosen(name)):
            words = dict(getattr(shown.form.fields[name], "choices", [])).get(value, value)
            chips.append({"name": name, "label": shown.filters[name].label, "value": words})
    return chips
