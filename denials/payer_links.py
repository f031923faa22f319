"""Where a payer is named: every table with a key to it, and what apps above this one add.

Tables are found by their foreign keys, so that a new one cannot be forgotten. Rows that name a payer by its key (a
routing rule, a reading), and what must happen after a payer changed, are registered by the app that owns them, in its
`ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pghistory.models
from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet, UniqueConstraint

from accounts.models import User
from denials.models import Claim, CodeReading, Denial, Payer, PayerMerge, Remittance
from denials.models.readings import SCOPE_FIELDS

FIRST = (Remittance, Claim, Denial)
"""Whoever works on a remittance holds its row: it is moved first, so that what is written under it is seen."""
WORDS = {
    "Remittance": "payments", "PayerIdentifier": "names and ids", "PayerProduct": "product lines",
    "PayerContact": "contacts", "LetterTemplate": "letter templates",
}  # fmt: skip


class Table(NamedTuple):
    """One table whose rows belong to a payer, by which field."""

    model: type[Model]
    field: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    @property
    def words(self) -> str:
        return WORDS.get(self.model.__name__) or str(self.model._meta.verbose_name_plural)

    def rows(self, payer: Payer) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.field: payer.pk})


class Change(NamedTuple):
    """One field of one row that a merge changes beside the payer that it belongs to."""

    table: str
    pk: int
    field: str
    before: Any
    after: Any

    @property
    def row(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = apps.get_model(self.table)._base_manager.filter(pk=self.pk)
        return rows

    def make(self) -> None:
        self.row.update(**{self.field: self.after})

    def take_back(self) -> bool:
        """Unless somebody changed it since. Returns whether it was taken back."""
        now = self.row.values_list(self.field, flat=True).first()
        is_untouched = self._plain(now) == self._plain(self.after)
        return bool(is_untouched and self.row.update(**{self.field: self.before}))

    def _plain(self, value: Any) -> Any:
        kind: Any = apps.get_model(self.table)._meta.get_field(self.field)
        return value if kind.is_relation else kind.to_python(value)


class Renamed(NamedTuple):
    """What becomes of rows that name a payer by its key: the changes, and the rows that cannot follow."""

    changes: Sequence[Change]
    stuck: Sequence[str] = ()
    """Each in a sentence for people."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Rows that name payers by their keys."""

    words: str
    rename: Callable[[str, str], Renamed]
    """From one key to another; changes nothing itself."""


After = Callable[[Sequence[int], User | None, str], None]
"""Told the ids of the payers whose denials mean something else now, who did it, and why."""
Leaving = Callable[[Table, Sequence[int], Payer, Payer], None]
"""Told, before these rows of a table go from one payer to another."""
Count = Callable[[Payer], int]
_SAME_READING = [name for name in ("system", "code", *SCOPE_FIELDS, "valid_from") if name != "payer_key"]
_KEYED: list[Keyed] = []
_LEAVING: list[Leaving] = []
_AFTER: list[After] = []
_COUNTS: dict[str, Count] = {}


def register(
    *,
    keyed: Keyed | None = None,
    leaving: Leaving | None = None,
    after: After | None = None,
    counts: dict[str, Count] | None = None,
) -> None:
    """Called by an app in its `ready()`."""
    if keyed:
        _KEYED.append(keyed)
    if leaving:
        _LEAVING.append(leaving)
    if after:
        _AFTER.append(after)
    _COUNTS.update(counts or {})


def keyed_rows() -> Sequence[Keyed]:
    return (Keyed("readings", _rename_readings), *_KEYED)


def counted(payer: Payer) -> dict[str, int]:
    """What apps above count of a payer, such as its open items."""
    return {words: count(payer) for words, count in _COUNTS.items()}


def tell(payers: Sequence[Payer], user: User | None, because: str) -> None:
    """Everybody who must follow hears that these payers mean something else now."""
    for after in _AFTER:
        after([payer.pk for payer in payers], user, because)


def move(table: Table, ids: Sequence[int], was: Payer, now: Payer) -> None:
    """Rows go from one payer to another. Those that belong to neither by now stay."""
    for leaving in _LEAVING:
        leaving(table, ids, was, now)
    table.rows(was).filter(pk__in=ids).update(**{table.field: now.pk})


def tables() -> list[Table]:
    """Every table whose rows belong to a payer, in the order in which a merge moves them."""
    found = [
        Table(model, field.name) for model in apps.get_models() if _is_ours(model) for field in _keys_to_payers(model)
    ]
    return sorted(found, key=lambda table: FIRST.index(table.model) if table.model in FIRST else len(FIRST))


def unique_with(table: Table) -> Iterable[UniqueConstraint]:
    """What keeps two rows of one payer apart in this table."""
    for constraint in table.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and table.field in constraint.fields:
            yield constraint


def _is_ours(model: type[Model]) -> bool:
    """Not the history of rows, nor how payers hang together."""
    is_history = issubclass(model, pghistory.models.Event)
    return not (is_history or model._meta.proxy or model in (Payer, PayerMerge) or model._meta.auto_created)


def _keys_to_payers(model: type[Model]) -> Iterable[Field[Any, Any]]:
    return (
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.model is Payer
    )


def _rename_readings(old: str, new: str) -> Renamed:
    """A reading follows, unless the other payer has one of the same scope: that one counts."""
    changes, stuck = [], []
    for row in CodeReading.objects.filter(payer_key=old):
        scope = {name: getattr(row, name) for name in _SAME_READING}
        if CodeReading.objects.filter(payer_key=new, **scope).exists():
            stuck.append(f"{row} exists for both. That of the payer that stays counts.")
        else:
            changes.append(Change("denials.CodeReading", row.pk, "payer_key", old, new))
    return Renamed(changes, stuck)
