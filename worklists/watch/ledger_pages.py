"""What the page of the ledger shows: totals by kind and month, and the losses behind each number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from accounts.models import FacilityScoped, User
from denials.domain.days import add_months
from worklists.models import Loss
from worklists.paging import newest_first
from worklists.watch.ledger import NOTHING, Look, first_day, losses

PAGE_SIZE = 50
MONTHS = 6
HEADS = ("Lost on", "Kind", "Item", "Amount", "Payer", "Queue", "Who", "Why", "Second look", "Looked by", "Reason")


@dataclass(frozen=True, slots=True)
class Cell:
    """Losses of one kind in one month; `month` is empty for all of them."""

    number: int
    amount: Decimal
    month: str

    @property
    def words(self) -> str:
        first = first_day(self.month)
        return f"{first:%b %Y}" if first else "Since ever"


@dataclass(frozen=True, slots=True)
class KindRow:
    key: str
    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Totals:
    """The last `MONTHS` months, newest first, and everything since ever."""

    months: list[date]
    rows: list[KindRow]
    total: KindRow
    due: int
    """Second looks that nobody has had yet."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the list is narrowed."""

    kind: str = ""
    month: str = ""
    look: str = ""

    def of(self, user: User) -> QuerySet[Loss]:
        rows = losses(user)
        if self.kind in Loss.Kind.values:
            rows = rows.filter(kind=self.kind)
        if self.look in Look.values:
            rows = rows.filter(look=self.look)
        if first := first_day(self.month):
            rows = rows.filter(lost_on__gte=first, lost_on__lt=add_months(first, 1))
        return rows


def totals(user: User, today: date) -> Totals:
    months = [add_months(today.replace(day=1), -count) for count in range(MONTHS)]
    counted: dict[tuple[str, date], tuple[int, Decimal]] = {}
    grouped = losses(user).order_by().values("kind", in_month=TruncMonth("lost_on"))
    for row in grouped.annotate(number=Count("pk"), amount=Sum("amount")):
        counted[row["kind"], row["in_month"]] = row["number"], row["amount"]
    rows = [_row(kind.value, kind.label, months, counted) for kind in Loss.Kind]
    together = [_sum(cells) for cells in zip(*(row.cells for row in rows), strict=True)]
    return Totals(months, rows, KindRow("", "Together", together), losses(user).filter(look=Look.DUE).count())


def _sum(cells: tuple[Cell, ...]) -> Cell:
    amount = sum((cell.amount for cell in cells), NOTHING)
    return Cell(sum(cell.number for cell in cells), amount, cells[0].month)


def _row(kind: str, label: str, months: list[date], counted: dict[tuple[str, date], tuple[int, Decimal]]) -> KindRow:
    cells = [Cell(*counted.get((kind, month), (0, NOTHING)), f"{month:%Y-%m}") for month in months]
    every = [found for (of, _), found in counted.items() if of == kind]
    cells.append(Cell(sum(number for number, _ in every), sum((amount for _, amount in every), NOTHING), ""))
    return KindRow(kind, label, cells)


def counted(rows: QuerySet[Loss]) -> Cell:
    """How many losses a list holds on all its pages, and their dollars."""
    found = rows.order_by().aggregate(number=Count("pk"), amount=Sum("amount", default=NOTHING))
    return Cell(found["number"], found["amount"], "")


def page_of(rows: QuerySet[Loss], after: int | None) -> list[Loss]:
    """One page and one row more, those lost last first. `after` is the last loss of the page before."""
    return list(newest_first(_shown(rows), "lost_on", after)[: PAGE_SIZE + 1])


def with_their_facts() -> FacilityScoped:
    """Losses with what the page of one shows."""
    return Loss.objects.select_related("item__payer", "queue", "who", "looked_by", "missed")


def as_csv(rows: QuerySet[Loss]) -> Iterator[str]:
    """Line by line. What begins like a formula is quoted, so that no sheet runs it. Names no patient."""
    yield _line(HEADS)
    for row in _shown(rows).order_by("-lost_on", "-pk").iterator(chunk_size=1000):
        yield _line(
            (
                row.lost_on.isoformat(), row.get_kind_display(), str(row.item_id), str(row.amount), str(row.item.payer),
                str(row.queue), str(row.who or "nobody"), row.because, row.get_look_display(),
                str(row.looked_by or ""), row.reason,
            )
        )  # fmt: skip


def _shown(rows: QuerySet[Loss]) -> QuerySet[Loss]:
    return rows.select_related("item__payer", "queue", "who", "looked_by")


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells])
    return written.getvalue()
