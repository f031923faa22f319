"""The part of a form that asks when an item comes back: business days written out as days, or a day of one's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import format_html

from worklists.domain import ticklers
from worklists.wording import too_late


class DayToComeBack(forms.Form):
    """`days` offers, `day_field` (of the form below this one) asks for another day; cleaned data hold only the day."""

    day_field = "until"
    days = forms.TypedChoiceField(label="Comes back", required=False, coerce=int, widget=forms.RadioSelect)

    def offer_days(self, today: date, last_safe: date | None = None) -> None:
        self.today, self.last_safe = today, last_safe
        ahead = last_safe if last_safe and last_safe > today else None  # else all are later, which is said once
        self.offered = {offer.days: offer for offer in ticklers.offers(today, ahead)}
        choices = [(str(offer.days), offer.words) for offer in self.offered.values()]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        self.fields["days"].initial = ticklers.USUAL
        limit_day(self.fields[self.day_field], today)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        days, name = given.pop("days", None), self.day_field
        if name in self.errors:
            return given
        if not given.get(name):
            given[name] = self.offered[days].day if days else None
        if given[name] is None:
            self.add_error(name, "Choose a day.")
        elif given[name] <= self.today:
            self.add_error(name, "Choose a day after today.")
        elif given[name] > ticklers.farthest(self.today):
            self.add_error(name, ticklers.too_far_words(given.pop(name), self.today))
        return given

    @property
    def moved_words(self) -> str:
        """That the day chosen for one item is no business day. Only of a valid form."""
        day: date = self.cleaned_data[self.day_field]
        return ticklers.moved_words(day, ticklers.comes_back(day, self.last_safe, self.today))

    @property
    def moved_words_of_many(self) -> str:
        return ticklers.moved_words_of_many(self.cleaned_data[self.day_field])


def limit_day(field: forms.Field, today: date, last_safe: date | None = None) -> None:
    """Lets nobody choose a day that makes no sense, and has the page say at the field what is no business day."""
    field.help_text = format_html('{} <span role="status" data-moved></span>', field.help_text)
    field.widget.attrs |= limits_of_day(today, last_safe)


def limits_of_day(today: date, last_safe: date | None = None) -> dict[str, str]:
    """Tells the page which days may be chosen, and which of them are no business days: as soon as one of these is,
    `static/js/days.js` says so in [data-moved]. `last_safe` is for a form whose field of reasons does not tell it.
    """
    limits = {
        "min": (today + timedelta(days=1)).isoformat(),
        "max": ticklers.farthest(today).isoformat(),
        "data-closed": " ".join(day.isoformat() for day in ticklers.closed_days(today)),
    }
    return limits | {"data-safe-until": last_safe.isoformat()} if last_safe else limits


def own_day() -> forms.DateField:
    """Goes before the offers wherever it is filled in."""
    return forms.DateField(
        label="Or back on another day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Counts instead of the day chosen on top.",
    )


class WhyLate(forms.CharField):
    """Needed only for a day after the last safe one. `static/js/days.js` asks for it while such a day is chosen."""

    needed = "only for a late day"

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def tell(self, last_safe: date, today: date, *, day_field: str) -> None:
        """Says which days are late: of those offered, and of those that can be filled in as `day_field`."""
        late = [str(offer.days) for offer in ticklers.offers(today, last_safe) if offer.is_late]
        self.help_text = last_safe_words(last_safe, today)
        self.widget.attrs |= {
            "data-last-safe": last_safe.isoformat(),
            "data-late-days": " ".join(late),
            "data-day-field": day_field,
        }

    def tell_of_many(self, today: date, *, day_field: str, days_field: str) -> None:
        """Leaves room for how many of those ticked would come back too late: `static/js/days.js` counts them."""
        self.help_text = format_html(
            '<span role="status" data-late-picked data-today="{}"></span> {}', today.isoformat(), self.help_text
        )
        self.widget.attrs |= {
            "data-offered": " ".join(f"{offer.days}:{offer.day.isoformat()}" for offer in ticklers.offers(today)),
            "data-day-field": day_field,
            "data-days-field": days_field,
        }


def last_safe_words(last_safe: date, today: date) -> str:
    """When a reason is asked for, at the field that takes it."""
    day = ticklers.in_full(last_safe)
    if last_safe <= today:
        return f"Needed for any day: the last safe one was {day}."
    return f"Needed for a day after {day}, the last safe one."


def earliest_words(last_safe: date, today: date) -> str:
    """Of many items, where no row of them is seen."""
    is_was = "is" if last_safe > today else "was"
    return f"The earliest last safe day of these items {is_was} {ticklers.in_full(last_safe)}."


def late_words(ticked: int, safe: list[date], back: date, today: date) -> str:
    """How many of those ticked would come back too late; `safe` are their last safe days. As `days.js` has it."""
    if not safe:
        return ""
    whose, is_was = ("Their earliest" if ticked > 1 else "Its"), ("is" if min(safe) > today else "was")
    first = f"{whose} last safe day {is_was} {ticklers.in_full(min(safe))}."
    late = sum(day < back for day in safe)
    return f"{late} of the {ticked} selected would come back after the last safe day. {first}" if late else first


def ask_why_late(form: Any, day: date | None, last_safe: date | None) -> None:
    """The verb refuses such a day without a word; here it is said at the field that takes it. `form` knows today."""
    if not day or not last_safe or form.cleaned_data.get("late_because"):
        return
    if ticklers.comes_back(day, last_safe, form.today) > last_safe:
        form.add_error("late_because", too_late(last_safe, form.today))
