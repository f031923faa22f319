"""What a change changes: for each field what a form sends, before and after.

Kept is what a browser sends, not what the database holds. Lists, links and choices then need no care of their own, and
taking effect is the same form sent again, over what stands in the row on that day: other fields stay untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.refusal import Refused

Sent = list[str]
Overlay = Mapping[str, Sent]
Choose = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """One field: what a form sends for it, and the same as people read it."""

    name: str
    label: str
    before: Sent
    after: Sent
    was: str
    becomes: str

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def read(kept: Iterable[Mapping[str, Any]]) -> list[Edit]:
    return [Edit(**each) for each in kept]


def edits_of(form: forms.BaseForm) -> list[Edit]:
    """What a valid form changes; of the form of a new row, all that it says."""
    return [edit for name in form.changed_data if (edit := _edit(form, name)).before != edit.after]


def edits_to(form: forms.BaseForm, wanted: Overlay) -> list[Edit]:
    """The same for a form that nobody filled in: what becomes different by sending these values."""
    return [
        Edit(name, str(form[name].label), before, after, in_words(field, before), in_words(field, after))
        for name, after in wanted.items()
        if (field := form.fields.get(name)) and (before := shown(form, name)) != after
    ]


def _edit(form: forms.BaseForm, name: str) -> Edit:
    field = form.fields[name]
    before, after = shown(form, name), _sent(form, name)
    label = str(form[name].label)
    return Edit(name, label, before, after, in_words(field, before), in_words(field, after))


def shown(form: forms.BaseForm, name: str) -> Sent:
    """What a browser would send of a field as the form first shows it."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if field.widget.check_test(value) else []
    return _listed(field.widget.format_value(value))


def all_shown(form: forms.BaseForm) -> dict[str, Sent]:
    return {name: shown(form, name) for name, field in form.fields.items() if not field.disabled}


def sending(form: forms.BaseForm, overlay: Overlay) -> QueryDict:
    """What a browser sends when somebody changes these fields of a form and leaves the others as they are shown."""
    data = QueryDict(mutable=True)
    for name, values in (all_shown(form) | dict(overlay)).items():
        if values:
            data.setlist(form.add_prefix(name), values)
    return data


def _sent(form: forms.BaseForm, name: str) -> Sent:
    value = form[name].data
    if isinstance(value, bool):
        return ["on"] if value else []
    return _listed(value)


def _listed(value: Any) -> Sent:
    """One line ending for all: browsers send CR LF, rows hold LF."""
    values = value if isinstance(value, list | tuple | set) else [value]
    return [str(each).replace("\r\n", "\n") for each in values if each not in (None, "")]


def in_words(field: forms.Field, sent: Sent) -> str:
    """As people read it: the words of a choice, yes or no for a box."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "yes" if sent else "no"
    choices = getattr(field, "choices", None)
    if choices is None:
        return ", ".join(sent)
    named = {str(key): str(words) for key, words in _flat(choices)}
    return ", ".join(named.get(value, value) for value in sent)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield key, words


def stale(form: forms.BaseForm, expected: Mapping[str, Sent]) -> list[str]:
    """Labels of the fields that no longer stand as expected in a form of the row as it is now."""
    gone = [name for name in expected if name not in form.fields]
    moved = [name for name in expected if name in form.fields and shown(form, name) != expected[name]]
    return [*gone, *(str(form[name].label) for name in moved)]


def befores(edits: Sequence[Edit]) -> dict[str, Sent]:
    return {edit.name: edit.before for edit in edits}


def afters(edits: Sequence[Edit]) -> dict[str, Sent]:
    return {edit.name: edit.after for edit in edits}


def must_be_valid(form: forms.BaseForm) -> None:
    """Raises Refused with the first faults of a form that nobody has on a page."""
    if form.is_valid():
        return
    told = [f"{_label(form, name)}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
    raise Refused(f"It does not fit what is here now. {' '.join(told[:3])} Nothing was changed.")


def _label(form: forms.BaseForm, name: str) -> str:
    return str(form[name].label) if name in form.fields else "All in all"
