"""What is governed. Each area is declared by the app that owns its rows; this layer knows none of them by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.urls import get_resolver, reverse

from accounts.governance.edits import Edit, Sent
from accounts.models import Change, ChangeSet, User
from accounts.refusal import Refused


class Touched(NamedTuple):
    """Something that a change would move: what, how many, and the list of it."""

    what: str
    number: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Retirement:
    """How a row of an area leaves use and comes back: what its form would send, from a day on."""

    retire: Callable[[date], Mapping[str, Sent]]
    bring_back: Callable[[date], Mapping[str, Sent]]
    is_retired: Callable[[Any], bool]


SWITCH = Retirement(lambda _: {"is_active": []}, lambda _: {"is_active": ["on"]}, lambda row: not row.is_active)
"""For rows that are switched off and on."""


def no_gap(row: Any, edits: Sequence[Edit]) -> bool:
    """Whatever changes here waits for a second person."""
    return False


def was_empty(row: Any, edits: Sequence[Edit]) -> bool:
    """Nothing that somebody had decided before is overwritten."""
    return not any(edit.before for edit in edits)


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of rule of work: whose rows they are and by which form they are changed."""

    key: str
    title: str
    singular: str
    model: type[models.Model]
    form: Callable[..., forms.BaseForm]
    """Called with `data` and `instance`; its `save()` saves the row, with whatever belongs to it, and returns it."""
    address: Callable[[Any], str]
    """Of the page of a row."""
    list_page: str
    """Name of the URL of the list."""
    new_address: Callable[[Mapping[str, Any]], str] | None = None
    """Of the page of a new row with this seed; None where no page adds one."""
    retirement: Retirement | None = None
    fills_gap: Callable[[Any, Sequence[Edit]], bool] = field(default=no_gap)
    """Whether a change of a row (None: a new one) may take effect at once and be confirmed afterwards."""

    @property
    def list_url(self) -> str:
        return reverse(self.list_page)


class Grounds(NamedTuple):
    """What approving a set rests on: what is kept of that, and why somebody may want to wait; "" where nothing is."""

    said: str = ""
    doubt: str = ""


class Panel(NamedTuple):
    """What an area shows on the page of a set of its changes: a template and what it needs."""

    template: str
    context: Mapping[str, Any]


After = Callable[[Change, Any], None]
OnSet = Callable[[ChangeSet, User], Panel]
GroundsOf = Callable[[ChangeSet], Grounds]
Touches = Callable[[Change, Any], Iterable[Touched]]
_AREAS: dict[str, Area] = {}
_AFTER: dict[str, list[After]] = defaultdict(list)
_TOUCHES: dict[str, list[Touches]] = defaultdict(list)
_PANELS: dict[str, OnSet] = {}
_GROUNDS: dict[str, GroundsOf] = {}


def register(area: Area) -> Area:
    _AREAS[area.key] = area
    return area


def after(key: str, hook: After) -> None:
    """Has `hook(change, row)` called in the transaction in which a change of this area takes effect or is undone."""
    _AFTER[key].append(hook)


def touches(key: str, hook: Touches) -> None:
    """Has `hook(change, row)` asked what a change of this area would move; the row is None for a new one."""
    _TOUCHES[key].append(hook)


def on_set(key: str, panel: OnSet, grounds: GroundsOf) -> None:
    """Has `panel` asked for what a set of this area shows, and `grounds` for what approving it rests on."""
    _PANELS[key], _GROUNDS[key] = panel, grounds


def panel_of(bundle: ChangeSet, user: User) -> Panel | None:
    return _PANELS[bundle.area](bundle, user) if bundle.area in _PANELS else None


def grounds_of(bundle: ChangeSet) -> Grounds:
    return _GROUNDS[bundle.area](bundle) if bundle.area in _GROUNDS else Grounds()


def every_area() -> list[Area]:
    _declare()
    return sorted(_AREAS.values(), key=lambda area: area.title)


def area_keyed(key: str) -> Area:
    _declare()
    if key not in _AREAS:
        raise Refused("This kind of rule is kept here no longer. Nothing was changed.")
    return _AREAS[key]


def title_of(key: str) -> str:
    _declare()
    return _AREAS[key].title if key in _AREAS else key.replace("_", " ")


def tell(change: Change, row: Any) -> None:
    for hook in _AFTER[change.area]:
        hook(change, row)


def touched_by(change: Change, row: Any) -> list[Touched]:
    return [each for hook in _TOUCHES[change.area] for each in hook(change, row)]


def _declare() -> None:
    """Areas stand beside their pages, and a worker that shows no page has not read those yet."""
    get_resolver().url_patterns  # noqa: B018
