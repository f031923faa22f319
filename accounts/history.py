"""Row history, kept by PostgreSQL triggers: bulk updates and raw SQL cannot slip past it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory

M = TypeVar("M", bound=type)


def tracked(**options: Any) -> Callable[[M], M]:
    """Class decorator: each insert, update and delete of the model's rows leaves an event row."""
    decorator: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )
    return decorator
