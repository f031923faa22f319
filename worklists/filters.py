"""How a list of work is narrowed. The same filter serves the page, its counts and "all that match"."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property

from accounts.models import User
from accounts.statements import whose
from denials.payer_choices import as_they_are_now
from worklists import act_lists, news, scope_filters, watch_settings, watched
from worklists.choices import FORMER, Choices, Offered
from worklists.domain import weeks
from worklists.domain.evidence import HOW_FAR
from worklists.filter_vocabulary import (
    ANY,
    BANDS,
    DUE,
    DUE_WITHIN,
    FINISHED,
    LATELY,
    ME,
    NOBODY,
    NOTHING_YET,
    POSTPONED,
    PRESSING,
    PRESSING_DAYS,
    RECOVERED,
    REPEAT,
    STATES,
    TABS,
)
from worklists.forecast import last_safe
from worklists.forecast.pace import was_finished
from worklists.lists import WorkList
from worklists.models import WorkItem
from worklists.models.items import DEADLINE_RUNS, Codes, WorkItemQuerySet
from worklists.paging import CLOSED, SORTS, Sort
from worklists.recovered import recovered_within
from worklists.searching import NOTHING, Found
from worklists.spells import arrived_since, cleared_since, on_day

ANY_STATE = ("status", "search", "recovered", "arrived", "arrived_on", "cleared", "cleared_on", "finished", "act")
"""Fields that show what they find whether it is open or not."""
OPEN_STATES = [state.value for state in WorkItem.Status if state != WorkItem.Status.RESOLVED]
SHOWS_CLOSED = ("recovered", "cleared", "cleared_on")
"""Those of them that show nothing open."""
BY_DAY = ("due", "left_from", "left_to")
"""Fields that ask for a stretch of days."""


def _days(label: str, method: str, *, min_value: int = -scope_filters.MOST_DAYS) -> django_filters.NumberFilter:
    """A number of days that is counted from today whenever the list is read."""
    most = scope_filters.MOST_DAYS
    return django_filters.NumberFilter(
        label=label, method=method, min_value=min_value, max_value=most, decimal_places=0
    )


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
    recovered = django_filters.ChoiceFilter(
        label="Recovered", empty_label="Any", choices=list(RECOVERED.items()), method="by_recovered"
    )
    arrived = django_filters.ChoiceFilter(
        label="Came in", empty_label="Any day", choices=list(LATELY.items()), method="by_arrived"
    )
    cleared = django_filters.ChoiceFilter(
        label="Closed", empty_label="Any day", choices=list(LATELY.items()), method="by_cleared"
    )
    arrived_on = django_filters.DateFilter(label="Came in on", method="by_arrived_on", widget=forms.HiddenInput)
    cleared_on = django_filters.DateFilter(label="Closed on", method="by_cleared_on", widget=forms.HiddenInput)
    finished = django_filters.ChoiceFilter(
        label="Sent or closed by people", method="by_finished", choices=[FINISHED], widget=forms.HiddenInput
    )
    act = django_filters.ChoiceFilter(
        label="Done together", empty_label="Any", method="by_act", widget=forms.HiddenInput
    )
    denied_on = django_filters.DateFilter(label="Denied on", widget=forms.HiddenInput)
    closed_by = django_filters.ChoiceFilter(
        field_name="resolved_by_id", label="Closed by", empty_label="Anyone", widget=forms.HiddenInput
    )
    rule = django_filters.ChoiceFilter(
        field_name="rule_id", label="Sent by rule", empty_label="Any rule", widget=forms.HiddenInput
    )
    watch = django_filters.ChoiceFilter(label="Watched", empty_label="Any", choices=watched.CHOICES, method="by_watch")
    evidence = django_filters.ChoiceFilter(
        label="Evidence", empty_label="Any", method="by_evidence",
        choices=[(each.value or NOTHING_YET, words) for each, words in HOW_FAR.items()],
    )  # fmt: skip
    escalated = django_filters.ChoiceFilter(
        label="Escalated", empty_label="Any", choices=[("yes", "Escalated"), ("no", "Not escalated")],
        method="by_escalated",
    )  # fmt: skip
    news = django_filters.ChoiceFilter(label="For you", empty_label="Any", choices=news.CHOICES, method="by_news")
    code = django_filters.CharFilter(label="Code", method="by_code")
    service_line = django_filters.ChoiceFilter(
        field_name="facility__service_line", label="Service line", empty_label="Any"
    )
    modality = django_filters.ChoiceFilter(
        label="Modality", empty_label="Any", choices=scope_filters.MODALITIES, method="by_modality"
    )
    repeat = django_filters.ChoiceFilter(
        label="Denied before", empty_label="Any", choices=scope_filters.REPEATS, method="by_repeat"
    )
    age_from = _days("Denied, days ago, at least", "by_age_from", min_value=0)
    age_to = _days("Denied, days ago, at most", "by_age_to", min_value=0)
    left_from = _days("Days left, at least", "by_left_from")
    left_to = _days("Days left, at most", "by_left_to")
    at_least = django_filters.NumberFilter(
        field_name="amount_at_risk", lookup_expr="gte", label="At risk, at least", min_value=0
    )
    tab = django_filters.ChoiceFilter(choices=list(TABS.items()), method="leave", widget=forms.HiddenInput)
    sort = django_filters.ChoiceFilter(
        label="Order", empty_label="As usual", choices=[(s.key, s.label) for s in SORTS.values()], method="leave"
    )
    search = django_filters.CharFilter(method="by_words", widget=forms.HiddenInput)
    columns = django_filters.CharFilter(method="leave", widget=forms.HiddenInput)
    view = django_filters.CharFilter(method="leave", widget=forms.HiddenInput)

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
            self.filters["sort"].extra["empty_label"] = SORTS[self.usual_sort].label
            self.filters["sort"].extra["choices"] = others

    @cached_property
    def whole(self) -> WorkItemFilter:
        return WorkItemFilter(self.data, self.worklist, self.user, self.today, self.choices, self.found, is_whole=True)

    @cached_property
    def is_understood(self) -> bool:
        return bool(self.form.is_valid())

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
            if value not in EMPTY_VALUES and (name == "tab" or self.filters[name].method != "leave")
        )
        settings, found = tuple(self.numbers.items()), tuple(self.found.items)
        return (whose(self.user), which, self.today, is_understood, understood, settings, found)

    @cached_property
    def numbers(self) -> watched.Numbers:
        """The site's numbers that these rows rest on."""
        return watch_settings.numbers() if self.chosen("watch") else {}

    def chosen(self, name: str) -> str:
        """The value of one field as the address has it, empty when it is not set or not understood."""
        value = self.form.cleaned_data.get(name) if self.is_understood else None
        return "" if value is None else str(value)

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
            return rows.filter(self.runs_out(None, self.today - timedelta(days=1)))
        if value == PRESSING:
            return rows.filter(self.runs_out(None, self.today + timedelta(days=PRESSING_DAYS)))
        if value in last_safe.CHOICES:
            return rows.filter(last_safe.condition(value, self.today))
        if value == weeks.UNDATED:
            return rows.filter(DEADLINE_RUNS, deadline=None)
        if value in weeks.KEYS:
            span = weeks.span_of(value, self.today)
            return rows.filter(self.runs_out(span.first, span.last))
        return rows.filter(self.runs_out(self.today, self.today + timedelta(days=int(value))))

    def by_recovered(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(recovered_within(int(value), self.today))

    def by_arrived(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(arrived_since(self.today - timedelta(days=int(value) - 1)))

    def by_finished(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(was_finished(self.today))

    def by_act(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(act_lists.of_part(value))

    def by_cleared(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(cleared_since(self.today - timedelta(days=int(value) - 1)))

    def by_arrived_on(self, rows: WorkItemQuerySet, name: str, value: date) -> WorkItemQuerySet:
        return rows.filter(on_day("created_at", value))

    def by_cleared_on(self, rows: WorkItemQuerySet, name: str, value: date) -> WorkItemQuerySet:
        return rows.filter(on_day("resolved_at", value), status=WorkItem.Status.RESOLVED)

    def by_watch(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(watched.condition(value, self.today, self.numbers))

    def by_evidence(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(evidence_state="" if value == NOTHING_YET else value)

    def by_escalated(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(is_open=True, escalated_on__isnull=value == "no")

    def by_news(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(pk__in=news.of(value, self.user, self.today).values("pk"))

    def by_code(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        """`197`, `CO-197` and `N54` all find their items."""
        group, _, code = value.strip().upper().rpartition("-")
        if not any(map(str.isdigit, code)):  # every code holds a number; a group alone is none
            return rows.filter(pk__in=[])
        found: WorkItemQuerySet = rows.alias(codes=Codes("reason")).filter(codes__contains=[code])
        if group:
            found = found.filter(reason__startswith=f"{group}-")
        return found

    def by_modality(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(scope_filters.with_modality(value))

    def by_repeat(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(round__gt=1) if value == "yes" else rows.filter(round=1)

    def by_age_from(self, rows: WorkItemQuerySet, name: str, value: Decimal) -> WorkItemQuerySet:
        return rows.filter(scope_filters.denied_within(self.today, at_least=int(value)))

    def by_age_to(self, rows: WorkItemQuerySet, name: str, value: Decimal) -> WorkItemQuerySet:
        return rows.filter(scope_filters.denied_within(self.today, at_most=int(value)))

    def by_left_from(self, rows: WorkItemQuerySet, name: str, value: Decimal) -> WorkItemQuerySet:
        return rows.filter(self.runs_out(self.today + timedelta(days=int(value)), None))

    def by_left_to(self, rows: WorkItemQuerySet, name: str, value: Decimal) -> WorkItemQuerySet:
        return rows.filter(self.runs_out(None, self.today + timedelta(days=int(value))))

    def by_words(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(pk__in=self.found.items)

    def leave(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        """Tabs narrow in `tab_rows`, the order is the page's."""
        return rows

    @property
    def day(self) -> str:
        """The column of the day that this list runs by."""
        return "follow_up_on" if self.worklist.by_follow_up else "deadline"

    def looked_for_by(self, tab: str) -> tuple[str, ...]:
        """The order in which the rows of a tab are found soonest."""
        if tab in ("due", "overdue") or any(self.chosen(name) for name in BY_DAY):
            return (self.day,)
        is_open = tab == POSTPONED or self.chosen("status") in OPEN_STATES
        shows_any = not is_open and any(self.chosen(name) for name in ANY_STATE)
        return () if shows_any else ("rank_key", "pk")

    def runs_out(self, first: date | None, last: date | None) -> Q:
        """Whose day lies between these two. It is the follow-up date in a list that runs by it, else the deadline:
        that one runs no more once something was sent.
        """
        within = Q(**{f"{self.day}__lte": last}) if last else Q()
        within &= Q(**{f"{self.day}__gte": first}) if first else Q()
        return within if self.worklist.by_follow_up else within & DEADLINE_RUNS

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


def usual_sort(data: QueryDict, worklist: WorkList) -> str:
    """The order when nobody chose one. What is closed presses no more: what was closed last stands first."""
    if data.get("status") == WorkItem.Status.RESOLVED or any(data.get(name) for name in SHOWS_CLOSED):
        return CLOSED
    return "newest" if data.get("status") == ANY else worklist.usual_sort


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
