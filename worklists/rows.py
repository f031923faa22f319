"""The rows of one page of a list: ids from the index first, then these few rows joined with what is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.statements import Statement
from worklists import cells, clarifications, paging
from worklists import columns as every
from worklists.cells import Reading
from worklists.columns import USUAL, Column
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.paging import first_by_rank

ALWAYS = ("pk", "status", "round", "amount_at_risk", "deadline", "last_safe_on", "claim__number")


class Row(NamedTuple):
    """One line of a list, its cells written for the page."""

    pk: int
    pick: str
    """The cell that ticks it; a page without bulk actions leaves it out."""
    cells: str
    acts: str
    """The cell that opens its actions, left out likewise."""

    @property
    def line(self) -> SafeString:
        """As a table without bulk actions has it."""
        return SafeString(f"<tr>{self.cells}</tr>")


@dataclass(frozen=True, slots=True)
class Rows:
    """One page. `newer` and `older` are the ids that the pages beside it start from, when there are any."""

    rows: list[Row]
    newer: int | None = None
    older: int | None = None

    def lines(self, *, can_pick: bool) -> SafeString:
        """All of them as the table has them."""
        if can_pick:
            return SafeString("".join([f"<tr>{row.pick}{row.cells}{row.acts}</tr>" for row in self.rows]))
        return SafeString("".join([row.line for row in self.rows]))


def statement(ids: list[int], shows: Sequence[Column] = USUAL) -> Statement:
    """What reads the rows of these ids (`paging.page_of`), joined with what is shown. They were chosen already: the
    gate to rows was passed then.
    """
    return _by_id(_needed(shows)), [",".join(map(str, ids[: paging.PAGE_SIZE]))]


def page_of(
    ids: list[int],
    found: Sequence[dict[str, Any]],
    today: date,
    *,
    is_first: bool,
    is_backwards: bool = False,
    by_follow_up: bool = False,
    picked: Collection[int] = (),
    shows: Sequence[Column] = USUAL,
    opened_by: str = "",
) -> Rows:
    """The page of these ids, of what their `statement` found; `opened_by` is what the links carry."""
    has_more = len(ids) > paging.PAGE_SIZE
    by_id = {values["pk"]: values for values in found}
    shown = [by_id[pk] for pk in ids if pk in by_id]
    if is_backwards:
        shown.reverse()
    rows = written(shown, today, by_follow_up=by_follow_up, picked=picked, shows=shows, opened_by=opened_by)
    if not rows:
        return Rows(rows)
    has_newer = has_more if is_backwards else not is_first
    has_older = is_backwards or has_more
    return Rows(rows, rows[0].pk if has_newer else None, rows[-1].pk if has_older else None)


@cache
def _by_id(names: tuple[str, ...]) -> str:
    sql, _ = WorkItem.objects.values(*names).query.sql_with_params()
    return f'{sql} WHERE "worklists_workitem"."id" = ANY (string_to_array(%s, \',\')::bigint[])'


def first(items: WorkItemQuerySet, limit: int, today: date) -> QuerySet[Any, dict[str, Any]]:
    """The most pressing rows of `items`, as `written` wants them, for pages that show several short lists."""
    return first_by_rank(items, today, limit).values(*_needed(USUAL))


def _needed(shows: Sequence[Column]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*ALWAYS, *(name for column in shows for name in column.needs)]))


def written(
    shown: list[dict[str, Any]],
    today: date,
    *,
    by_follow_up: bool,
    picked: Collection[int] = (),
    shows: Sequence[Column] = USUAL,
    opened_by: str = "",
) -> list[Row]:
    if every.ALL["why"] in shows:
        _say_who_is_asked(shown, today)
    for values in shown:
        values["number"] = escape(values["claim__number"])
    before_id, after_id = escape(reverse("item", args=[0]) + opened_by).split("/0/", 1)
    reading = Reading(today, before_id, after_id, by_follow_up)
    written_by = [column.cell for column in shows]
    return [
        Row(
            values["pk"],
            cells.pick(values, today, is_picked=values["pk"] in picked),
            "".join([cell(values, reading) for cell in written_by]),
            cells.acts(values),
        )
        for values in shown
    ]


def _say_who_is_asked(shown: list[dict[str, Any]], today: date) -> None:
    """What comes next for an item that waits for a colleague is that colleague's answer."""
    waiting = [values["pk"] for values in shown if values["status"] == WorkItem.Status.ASKING]
    asked = clarifications.asked_about(waiting, today) if waiting else {}
    for values in shown:
        if values["pk"] in asked:
            values["denial__next_action"] = asked[values["pk"]]
