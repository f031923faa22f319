"""How a list of work is narrowed. The same filter serves the page, its counts and "all that match"."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django.core.validators import EMPTY_VALUES
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.functional import cached_property

from accounts.models import User
from accounts.statements import whose
from denials.payer_choices import as_they_are_now
from worklists import act_lists
from worklists.choices import FORMER, Choices, Offered
from worklists.domain import weeks
from worklists.filter_fields import FilterFields
from worklists.filter_vocabulary import ANY, DUE_WITHIN, ME, NOBODY, POSTPONED, REPEAT
from worklists.lists import WorkList
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.paging import CLOSED, SORTS, Sort, Told
from worklists.searching import NOTHING, Found
from worklists.watch import escalations

ANY_STATE = ("status", "search", "recovered", "arrived", "arrived_on", "cleared", "cleared_on", "finished", "act")
"""Fields that show what they find whether it is open or not."""
OPEN_STATES = [state.value for state in WorkItem.Status if state != WorkItem.Status.RESOLVED]
SHOWS_CLOSED = ("recovered", "cleared", "cleared_on")
"""Those of them that show nothing open."""
JUST_CAME_IN = ("arrived", "arrived_on")
BY_WHAT_HAPPENED = (*JUST_CAME_IN, "finished", "act")
BY_AGE = ("age_from", "age_to")
"""Fields that ask for a stretch of days of denial."""
BY_DAY = ("due", "left_from", "left_to")
"""Fields that ask for a stretch of days ahead."""
NEAR = ("7", str(DUE_WITHIN), weeks.week_key(0), weeks.week_key(1))
"""Choices of `due` for a few days from today on."""
FAR_AHEAD = 120
"""Days that nearly all deadlines come before."""
KNOWN_BY_SAFE_DAY = frozenset({
    "payer", "category", "owner", "value", "at_least", "queue", "facility", "status", "tab",
    "due", "left_from", "left_to", "age_from", "age_to", "denied_on", "arrived", "arrived_on",
})  # fmt: skip
"""Fields whose columns the index of open work by last safe day carries."""
KNOWN_OF_FEW_FACILITIES = KNOWN_BY_SAFE_DAY | {"code"}
"""The index also carries the facility: of few of them, the rows that are left to be read for a code are few."""


class WorkItemFilter(FilterFields):
    """Narrows the rows of one list; what stands in no field falls back to the list's usual rows."""

    def __init__(
        self,
        data: QueryDict,
        worklist: WorkList,
        user: User,
        today: date,
        choices: Offered,
        found: Found = NOTHING,
        *,
        is_whole: bool = False,
    ) -> None:
        """`is_whole` also makes the fields that the address leaves empty, which only a page needs that shows them."""
        self.worklist, self.user, self.today, self.found, self.choices = worklist, user, today, found, choices
        if data.get("payer") and data["payer"] not in dict(choices["payer"]):
            data = as_they_are_now(data)
        self.asked: dict[str, Any] = data.dict()
        self.usual_sort = usual_sort(data, worklist)
        data = _without_usual_sort(data, self.usual_sort)
        asked = EVERY_FILTER.items()
        self.base_filters = {name: each for name, each in asked if is_whole or data.get(name)}
        super().__init__(data, worklist.rows)
        people = [*choices["owner"], *_former("owner", choices, data)]
        extended = {
            "owner": [(ME, "me"), (NOBODY, "nobody"), *people],
            "closed_by": [*people, *_former("owner", choices, data, asked="closed_by")],
            "queue": [*choices["queue"], *_former("queue", choices, data)],
            "raised_by": escalations.rules_called(data.get("raised_by", "")),
            "act": act_lists.parts_called(user, data.get("act", "")),
        }
        for name, offered in (choices | extended).items():
            if name in self.filters:
                # A function is handed on as it is; the form would copy each of some hundred choices, several times.
                self.filters[name].extra["choices"] = lambda offered=offered: offered
        if worklist.queue is not None:
            self.filters.pop("queue", None)
        if "sort" in self.filters:
            others = [(s.key, s.label) for s in SORTS.values() if s.key not in (self.usual_sort, CLOSED)]
            self.filters["sort"].extra |= {"empty_label": SORTS[self.usual_sort].label, "choices": lambda: others}

    @cached_property
    def whole(self) -> WorkItemFilter:
        return WorkItemFilter(self.data, self.worklist, self.user, self.today, self.choices, self.found, is_whole=True)

    @property
    def matching(self) -> WorkItemQuerySet:
        """The rows that match; none at all when the address holds something that no field understands."""
        rows: WorkItemQuerySet = self.qs if self.is_understood else self.worklist.rows.none()
        return rows

    @property
    def rests_on(self) -> Hashable:
        """Everything that its rows are told by: whose list of which day, and each field as it was understood."""
        is_understood, which = self.is_understood, (self.worklist.key, self.worklist.queue and self.worklist.queue.pk)
        understood = tuple(
            (name, value)
            for name, value in self.form.cleaned_data.items()
            if value not in EMPTY_VALUES and _narrows(name, self.filters[name])
        )
        settings, found = (*self.numbers.items(), *self.holders), tuple(self.found.items)
        return (whose(self.user), which, self.today, is_understood, understood, settings, found)

    @property
    def order(self) -> Sort:
        return SORTS[self.chosen("sort") or self.usual_sort]

    def without_tab(self) -> WorkItemQuerySet:
        """What matches apart from the tab, for the counts on the tabs. Without the usual rows: the tabs choose them."""
        rows: WorkItemQuerySet = self.worklist.rows
        for name, value in self.form.cleaned_data.items():
            if name != "tab":
                rows = self.filters[name].filter(rows, value)
        return rows

    def tab_rows(self, rows: WorkItemQuerySet, tab: str) -> WorkItemQuerySet:
        """The part of `rows` that one tab shows. What names a state or is searched for is shown, open or not."""
        if tab == POSTPONED:
            return rows.filter(is_open=True, status=WorkItem.Status.POSTPONED)
        if not any(self.chosen(name) for name in ANY_STATE):
            rows = rows.filter(self.worklist.usual)
        return rows.filter(self.of_tab(tab))

    def filter_queryset(self, queryset: WorkItemQuerySet) -> WorkItemQuerySet:
        return self.tab_rows(self.without_tab(), self.chosen("tab"))

    @property
    def told(self) -> Told:
        """What PostgreSQL has to be told, so that it finds these rows in the right index."""
        asked = {name for name, each in self.filters.items() if self.chosen(name) and _narrows(name, each)}
        is_limited = not self.user.all_facilities
        known = KNOWN_OF_FEW_FACILITIES if is_limited else KNOWN_BY_SAFE_DAY
        return Told((bool(asked) or is_limited) and asked <= known, self._asks_for_few_days)

    @property
    def _asks_for_few_days(self) -> bool:
        """Days ahead, of which there are few, or so far ahead that little is due then. What is late comes first by
        rank, so with that among it a list is short already.
        """
        first, last = (self.form.cleaned_data.get(name) for name in ("left_from", "left_to"))
        if first is not None:
            return bool(first >= FAR_AHEAD or (first >= 0 and last is not None and last <= DUE_WITHIN))
        return self.chosen("due") in NEAR or self.chosen("tab") == "due"

    def looked_for_by(self, tab: str) -> tuple[str, ...]:
        """The order in which the rows of a tab are found soonest."""
        if tab == POSTPONED:
            return ("follow_up_on",)
        if tab == REPEAT:
            return ("rank_key", "pk")
        if tab in ("due", "overdue") or any(self.chosen(name) for name in BY_DAY):
            return (self.day,)
        is_open = self.chosen("status") in OPEN_STATES
        if not is_open and any(self.chosen(name) for name in ANY_STATE):
            return ()
        return ("denied_on",) if any(self.chosen(name) for name in BY_AGE) else (self.day,)

    @property
    def shown_are(self) -> str:
        """What the rows have in common, in a word for their number."""
        if self.shows_resolved:
            return "resolved"
        if self.chosen("status") == ANY or any(self.chosen(name) for name in ("search", "finished", "act")):
            return "found"
        if self.chosen("arrived") or self.chosen("arrived_on"):
            return "came in"
        is_waiting = self.chosen("status") in (WorkItem.Status.WAITING, WorkItem.Status.ASKING)
        if self.worklist.key in ("waiting", "asking") or is_waiting:
            return "waiting"
        is_postponed = POSTPONED in (self.chosen("tab"), self.chosen("status"))
        return "postponed" if is_postponed else "open"

    @property
    def money(self) -> Combinable:
        """What is added up of its rows. What is closed is at risk no more; where it was asked for by what happened to
        it, the amounts of that are meant.
        """
        if self.shows_resolved:
            return F("recovered_amount")
        shows_any = self.chosen("search") or self.chosen("status") == ANY
        if not shows_any or any(self.chosen(name) for name in BY_WHAT_HAPPENED):
            return F("amount_at_risk")
        return Case(When(is_open=True, then="amount_at_risk"), default=Value(Decimal("0.00")))

    @property
    def money_is(self) -> str:
        """What their sum is, in a word."""
        if self.shows_resolved:
            return "recovered"
        return "in all" if any(self.chosen(name) for name in BY_WHAT_HAPPENED) else "at risk"

    @property
    def shows_resolved(self) -> bool:
        is_closed = any(self.chosen(name) for name in SHOWS_CLOSED)
        return is_closed or self.chosen("status") == WorkItem.Status.RESOLVED

    def of_tab(self, tab: str) -> Q:
        """What of a list one of its narrower tabs shows."""
        if tab == REPEAT:
            return Q(round__gt=1)
        if tab == "due":
            return self.runs_out(self.today, self.today + timedelta(days=DUE_WITHIN))
        return self.runs_out(None, self.today - timedelta(days=1)) if tab == "overdue" else Q()


