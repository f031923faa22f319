"""Counts that stop at a limit, so that a page costs the same however much work there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Sum

from accounts.models import User

CAP = 1000


class CappedCount(Subquery):
    """How many rows a query has, as one column of another query; reads no more than `CAP` + 1 of them.

    `order` is where to look first. Without one PostgreSQL may read a table from its oldest end, where nothing is open.
    """

    template = "(SELECT count(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Any], *order: str) -> None:
        super().__init__(rows.order_by(*order).values("pk")[: CAP + 1])


def counts(user: User, *queries: QuerySet[Any]) -> list[int]:
    """How many rows each has, up to the cap, as columns of one query about `user`."""
    return list(User.objects.filter(pk=user.pk).values_list(*map(CappedCount, queries)).get())


def count_and_sum(rows: QuerySet[Any], column: str) -> tuple[int, Decimal]:
    """How many rows, and the money in one column, of at most `CAP` + 1 of them, which are read once."""
    found = rows.order_by()[: CAP + 1].aggregate(number=Count("pk"), money=Sum(column))
    return found["number"], found["money"] or Decimal("0.00")


def count_up_to(rows: QuerySet[Any], most: int) -> int:
    return rows.order_by()[:most].count()


def ids_up_to(rows: QuerySet[Any], most: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:most])


def in_words(count: int) -> str:
    """`42`, `1,000+`."""
    return f"{CAP:,}+" if count > CAP else f"{count:,}"
