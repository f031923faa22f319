"""The pages of exceptions: the list, one case with its fix and its evidence, and the segments behind it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, HeldUp
from denials.sources import source_of_claim
from worklists.exceptions import cases, deciding, fixes, listing
from worklists.exceptions.forms import AskForm, AssignForm, DecideForm, FilterForm, ReasonForm

FILTERS = ("kind", "owner", "age", "payer", "facility", "state")
Forms = dict[str, forms.Form]


@require_safe
@roles(*EVERYBODY)
def exceptions(request: HttpRequest) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    chosen = FilterForm(request.GET or {}, user=user)
    page = listing.page_for(user, chosen, today, whole_number(request.GET.get("after", "")))
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "page": page,
        "filter": chosen,
        "is_narrowed": any(request.GET.get(name) for name in FILTERS),
        "query": query.urlencode(),
        "may_decide": user.may_work and chosen["state"].value() in (None, ""),
    }
    return render(request, "exceptions/list.html", context)


@require_safe
@roles(*EVERYBODY)
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    found = case_of(request, pk)
    note_access(request, "exception", found.pk)
    return case_page(request, found, {})


@require_safe
@roles(*EVERYBODY)
def exception_source(request: HttpRequest, pk: int, held_pk: int) -> HttpResponse:
    """Where what the case is about stands in the payer's file; its code is marked unless `fact` names another."""
    found = case_of(request, pk)
    rows = HeldUp.objects.filter(case=found, remitted_claim__isnull=False)
    held: HeldUp = get_visible_or_404(
        rows.select_related("remitted_claim__remittance__file"), person(request), pk=held_pk
    )
    assert held.remitted_claim is not None, "asked for above"
    note_access(request, "remitted_claim", held.remitted_claim.pk)
    origin = source_of_claim(held.remitted_claim, request.GET.get("fact", ""))
    asked = request.GET.get("fact") or cases.fact_of(found, origin)
    context = {
        "origin": source_of_claim(held.remitted_claim, asked) if asked else origin,
        "asked": asked,
        "source_url": reverse("exception_source", args=[found.pk, held.pk]),
        "own_words": "The claim",
        "back_url": reverse("exception", args=[found.pk]),
        "back_words": "Back to the exception",
    }
    return render(request, "denials/source.html", context)


def case_of(request: HttpRequest, pk: int) -> ExceptionCase:
    rows = ExceptionCase.objects.select_related(
        "payer", "owner_team", "owner", "remittance__file", "remitted_claim__remittance", "closed_by"
    )
    found: ExceptionCase = get_visible_or_404(rows, person(request), pk=pk)
    return found


def case_page(request: HttpRequest, found: ExceptionCase, filled: Forms, status: int = 200) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    fix = fixes.fix_of(found)
    (row,) = listing.rows_of(ExceptionCase.objects.filter(pk=found.pk), user, today)
    kind = found.kind
    context: dict[str, Any] = {
        "case": found,
        "row": row,
        "fix": fix,
        "may_follow": bool(fix.address) and user.role in fix.allowed,
        "may_decide": user.may_work and found.is_open,
        "things": cases.things_of(found, user),
        "became": cases.became_of(found, user),
        "recoveries": cases.recoveries_of(found, user) if kind in fixes.MONEY_TAKEN else [],
        "candidates": deciding.candidates(found, user) if kind in fixes.CHOSEN and found.is_open else [],
        "parts": deciding.parts_offered(found) if kind == Kind.AMBIGUOUS_PART and found.is_open else [],
        "fitting": deciding.claims_offered(found, user) if kind == Kind.TAKEBACK and found.is_open else [],
        "earlier": cases.earlier_cases(found, user),
        "is_reading": cases.is_being_read_again(found),
        "is_suspected": kind == Kind.SUSPECTED_DENIAL,
        "can_ask": fixes.can_ask(found),
        "history": cases.history(found),
        "accept_form": filled.get("accept") or ReasonForm(prefix="accept"),
        "assign_form": filled.get("assign") or AssignForm(prefix="assign", initial=_owner(found)),
        "ask_form": filled.get("ask") or AskForm(prefix="ask", today=today),
        "decide_form": filled.get("confirm") or filled.get("dismiss") or DecideForm(prefix="decide"),
    }
    return render(request, "exceptions/case.html", context, status=status)


def _owner(found: ExceptionCase) -> dict[str, Any]:
    return {"team": found.owner_team_id, "person": found.owner_id}
