"""Row history, kept by PostgreSQL triggers: bulk updates and raw SQL cannot slip past it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import pghistory
import pgtrigger

M = TypeVar("M", bound=type)


def tracked(*by_hand: str, **options: Any) -> Callable[[M], M]:
    """Class decorator: each insert, update and delete of the model's rows leaves an event row.

    `by_hand` names events that no trigger sees and that code writes with `pghistory.create_event`.
    """
    decorator: Callable[[M], M] = pghistory.track(
        *(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()),
        *map(pghistory.ManualEvent, by_hand),
        **options,
    )
    return decorator


def any_changes(names: Iterable[str]) -> pgtrigger.Q:
    """The condition of a trigger: an update gives one of these columns another value."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names))


def tracked_links() -> Callable[[M], M]:
    """The same for a proxy of the rows that join two models: who came and who went, so that no row is updated."""
    decorator: Callable[[M], M] = pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
    return decorator
