"""The records of one item's claim, read in two queries however many parts of a page ask for them.

An app above adds rows of its own, in `ready()`; they are in `more` of each record by their name:

    claim_record.also("appeals", lambda item, user: Appeal.objects.visible_to(user).filter(item__claim=item.claim_id))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from accounts.one_statement import read_in_one
from denials import told
from denials.acknowledgments import Filing, filing_from, filing_rows
from denials.course import day_of
from denials.models import Code, CodeSystem, ProviderAdjustment, RemittedClaim
from denials.told import AboutClaim
from worklists import item_sheet
from worklists.models import Activity, Queue, RoutingRule, WorkItem

Rows = Callable[[WorkItem, User], QuerySet[Any]]
_MORE: dict[str, Rows] = {}


def also(name: str, rows: Rows) -> None:
    """Few rows: they are read whenever somebody opens the timeline of an item, or its context."""
    _MORE[name] = rows


class ClaimRecord:
    """What is on record about the claim of an item, as `user` may see it. Expects `items_with_their_facts`.

    `beside` are further rows that the caller wants read with it; they are in `more` as well.
    """

    def __init__(self, item: WorkItem, user: User, beside: Mapping[str, QuerySet[Any]] | None = None) -> None:
        self.item = item
        self.user = user
        self._beside = beside or {}

    @cached_property
    def more(self) -> dict[str, list[Any]]:
        """Everything that was read at once, by name."""
        item, user = self.item, self.user
        answers, open_to = filing_rows(item.claim, user)
        checks, authorizations, notes = told.rows_about(item.claim)
        own = WorkItem.objects.visible_to(user)
        activities = Activity.objects.filter(item__claim=item.claim_id, item__in=own)
        asks = {
            "results": item_sheet.results_of(item),
            "answers": answers.select_related("rejection"),
            "open_to": open_to,
            "checks": checks,
            "authorizations": authorizations,
            "notes": notes,
            "activities": activities.select_related("actor").order_by("at", "pk"),
            **{name: rows(item, user) for name, rows in _MORE.items()},
            **self._beside,
        }
        return dict(zip(asks, read_in_one(*asks.values()), strict=True))

    @cached_property
    def results(self) -> list[RemittedClaim]:
        """Every result of the claim, oldest first."""
        return sorted(self.more["results"], key=lambda row: (day_of(row.remittance), row.remittance_id, row.position))

    @cached_property
    def filing(self) -> Filing:
        """What receivers answered before any payment."""
        return filing_from(self.more["answers"], self.more["open_to"], self.item.claim)

    @cached_property
    def facts(self) -> AboutClaim:
        """What people wrote down or brought in as sheets."""
        return AboutClaim(self.more["checks"], self.more["authorizations"], self.more["notes"])

    @property
    def activities(self) -> list[Activity]:
        """What was done with every item of the claim, oldest first."""
        return self.more["activities"]

    @property
    def outside(self) -> list[ProviderAdjustment]:
        """Money outside of claim payments (PLB) whose reference names this claim; `code_title` says what it is for."""
        return self._named[0]

    @cached_property
    def rules(self) -> dict[int, str]:
        """The names of the rules that routed items of the claim."""
        return dict(self._named[1])

    @cached_property
    def people(self) -> dict[int, str]:
        """Who items of the claim were handed to."""
        return {person.pk: str(person) for person in self._named[2]}

    @cached_property
    def queues(self) -> dict[int, str]:
        """Where items of the claim were moved to."""
        return dict(self._named[3])

    @cached_property
    def _named(self) -> list[list[Any]]:
        """What the rows that were read first name."""
        people = User.objects.filter(pk__in=self._facts(Activity.Kind.HANDED_OVER, "to"))
        queues = Queue.objects.filter(pk__in=self._facts(Activity.Kind.MOVED, "to_queue"))
        return read_in_one(
            self._outside(),
            self._rules(),
            people.only("username", "first_name", "last_name"),
            queues.values_list("pk", "name"),
        )

    def _outside(self) -> QuerySet[ProviderAdjustment]:
        claim = self.item.claim
        numbers = {claim.number, claim.payer_control_number, *(row.payer_control_number for row in self.results)}
        rows = ProviderAdjustment.objects.filter(
            reference__in={number for number in numbers if number.strip("0 ")},
            remittance__payer=claim.payer_id,
            remittance__facility=claim.facility_id,
        )
        titles = Code.objects.filter(system=CodeSystem.PLB, code=OuterRef("code")).values("title")
        return rows.select_related("remittance__file").annotate(code_title=Subquery(titles[:1]))

    def _rules(self) -> QuerySet[Any, Any]:
        asked = self._facts(Activity.Kind.ROUTED, "rule")
        return RoutingRule.objects.filter(pk__in=asked).values_list("pk", "name")

    def _facts(self, kind: Activity.Kind, name: str) -> set[int]:
        """What activities of this kind say under this name."""
        return {row.facts.get(name) for row in self.activities if row.kind == kind} - {None}
