"""Screens for governed rows: as `accounts.settings_pages`, but saving drafts a change that somebody else approves.

    RULES = GovernedPage(name="rules", address="settings/rules/", ..., retirement=SWITCH)

declares the area of the same name with it. `areas.after(name, hook)` is called when a change takes effect or is undone,
`areas.touches(name, hook)` is asked what it would move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import MANAGERS, person, roles
from accounts.governance import areas, lists, proposing
from accounts.governance.areas import Area, Retirement, no_gap
from accounts.governance.edits import Edit
from accounts.governance.offers import Offer
from accounts.governance.proposing import Reasons
from accounts.last_done import say_kept
from accounts.models import Change, Role
from accounts.once import once
from accounts.refusal import Refused
from accounts.row_history import state_of
from accounts.settings_pages import SettingsPage
from accounts.stale_forms import is_overtaken, say_both, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernedPage(SettingsPage):
    """One kind of row whose changes are drafted, approved, dated and rolled back."""

    retirement: Retirement | None = None
    fills_gap: Callable[[Any, Sequence[Edit]], bool] = field(default=no_gap)
    opened_by: Sequence[Role] = MANAGERS

    def __post_init__(self) -> None:
        areas.register(
            Area(
                key=self.name,
                title=self.title,
                singular=self.singular,
                model=self.form._meta.model,
                form=self.form,
                address=lambda row: reverse(f"{self.name}_edit", args=[row.pk]),
                list_page=self.name,
                new_address=(lambda seed: reverse(f"{self.name}_new")) if self.may_add else None,
                retirement=self.retirement,
                fills_gap=self.fills_gap,
            )
        )

    @property
    def area(self) -> Area:
        return areas.area_keyed(self.name)

    def urls(self) -> list[URLPattern]:
        patterns = SettingsPage.urls(self)
        if self.retirement is not None:
            patterns.append(path(f"{self.address}<int:pk>/retire/", self._retire_view(), name=f"{self.name}_retire"))
        return patterns

    def _form_view(self) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @roles(*self.opened_by)
        @once
        def governed_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
            row = get_object_or_404(self.rows(), pk=pk) if pk else None
            is_late = request.method == "POST" and row is not None and is_overtaken(request, row, self.parts)
            context = {"heading": str(row) if row else f"New {self.singular.lower()}", **self._past(row)}
            offer = Offer(request, self.area, row)
            if is_late:
                say_both(offer.form, state_of(offer.row, self.parts))
            if not offer.is_sent or not offer.is_valid:
                return answer(request, "settings/governed.html", context, offer)
            return kept(request, offer)

        return governed_form

    def _above_list(self) -> dict[str, Any]:
        return {"open_changes": lists.open_in_area(self.name)}

    def _past(self, row: Any) -> dict[str, Any]:
        return SettingsPage._past(self, row) | governed_context(self.area, row)

    def _retire_view(self) -> Callable[..., HttpResponse]:
        @require_POST
        @roles(*self.opened_by)
        @once
        def governed_retire(request: HttpRequest, pk: int) -> HttpResponse:
            row = get_object_or_404(self.rows(), pk=pk)
            return redirect("change", ask_to_retire(request, self.area, row).pk)

        return governed_retire


def governed_context(area: Area, row: Any) -> dict[str, Any]:
    """What a page of a governed row shows beside its form."""
    retirement = area.retirement
    return {
        "area": area,
        "open_changes": lists.open_of_row(row) if row is not None else lists.open_additions(area.key),
        "may_retire": row is not None and retirement is not None,
        "is_retired": bool(row is not None and retirement and retirement.is_retired(row)),
    }


def answer(request: HttpRequest, template: str, context: dict[str, Any], offer: Offer) -> HttpResponse:
    """The page with its two forms, and whether something that was sent is wrong or was overtaken."""
    shown = {"form": offer.form, "reasons_form": offer.reasons_form, "draft": offer.draft}
    return render(request, template, context | shown, status=status_of(offer.form))


def kept(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Keeps a valid offer, and leads to its change; without a difference, back to the row."""
    found = offer.keep()
    if found is None:
        messages.info(request, "Nothing was changed.")
        return redirect(offer.area.address(offer.row))
    change, said = found
    say_kept(request, said)
    return redirect("change", change.pk)


def ask_to_retire(request: HttpRequest, area: Area, row: Any) -> Change:
    """Drafts and sends the change by which a row leaves use, or comes back."""
    if area.retirement is None:
        raise Refused("This cannot be retired. Nothing was changed.")
    user, today = person(request), timezone.localdate()
    on = _day_in(request, today)
    is_retired = area.retirement.is_retired(row)
    values = (area.retirement.bring_back if is_retired else area.retirement.retire)(on)
    kind = Change.Kind.BRING_BACK if is_retired else Change.Kind.RETIRE
    change = proposing.propose(area, user, row, values, Reasons(request.POST.get("why", ""), active_on=on), kind=kind)
    say_kept(request, "Sent for approval. Nothing changes until somebody else has approved it.")
    return proposing.send(change, user, today=today)


def _day_in(request: HttpRequest, today: date) -> date:
    """From when on: today when nothing was said."""
    said = request.POST.get("active_on", "")
    try:
        day = date.fromisoformat(said) if said else today
    except ValueError as wrong:
        raise Refused("That is no day. Nothing was changed: give the day on which it takes effect.") from wrong
    if day < today:
        raise Refused("What was decided before today stays as it is. Nothing was changed: choose today or a later day.")
    return day
