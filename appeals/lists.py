"""The lists of letters: drafts, what waits for an answer, what was decided. Pages by key, so nothing jumps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Upper

from accounts.models import User
from appeals.models import Appeal
from denials.models import Payer

PAGE_SIZE = 50
NEVER = Value(date.max)
Status = Appeal.Status


@dataclass(frozen=True, slots=True)
class Part:
    """One tab. Its rows stand in the order of `due`, a day that each of them has."""

    key: str
    label: str
    rows: Q
    due: str
    is_descending: bool
    empty_title: str
    empty_text: str


PARTS = {
    part.key: part
    for part in (
        Part(
            "waiting", "Waiting for an answer", Q(status=Status.SENT), "follow_up_on", False,
            "No letter waits for an answer",
            "Letters that were sent stand here, first the one to ask the payer about next.",
        ),
        Part(
            "drafts", "Drafts", Q(status=Status.DRAFT, item__is_open=True), "deadline", False,
            "No drafts", "Open a denial and draft an appeal: the letter is filled from the record.",
        ),
        Part(
            "decided", "Decided", Q(status=Status.DECIDED), "decided_on", True,
            "No appeal was decided yet", "Answers of payers and later payments decide appeals; they stand here then.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person filtered by."""

    payer: int | None = None
    outcome: str = ""
    only_mine: bool = False


def payers_of(user: User) -> QuerySet[Payer]:
    """Payers that letters this person may see went to, or will go to."""
    return Payer.objects.filter(pk__in=Appeal.objects.visible_to(user).values("item__payer"))


def rows_of(user: User, part: Part, chosen: Chosen) -> QuerySet[Appeal]:
    rows: QuerySet[Appeal] = Appeal.objects.visible_to(user).filter(part.rows)
    if chosen.payer is not None:
        rows = rows.filter(item__payer=chosen.payer)
    if chosen.outcome:
        rows = rows.filter(outcome=chosen.outcome)
    if chosen.only_mine:
        rows = rows.filter(Q(drafted_by=user) | Q(item__assignee=user))
    return rows


def page_of(rows: QuerySet[Appeal], part: Part, after: int | None) -> list[Appeal]:
    """One page and one row more, after the row with this id."""
    rows = rows.annotate(due=Coalesce(F(part.due), NEVER))
    further = "lt" if part.is_descending else "gt"
    if after is not None:
        anchor = Appeal.objects.filter(pk=after).values_list(Coalesce(F(part.due), NEVER), flat=True).first()
        beyond = Q(**{f"due__{further}": anchor}) | Q(due=anchor, **{f"pk__{further}": after})
        rows = rows.filter(beyond) if anchor else rows.none()
    sign = "-" if part.is_descending else ""
    related = rows.select_related("item__claim", "item__payer", "item__assignee", "template", "drafted_by")
    return list(related.order_by(f"{sign}due", f"{sign}pk")[: PAGE_SIZE + 1])


def items_of_proof(words: str, user: User) -> QuerySet[Any, Any]:
    """Items with a letter whose fax confirmation, tracking or portal number begins so."""
    rows = Appeal.objects.visible_to(user).annotate(sought=Upper("proof")).exclude(proof="").order_by()
    found: QuerySet[Any, Any] = rows.filter(sought__startswith=words.upper()).values_list("item", flat=True)
    return found
