"""Whom a routed item is given to, where its rule prefers the payer's specialist."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django import forms

from accounts.access import WORKERS
from accounts.models import User
from worklists.assignment.absent import away_on
from worklists.models import PayerSpecialist, Queue
from worklists.wording import day


class Chosen(NamedTuple):
    """The person who gets the item, None where it is free in its queue, and why."""

    person_id: int | None
    because: str


NOBODY = Chosen(None, "No specialist is named for this payer, so it is free in the queue.")


@dataclass(slots=True)
class Specialists:
    """The specialists as they stood when it was made; make one for each batch."""

    by_payer: dict[tuple[int, int | None], User] = field(default_factory=dict)
    teams: dict[int, set[int]] = field(default_factory=dict)
    """By queue, whose work it is."""
    own_teams: dict[int, set[int]] = field(default_factory=dict)
    away: dict[int, date] = field(default_factory=dict)
    facilities: dict[int, set[int]] = field(default_factory=dict)

    @classmethod
    def current(cls, on: date) -> Specialists:
        rows = PayerSpecialist.objects.filter(is_active=True).select_related("person")
        people = {(row.payer_id, row.facility_id): row.person for row in rows}
        ids = {person.pk for person in people.values()}
        return cls(
            people,
            _sets(Queue.teams.through.objects.values_list("queue", "team")),
            _sets(User.teams.through.objects.filter(user__in=ids).values_list("user", "team")),
            away_on(on),
            _sets(User.facilities.through.objects.filter(user__in=ids).values_list("user", "facility")),
        )

    def choose(self, payer_id: int, facility_id: int, queue_id: int) -> Chosen:
        person = self.by_payer.get((payer_id, facility_id)) or self.by_payer.get((payer_id, None))
        if person is None:
            return NOBODY
        if hindrance := self._hindrance(person, facility_id, queue_id):
            return Chosen(None, f"The payer's specialist, {person}, {hindrance}, so it is free in the queue.")
        return Chosen(person.pk, f"It goes to {person}, the payer's specialist.")

    def _hindrance(self, person: User, facility_id: int, queue_id: int) -> str:
        if not person.is_active or person.role not in WORKERS:
            return "does not work here now"
        if not person.all_facilities and facility_id not in self.facilities.get(person.pk, set()):
            return "may not see the facility"
        if not self.own_teams.get(person.pk, set()) & self.teams.get(queue_id, set()):
            return "is in no team of the queue"
        until = self.away.get(person.pk)
        return f"is away until {day(until)}" if until else ""


def _sets(pairs: Any) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


class SpecialistForm(forms.ModelForm[PayerSpecialist]):
    class Meta:
        model = PayerSpecialist
        fields = ("payer", "person", "facility", "is_active")
        labels = {"is_active": "In use"}
        help_texts = {"facility": "Left empty: for all facilities that have nobody of their own."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["payer"].queryset = fields["payer"].queryset.standing()
        fields["person"].queryset = User.objects.filter(is_active=True, role__in=WORKERS)
        fields["facility"].empty_label = "All facilities"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        same = PayerSpecialist.objects.filter(
            payer=given.get("payer"), facility=given.get("facility"), is_active=True
        ).exclude(pk=self.instance.pk)
        if given.get("is_active") and same.exists():
            self.add_error("payer", "Somebody has this payer there already: change that row, or choose another payer.")
        return given
