"""How a queryset turns the columns of an answer into its rows: worked out once and used for many answers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesIterable
from django.db.models.sql.compiler import SQLCompiler

Row = Sequence[Any]
Make = Callable[[Row], Any]
Convert = Callable[[Any], Any]


def maker_of(rows: QuerySet[Any], compiler: SQLCompiler) -> Make:
    """A function that makes one row of the values of its columns, as the queryset would. `compiler` must have compiled
    the queryset's statement already.
    """
    if issubclass(rows._iterable_class, ModelIterable):
        return _objects(rows, compiler)
    if issubclass(rows._iterable_class, FlatValuesListIterable):
        return operator.itemgetter(0)
    if issubclass(rows._iterable_class, ValuesIterable):
        names = list(rows.query.selected or (*rows.query.values_select, *rows.query.annotation_select))
        return lambda row: dict(zip(names, row, strict=True))
    return tuple


def conversions(compiler: SQLCompiler) -> list[tuple[int, Convert]]:
    """The converters of model fields that an answer needs, in order, each with the place of its column."""
    found = compiler.get_converters([expression for expression, _, _ in compiler.select])
    return [(place, _conversion(each, expression)) for place, (all_, expression) in found.items() for each in all_]


def _conversion(convert: Callable[[Any, Any, Any], Any], expression: Any) -> Convert:
    return lambda value: convert(value, expression, connection)


def _objects(rows: QuerySet[Any], compiler: SQLCompiler) -> Make:
    """As Django's `ModelIterable`, which works all of this out again for each answer."""
    make_one = _one(compiler.klass_info, compiler.select)
    beside = list((compiler.annotation_col_map or {}).items())
    related_already: dict[Any, dict[Any, Any]] = rows._known_related_objects  # type: ignore[attr-defined]
    known = [(field, objects, operator.attrgetter(field.attname)) for field, objects in related_already.items()]

    def make(row: Row) -> Any:
        made = make_one(row)
        for name, place in beside:
            setattr(made, name, row[place])
        for field, objects, of in known:
            if not field.is_cached(made) and of(made) in objects:
                setattr(made, field.name, objects[of(made)])
        return made

    return make


def _one(klass: dict[str, Any], select: Sequence[Any]) -> Make:
    """Makes one row of a model, with the rows joined to it by `select_related`.

    `Model.from_db` would call several functions for each column and send the signals `pre_init` and `post_init`, to
    which nobody listens (a test holds that: tests/accounts/test_one_statement.py).
    """
    model = klass["model"]
    first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [each[0].target.attname for each in select[first:last]]
    joined = [
        (_one(each, select), _place_of_key(each, select), each["local_setter"], each["remote_setter"])
        for each in klass.get("related_klass_infos", ())
    ]

    def make(row: Row) -> Any:
        made = model.__new__(model)
        made.__dict__.update(zip(names, row[first:last], strict=True))
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        for make_other, key, set_here, set_there in joined:
            other = None if row[key] is None else make_other(row)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made

    return make


def _place_of_key(klass: dict[str, Any], select: Sequence[Any]) -> int:
    """The place of the primary key among the columns: NULL where the join found no row."""
    places: list[int] = klass["select_fields"]
    return next(place for place in places if select[place][0].target.primary_key)
