"""What somebody was told, and which kinds of it they want."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from worklists import notifications
from worklists.live import live
from worklists.models import Notification


class KindsForm(forms.Form):
    """The kinds that a person wants."""

    template_name = "components/form.html"
    wanted = forms.MultipleChoiceField(
        label="Tell me about",
        choices=Notification.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you leave out is not told, also not later. The work stays in My day and in your queues.",
    )


@require_safe
@roles(*EVERYBODY)
@live()
def notification_list(request: HttpRequest) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    told = notifications.listed(person(request), only_unread=only_unread)
    context = {"told": told, "only_unread": only_unread, "has_unread": any(each.is_unread for each in told)}
    return render(request, "worklists/notifications.html", context)


@require_POST
@roles(*EVERYBODY)
@once
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks it as read and goes where it leads. Posted, because looking at a page must change nothing."""
    return redirect(notifications.read(notifications.one(person(request), pk)))


@require_POST
@roles(*EVERYBODY)
@once
def notifications_read(request: HttpRequest) -> HttpResponse:
    number = notifications.read_all(person(request))
    say_kept(request, f"{number:,} marked as read." if number else "Everything was read already.")
    return redirect("notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def notification_settings(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if request.method != "POST":
        return render(request, "worklists/notification_settings.html", {"form": KindsForm(initial=_wanted(request))})
    form = KindsForm(request.POST)
    if not form.is_valid():
        return render(request, "worklists/notification_settings.html", {"form": form}, status=422)
    notifications.choose(user, form.cleaned_data["wanted"])
    say_kept(request, "Saved: from now on you are told what you ticked.")
    return redirect("notification_settings")


def _wanted(request: HttpRequest) -> dict[str, list[str]]:
    unwanted = notifications.choice_of(person(request)).unwanted
    return {"wanted": [kind for kind in Notification.Kind.values if kind not in unwanted]}