EVERY_FILTER: dict[str, django_filters.Filter] = dict(WorkItemFilter.get_filters())


def _narrows(name: str, each: django_filters.Filter) -> bool:
    """Whether a field decides which rows there are. A tab does, besides its field."""
    return name == "tab" or each.method != "leave"


def usual_sort(data: QueryDict, worklist: WorkList) -> str:
    """The order when nobody chose one. What is closed presses no more: what was closed last stands first; and what came
    in last, where also that is shown which is closed by now.
    """
    if data.get("status") == WorkItem.Status.RESOLVED or any(data.get(name) for name in SHOWS_CLOSED):
        return CLOSED
    is_of_any_state = data.get("status") == ANY or any(data.get(name) for name in JUST_CAME_IN)
    return "newest" if is_of_any_state else worklist.usual_sort


def _without_usual_sort(data: QueryDict, usual: str) -> QueryDict:
    """The order that a list has anyway is no choice, so no chip offers to take it off."""
    if data.get("sort") != usual:
        return data
    rest = data.copy()
    del rest["sort"]
    return rest


def _former(name: str, choices: Choices, data: QueryDict, *, asked: str = "") -> list[tuple[str, str]]:
    """The queue or person that the address asks for, although nothing new goes there: what they hold is still found."""
    wanted = data.get(asked or name, "")
    return [(key, label) for key, label in choices.get(FORMER + name, []) if key == wanted]


def active_beside(shown: WorkItemFilter, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Which of these fields are set, with the label and the chosen words, for chips that take them off."""
    chips = []
    for name in names:
        if name in shown.filters and (value := shown.chosen(name)):
            words = dict(getattr(shown.form.fields[name], "choices", [])).get(value, value)
            chips.append({"name": name, "label": shown.filters[name].label, "value": words})
    return chips
