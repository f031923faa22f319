"""Calls to payers about many claims, and the log of every contact."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.models import User
from accounts.once import once
from accounts.refusal import Conflict, Refused
from worklists import searching
from worklists.calls import calling as verbs
from worklists.calls import pages, sheets
from worklists.calls.form import CallForm, usual_day
from worklists.calls.pages import CallPage
from worklists.calls.sheets import Line
from worklists.models import PayerCall
from worklists.views import answers, stale
from worklists.wording import kept_at


@require_safe
@roles(*WORKERS)
def calls(request: HttpRequest) -> HttpResponse:
    """The call in hand, the calls worth making, and the latest ones."""
    note_access(request, "calls")
    user = person(request)
    context = {
        "in_hand": verbs.in_hand_of(user),
        "picks": sheets.picks(user, timezone.localdate()),
        "made": verbs.calls_of(user),
    }
    return render(request, "worklists/calls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def call_sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of one call, for the screen and for paper; posted, the call begins."""
    user, today = person(request), timezone.localdate()
    line = _line(request)
    if request.method == "POST":
        if line is None:
            raise Refused("Nothing was begun: choose whom to call.")
        return redirect("call", verbs.start(user, line, today=today).pk)
    note_access(request, "call_sheet")
    sheet = sheets.sheet(user, line, today) if line else None
    context = {"sheet": sheet, "line": line, "in_hand": verbs.in_hand_of(user)}
    return render(request, "worklists/call_sheet.html", context)


@require_safe
@roles(*EVERYBODY)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """The call in hand to its caller; to everybody else, and once it ended, its log."""
    page = _page(request, pk)
    note_access(request, "call", page.call.pk)
    return _show(request, page)


@require_POST
@roles(*WORKERS)
@once
def call_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being entered."""
    page = _page(request, pk)
    form = _form(page, request)
    kept, faults = _keep(request, page, form), form.faults
    partly = f", but not all of it. {' '.join(faults)}" if faults else ""
    told = {"version": kept.version, "kept": kept_at(timezone.now()) + partly, "is_partly": bool(faults)}
    return JsonResponse(told)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def call_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was entered; then on hold, talking again, finish or drop, if one of these is asked for.

    A call that was refused stands at this address: asked for again, it leads to the call as it is kept.
    """
    page = _page(request, pk)
    if request.method != "POST":
        return redirect("call", page.call.pk)
    form = _form(page, request)
    try:
        kept = _keep(request, page, form)
        stale.see_again(form, draft_version=kept.version)
        if request.POST.get("then") == "finish":
            form.check_to_finish()
        elif form.errors:
            form.add_error(None, "All is kept but what is said at its field: put that right, then go on.")
        if form.errors:
            return _show(request, page, form, status=422)
        return _go_on(request, kept, person(request))
    except Conflict as conflict:
        return _show_both(request, pk, conflict)
    except Refused as refused:  # shown with the form, so that nobody loses what they entered
        form.add_error(None, refused.sentence)
        return _show(request, page, form, status=refused.status)


def _keep(request: HttpRequest, page: CallPage, form: CallForm) -> PayerCall:
    """Keeps all that can be read."""
    form.is_valid()
    known = form.cleaned_data.get("draft_version") or 0
    return verbs.keep(page.call, person(request), form.told, expected_version=known)


def _show_both(request: HttpRequest, pk: int, conflict: Conflict) -> HttpResponse:
    """What was filled in with what is kept now beside it: sending it again is a decision."""
    page = _page(request, pk)
    form = _form(page, request)
    form.show_both()
    form.add_error(
        None,
        "This call was changed in another window. Nothing was overwritten: what that window kept stands beside what you"
        " filled in. Send it again to keep yours.",
    )
    stale.see_again(form, draft_version=page.call.version)
    return _show(request, page, form, status=conflict.status)


def _go_on(request: HttpRequest, found: PayerCall, user: User) -> HttpResponse:
    match request.POST.get("then"):
        case "hold" | "talk" as then:
            verbs.hold(found, user, is_on=then == "hold")
        case "drop":
            verbs.drop(found, user)
            messages.info(request, "The call is dropped: nothing was written about its claims.")
            return redirect("calls")
        case "finish":
            act, done = verbs.finish(found, user, today=timezone.localdate())
            answers.say_with_undo(request, pages.finished_words(found, done), act)
    return redirect("call", found.pk)


@require_safe
@roles(*EVERYBODY)
def contacts(request: HttpRequest) -> HttpResponse:
    """Every contact with a payer, searched by reference."""
    note_access(request, "contacts")
    words = searching.recall(request, request.GET.get("search", ""))
    found = pages.contacts(person(request), words)
    context = {"contacts": found, "words": words, "is_cut": len(found) == pages.SHOWN}
    return render(request, "worklists/contacts.html", context)


@require_POST
@roles(*EVERYBODY)
def contacts_search(request: HttpRequest) -> HttpResponse:
    """Posted like every search, so that nothing of it stands in an address."""
    words = request.POST.get("q", "").replace("\x00", "").strip()[:80]
    return redirect(f"/contacts/?search={searching.keep(request, words)}" if words else "contacts")


def _line(request: HttpRequest) -> Line | None:
    asked = request.POST if request.method == "POST" else request.GET
    payer, product, biller = (whole_number(asked.get(name, "")) for name in ("payer", "product", "biller"))
    return Line(payer, product, biller) if payer is not None and biller is not None else None


def _page(request: HttpRequest, pk: int) -> CallPage:
    found: PayerCall = get_visible_or_404(pages.all_calls(), person(request), pk=pk)
    return pages.page_of(found, person(request))


def _form(page: CallPage, request: HttpRequest | None = None) -> CallForm:
    return CallForm(
        request.POST if request else None,
        call=page.call,
        claims=page.rows,
        outcomes=page.outcomes,
        today=timezone.localdate(),
    )


def _show(request: HttpRequest, page: CallPage, form: CallForm | None = None, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    contacts = sheets.contacts_to(page.call.payer, page.call.product_id, today)
    context = {"page": page, "call": page.call, "contacts": contacts}
    if page.is_in_hand and page.is_mine:
        outcomes = [(each, usual_day(each, today)) for each in page.outcomes]
        context |= {"form": form or _form(page), "outcomes": outcomes}
        return render(request, "worklists/call.html", context, status=status)
    return render(request, "worklists/call_log.html", context | {"unsent": form}, status=status)
