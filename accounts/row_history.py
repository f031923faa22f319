"""The history of one row, readable: who changed what, from what, to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User

WORDS = {"insert": "Made", "update": "Changed", "delete": "Deleted"}
SHOWN = 50
UNTOLD = {"id", "version", "is_edited", "password", "last_login", "updated_at"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One event: what happened, when, by whom, and the fields that differ from the event before."""

    at: datetime
    what: str
    who: str
    fields: Sequence[FieldChange]


def history_of(row: models.Model) -> list[RowChange]:
    """The newest changes of a tracked row first; a change without a person came from a load or a command."""
    events = row._meta.model.pgh_event_models["update"]  # type: ignore[attr-defined]
    found = list(events.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("-pgh_id")[: SHOWN + 1])
    people = _people(found)
    fields = [field for field in row._meta.concrete_fields if field.name not in UNTOLD]
    changes = []
    for event, before in zip(found, [*found[1:], None], strict=True):
        told = (
            []
            if before is None
            else [_change(field, before, event) for field in fields if _differs(field, before, event)]
        )
        if told or event.pgh_label != "update":
            changes.append(
                RowChange(event.pgh_created_at, WORDS[event.pgh_label], people.get(_who(event), "Overturn"), told)
            )
    return changes[:SHOWN]


def _people(events: Sequence[Any]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in={_who(event) for event in events})}


def _who(event: Any) -> int:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    return int(metadata.get("user") or 0)


def _differs(field: models.Field[Any, Any], before: Any, after: Any) -> bool:
    return bool(getattr(before, field.attname) != getattr(after, field.attname))


def _change(field: models.Field[Any, Any], before: Any, after: Any) -> FieldChange:
    label = str(field.verbose_name)
    return FieldChange(label[:1].upper() + label[1:], _written(field, before), _written(field, after))


def _written(field: models.Field[Any, Any], event: Any) -> str:
    value = getattr(event, field.attname)
    if isinstance(field, models.ForeignKey):
        value = field.related_model._default_manager.filter(pk=value).first() if value else None  # type: ignore[union-attr]
    elif field.choices:
        value = dict(field.flatchoices).get(value, value)
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return "nothing" if value in (None, "") else str(value)
