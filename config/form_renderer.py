"""Writes the plain form fields in Python: Django renders a template for each option of each select, which for a list of
two hundred people takes longer than all the rest of a page. The markup is the same, a test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from accounts.forms import Picks

Widget = Mapping[str, Any]


class QuickForms(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> Any:
        if write := WRITERS.get(template_name):
            return mark_safe(write(context["widget"]))
        return super().render(template_name, context, request)


def _input(widget: Widget) -> str:
    value = widget["value"]
    written = "" if value is None else f' value="{escape(str(value))}"'
    attributes = _attributes(_uncut(widget["attrs"]))
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{written}{attributes}>'


def _textarea(widget: Widget) -> str:
    attributes = _attributes(_uncut(widget["attrs"]))
    return f'<textarea name="{escape(widget["name"])}"{attributes}>\n{escape(str(widget["value"] or ""))}</textarea>'


def _uncut(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """With `maxlength` a browser cuts what is pasted and says nothing. So the length is only told beside the field
    (static/js/lengths.js), and the form refuses what is too long and shows it again.
    """
    return {"data-longest" if name == "maxlength" else name: value for name, value in attributes.items()}


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    written = "".join(map(_option, options))
    return f'\n  <optgroup label="{escape(str(name))}">{written}\n  </optgroup>' if name else written


def _option(option: Widget) -> str:
    label = escape(str(option["label"]))
    return f'\n  <option value="{escape(str(option["value"]))}"{_attributes(option["attrs"])}>{label}</option>'


def _picks(widget: Widget) -> str:
    options = [option for _, group, _ in widget["optgroups"] for option in group]
    ticked = [option for option in options if option["selected"]]
    shown = "".join(map(_tick, options if len(options) <= FEW else ticked))
    folded = "" if len(options) <= FEW else _folded(widget["optgroups"], are_others=bool(ticked))
    return f'<div class="picks" id="{escape(widget["attrs"]["id"])}">{shown}{folded}</div>'


def _folded(groups: list[tuple[str | None, list[Widget], int]], *, are_others: bool) -> str:
    """What is not ticked. A badge by style tells of boxes ticked in it, should somebody fold it away again."""
    rest = [(name, [option for option in options if not option["selected"]]) for name, options, _ in groups]
    number = sum(len(options) for _, options in rest)
    if not number:
        return ""
    words = f"{number} others" if are_others else f"Choose from {number}"
    boxes = "".join(_ticks(name, options) for name, options in rest if options)
    return (
        f'<details><summary>{words} <span class="badge note">some chosen</span></summary>'
        f"{NARROWED if number > MANY else ''}<div>{boxes}</div></details>"
    )


def _ticks(name: str | None, options: list[Widget]) -> str:
    boxes = "".join(map(_tick, options))
    return f"<fieldset><legend>{escape(str(name))}</legend>{boxes}</fieldset>" if name else boxes


def _tick(option: Widget) -> str:
    return f"\n  <div><label>{_input(option)} {escape(str(option['label']))}</label></div>"


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )


FEW = 5
"""So many boxes are seen at a glance."""
MANY = 12
"""More boxes than these are searched rather than read: they get a field (static/js/narrow.js)."""
NARROWED = (
    '<p class="with-script"><input type="search" data-narrows autocomplete="off" placeholder="Type to narrow"'
    ' aria-label="Narrow the choices"> <span class="help" role="status"></span></p>'
)
WRITERS: dict[str, Callable[[Widget], str]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    Picks.template_name: _picks,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("input", "text", "number", "hidden", "date", "email", "url", "password")
    },
}
