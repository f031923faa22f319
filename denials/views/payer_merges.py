"""Who an unknown payer is, and two payers that are one: look first, then merge, and take it back if it was wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import ADMINS, person, roles
from accounts.asked import way_back
from accounts.last_done import say_kept
from accounts.once import once
from denials import payer_merging, payer_plan, payer_unmerging
from denials.models import Payer
from denials.payer_choices import confirm, others, proposed
from denials.payer_forms import BecauseForm, TakeBackForm, WhichPayerForm
from denials.payer_matching import standing


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def payer_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Which payer this is: one that we know, which leads to the preview of the merge, or one of its own.

    `?next=` leads back.
    """
    row, back = get_object_or_404(Payer, pk=pk), way_back(request)
    if row.merged_into_id is not None:
        return redirect("payers_edit", standing(row).pk)
    if request.method == "POST":
        confirm(row, person(request))
        say_kept(request, f"{row} is confirmed as a payer of its own.")
        return redirect(back or reverse("payers_edit", args=[row.pk]))
    context = {"payer": row, "proposed": proposed(row), "form": WhichPayerForm(others=others(row)), "back": back}
    return render(request, "denials/payer_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def payer_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would move if this payer is the one named by `into`; with POST it is done. `?next=` leads back."""
    gone, back = get_object_or_404(Payer, pk=pk), way_back(request)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = WhichPayerForm(sent if "into" in sent else None, others=others(gone))
    if gone.merged_into_id is not None or not chosen.is_valid():
        context = {"payer": gone, "proposed": proposed(gone), "form": chosen, "back": back}
        if not chosen.is_bound or gone.merged_into_id is not None:
            return redirect("payer_confirm", gone.pk)
        return render(request, "denials/payer_confirm.html", context, status=422)
    stays: Payer = chosen.cleaned_data["into"]
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        payer_merging.merge(gone, stays, person(request), because=form.cleaned_data["because"])
        say_kept(request, f"{gone} is {stays} from now on. Its open denials are read again.")
        return redirect(back or reverse("payers_edit", args=[stays.pk]))
    context = {
        "payer": gone,
        "back": back,
        "stays": stays,
        "form": form,
        "plan": payer_plan.plan(gone, stays),
        "identifiers": payer_plan.identifiers_of(gone),
        "doubled": payer_plan.claims_of_both(gone, stays, person(request)),
    }
    return render(request, "denials/payer_merge.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def payer_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking the merge back would return; with POST it is done."""
    merge = get_object_or_404(payer_unmerging.with_their_facts(), pk=pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        payer_unmerging.unmerge(merge, person(request), because=form.cleaned_data["because"])
        say_kept(request, f"{merge.merged} is a payer of its own again. Its open denials are read again.")
        return redirect("payers_edit", merge.merged_id)
    context = {"merge": merge, "form": form, "undoing": payer_unmerging.undoing(merge)}
    return render(request, "denials/payer_unmerge.html", context, status=422 if form.is_bound else 200)
