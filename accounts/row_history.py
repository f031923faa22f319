"""The history of one row, readable: who changed what, from what, to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.governance.differences import Piece, readable
from accounts.models import Change, User
from accounts.one_statement import read_in_one

WORDS = {"insert": "Added", "update": "Changed", "delete": "Deleted", "password": "Password set"}
SHOWN = 50
UNTOLD = {"id", "version", "is_edited", "is_staff", "password", "last_login", "updated_at"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The words that differ, for texts too long to be read twice."""
        return readable(self.before, self.after)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one person changed in one go: when, and from what to what."""

    at: datetime
    what: str
    who: str
    fields: Sequence[FieldChange]
    change: Change | None = None
    """The governed change by which it came about, with who approved it and why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list that people see as a field of a row, and that is kept in rows of its own: the people of a team."""

    label: str
    model: type[models.Model]
    """Tracked: its inserts and deletes are the changes of the list."""
    owner: str
    """Column of `model` that names the row whose list it is."""
    member: str
    """Field of `model` that says what stands in the list."""
    where: Mapping[str, Any] = field(default_factory=dict)

    def rows_of(self, row: models.Model) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.owner: row.pk}, **self.where)

    def events_of(self, row: models.Model) -> models.QuerySet[Any]:
        return _events(self.model, "insert").filter(**{self.owner: row.pk}, **self.where)

    @property
    def column(self) -> str:
        """Where `member` is kept."""
        return str(self.model._meta.get_field(self.member).attname)  # type: ignore[union-attr]

    def written(self, values: Iterable[Any]) -> str:
        kind = self.model._meta.get_field(self.member)
        if isinstance(kind, models.ForeignKey):
            values = kind.related_model._default_manager.filter(pk__in=list(values))
        return ", ".join(sorted(map(str, values))) or "nothing"


Words = Mapping[str, Callable[[Any], str]]
"""For fields whose value is a key: how people read it."""
Labels = Mapping[str, Any]


def labels_of(form: type[forms.ModelForm[Any]]) -> Labels:
    """What a form calls its fields, by their names."""
    return {name: field.label for name, field in form.base_fields.items()}


def history_of(
    row: models.Model, words: Words | None = None, parts: Sequence[Part] = (), labels: Labels | None = None
) -> list[RowChange]:
    """The newest changes of a tracked row and its lists first; one without a person came from a load or a command.

    `labels` are what the row's form calls its fields (`labels_of`).
    """
    found, *lists = read_in_one(
        _events(type(row), "update").filter(pgh_obj=row.pk).select_related("pgh_context")[: SHOWN + 1],
        *(part.rows_of(row).values_list(part.column, flat=True) for part in parts),
        *(part.events_of(row).select_related("pgh_context")[: 20 * SHOWN] for part in parts),
    )
    told = list(_row_changes(row, found, words or {}, labels or {}))
    for part, now, events in zip(parts, lists[: len(parts)], lists[len(parts) :], strict=True):
        told += _part_changes(part, set(now), events)
    at_once: dict[tuple[datetime, int], tuple[str, list[FieldChange]]] = {}
    for at, who, what, fields in sorted(told, key=lambda one: one[2] == "Changed"):
        at_once.setdefault((at, who), (what, []))[1].extend(fields)
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={who for _, who in at_once})}
    governed = _governed(row)
    changes = []
    for (at, who), (what, fields) in at_once.items():
        change = governed.get(at)
        by = str(change.author) if change else people.get(who, "Overturn")
        changes.append(RowChange(at, what, by, fields, change))
    return sorted(changes, key=lambda change: (change.at, change.what != "Added"), reverse=True)[:SHOWN]


def state_of(row: models.Model, parts: Sequence[Part] = ()) -> str:
    """Changes whenever the row or one of its lists does."""
    kept = [_events(type(row), "update").filter(pgh_obj=row.pk), *(part.events_of(row) for part in parts)]
    newest = read_in_one(*(events.values_list("pgh_id", flat=True)[:1] for events in kept))
    return "-".join(str(ids[0] if ids else 0) for ids in newest)


def _governed(row: models.Model) -> dict[datetime, Change]:
    """The governed changes of a row by the transaction that applied them, whose time its events have too."""
    kind = ContentType.objects.get_for_model(type(row))
    found = Change.objects.filter(content_type=kind, object_id=row.pk, applied_at__isnull=False)
    newest = found.select_related("author", "approver")[: 2 * SHOWN]
    return {change.applied_at: change for change in newest if change.applied_at}


Told = tuple[datetime, int, str, list[FieldChange]]


def _row_changes(row: models.Model, found: list[Any], words: Words, labels: Labels) -> Iterable[Told]:
    fields = [each for each in row._meta.concrete_fields if each.name not in UNTOLD]
    for event, before in zip(found, [*found[1:], None], strict=True):
        changed = [] if before is None else [each for each in fields if _differs(each, before, event)]
        if changed or event.pgh_label != "update":
            told = [_change(each, before, event, words, labels) for each in changed]
            yield event.pgh_created_at, _who(event), WORDS[event.pgh_label], told


def _part_changes(part: Part, now: set[Any], found: list[Any]) -> Iterable[Told]:
    """Goes back from what stands in the list now."""
    at_once: dict[tuple[datetime, int], list[Any]] = {}
    born_here = {event.pgh_obj_id for event in found if event.pgh_label == "insert" and hasattr(event, "pgh_obj_id")}
    for event in found:
        at_once.setdefault((event.pgh_created_at, _who(event)), []).append(event)
    for (at, who), events in at_once.items():
        before = set(now)
        for event in events:
            (before.discard if _came(event, born_here) else before.add)(getattr(event, part.column))
        if before != now:
            yield at, who, "Changed", [FieldChange(part.label, part.written(before), part.written(now))]
        now = before


def _came(event: Any, born_here: set[int]) -> bool:
    """Whether it stands in the list since then: it was added, or moved here from the list of another row."""
    return event.pgh_label == "insert" or (event.pgh_label == "update" and event.pgh_obj_id not in born_here)


def _events(model: type[models.Model], label: str) -> models.QuerySet[Any]:
    events: models.QuerySet[Any] = model.pgh_event_models[label].objects.order_by("-pgh_id")  # type: ignore[attr-defined]
    return events


def _who(event: Any) -> int:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    return int(metadata.get("user") or 0)


def _differs(kind: models.Field[Any, Any], before: Any, after: Any) -> bool:
    return bool(getattr(before, kind.attname, None) != getattr(after, kind.attname, None))


def _change(kind: models.Field[Any, Any], before: Any, after: Any, words: Words, labels: Labels) -> FieldChange:
    label = str(labels.get(kind.name) or kind.verbose_name)
    old, new = (_written(kind, event, words.get(kind.name)) for event in (before, after))
    return FieldChange(label[:1].upper() + label[1:], old, new)


def _written(kind: models.Field[Any, Any], event: Any, in_words: Callable[[Any], str] | None) -> str:
    value = getattr(event, kind.attname)
    if value in (None, ""):
        return "nothing"
    if in_words:
        value = in_words(value)
    elif isinstance(kind, models.ForeignKey):
        value = kind.related_model._default_manager.filter(pk=value).first() or value
    elif kind.choices:
        value = dict(kind.flatchoices).get(value, value)
    if isinstance(value, list):
        value = ", ".join(map(str, value)) or "nothing"
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return str(value)
