"""The fields by which a list of work is narrowed, and which rows each of them finds.

A new field needs its words in `filter_vocabulary`, itself and its condition here, and a place on the page in
`filter_menus`.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import django_filters
from django import forms
from django.db.models import Q
from django.utils.functional import cached_property

from accounts.models import User
from worklists import act_lists, news, scope_filters
from worklists.arrivals_and_closings import arrived_since, cleared_since, on_day
from worklists.domain import weeks
from worklists.domain.evidence import HOW_FAR
from worklists.filter_vocabulary import (
    ANY,
    BANDS,
    DUE,
    FINISHED,
    LATELY,
    ME,
    NOBODY,
    NOTHING_YET,
    PRESSING,
    PRESSING_DAYS,
    RECOVERED,
    STATES,
    TABS,
)
from worklists.forecast import last_safe
from worklists.forecast.pace import was_finished
from worklists.lists import WorkList
from worklists.models import WorkItem
from worklists.models.items import DEADLINE_RUNS, Codes, WorkItemQuerySet
from worklists.paging import SORTS
from worklists.recovered import recovered_within
from worklists.searching import Found
from worklists.watch import escalations, watch_settings, watched


def _days(label: str, method: str, *, min_value: int = -scope_filters.MOST_DAYS) -> django_filters.NumberFilter:
    """A number of days that is counted from today whenever the list is read."""
    most = scope_filters.MOST_DAYS
    return django_filters.NumberFilter(
        label=label, method=method, min_value=min_value, max_value=most, decimal_places=0
    )


class FilterFields(django_filters.FilterSet):  # type: ignore[misc]
    """Each field as an address has it, with the condition that its value stands for."""

    worklist: WorkList
    user: User
    today: date
    found: Found
    """What a search found before the list is read."""

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
    raised_by = django_filters.ChoiceFilter(
        label="Escalated to you by", empty_label="Any rule", method="by_raised_by", widget=forms.HiddenInput
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
    reason = django_filters.CharFilter(label="Codes", widget=forms.HiddenInput)
    provider = django_filters.CharFilter(label="Provider", widget=forms.HiddenInput)
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

    @cached_property
    def is_understood(self) -> bool:
        return bool(self.form.is_valid())

    def chosen(self, name: str) -> str:
        """The value of one field as the address has it, empty when it is not set or not understood."""
        value = self.form.cleaned_data.get(name) if self.is_understood else None
        return "" if value is None else str(value)

    @cached_property
    def numbers(self) -> watched.Numbers:
        """The site's numbers that these rows rest on."""
        return watch_settings.numbers() if self.chosen("watch") else {}

    @cached_property
    def holders(self) -> tuple[int, ...]:
        """The queues or people by which these rows are told, where they are watched for their holder."""
        return watched.holders_of(self.chosen("watch"))

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

    def by_raised_by(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(pk__in=escalations.unseen_by(self.user, int(value)).values("pk"))

    def by_act(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(act_lists.of_part(value))

    def by_cleared(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(cleared_since(self.today - timedelta(days=int(value) - 1)))

    def by_arrived_on(self, rows: WorkItemQuerySet, name: str, value: date) -> WorkItemQuerySet:
        return rows.filter(on_day("created_at", value))

    def by_cleared_on(self, rows: WorkItemQuerySet, name: str, value: date) -> WorkItemQuerySet:
        return rows.filter(on_day("resolved_at", value), status=WorkItem.Status.RESOLVED)

    def by_watch(self, rows: WorkItemQuerySet, name: str, value: str) -> WorkItemQuerySet:
        return rows.filter(watched.condition(value, self.today, self.numbers, self.holders))

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

    def runs_out(self, first: date | None, last: date | None) -> Q:
        """Whose day lies between these two. It is the follow-up date in a list that runs by it, else the deadline:
        that one runs no more once something was sent.
        """
        within = Q(**{f"{self.day}__lte": last}) if last else Q()
        within &= Q(**{f"{self.day}__gte": first}) if first else Q()
        return within if self.worklist.by_follow_up else within & DEADLINE_RUNS

    def runs_out_after(self, days: int) -> Q:
        """Whose day is more than so many days ahead, or who has none."""
        return Q(**{f"{self.day}__gt": self.today + timedelta(days=days)}) | Q(**{f"{self.day}__isnull": True})
