"""One payer: what it is known by, its product lines, its contacts, its time limits and its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ADMINS, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from accounts.row_history import history_of, labels_of, state_of
from accounts.stale_forms import is_overtaken, say_both, status_of
from denials import payer_contacts, payer_links
from denials.models import Payer, PayerContact, PayerProduct
from denials.payer_forms import ContactForm, PayerForm, ProductForm
from denials.payer_matching import standing
from denials.payer_sheet import PARTS, sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def payer(request: HttpRequest, pk: int) -> HttpResponse:
    """The payer with its form. One that was merged leads to what it became."""
    row = get_object_or_404(Payer, pk=pk)
    if row.merged_into is not None:
        now = standing(row)
        messages.info(request, f"{row} was merged: it is {now} now.")
        return redirect("payers_edit", now.pk)
    if request.method != "POST":
        return _page(request, row, PayerForm(instance=row))
    is_late = is_overtaken(request, row, PARTS)
    form = PayerForm(request.POST, instance=row)
    if is_late:
        say_both(form, state_of(row, PARTS))
    if not form.is_valid():
        return _page(request, row, form)
    if not form.has_changed():
        messages.info(request, "Nothing was changed.")
        return redirect("payers_edit", row.pk)
    saved = form.save()
    say_kept(request, f"Payer saved: {saved}.")
    if form.changes_what_counts:
        payer_links.tell([saved], person(request), f"What counts for {saved} was changed.")
    return redirect("payers_edit", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def product(request: HttpRequest, pk: int, product_pk: int | None = None) -> HttpResponse:
    """One product line of a payer, or a new one."""
    owner = get_object_or_404(Payer.objects.standing(), pk=pk)
    row = get_object_or_404(owner.products, pk=product_pk) if product_pk else None
    is_late = request.method == "POST" and row is not None and is_overtaken(request, row)
    form = ProductForm(request.POST or None, instance=row or PayerProduct(payer=owner))
    if is_late:
        say_both(form, state_of(form.instance))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        say_kept(request, f"Product line saved: {saved}.")
        if form.has_changed():
            payer_links.tell([owner], person(request), f"The product line {saved} of {owner} was changed.")
        return redirect("payers_edit", owner.pk)
    context = {"payer": owner, "row": row, "form": form, **_past(row)}
    return render(request, "denials/payer_product.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def contact(request: HttpRequest, pk: int, contact_pk: int | None = None) -> HttpResponse:
    """One contact of a payer, or a new one. What is saved takes the place of what was current."""
    owner = get_object_or_404(Payer.objects.standing(), pk=pk)
    row, state = None, ""
    if contact_pk and request.method != "POST":
        row = get_object_or_404(owner.contacts, pk=contact_pk, is_current=True)
    elif contact_pk:
        opened = get_object_or_404(owner.contacts, pk=contact_pk)
        state = state_of(opened) if is_overtaken(request, opened) else ""
        row = payer_contacts.in_place_of(opened)
    form = ContactForm(request.POST or None, payer=owner, initial=_shown(row))
    if state:
        say_both(form, state)
    if request.method == "POST" and form.is_valid():
        payer_contacts.replace(row, owner, form.cleaned_data, person(request))
        say_kept(request, "Contact saved.")
        return redirect("payers_edit", owner.pk)
    context = {"payer": owner, "row": row, "form": form, **_past(row)}
    return render(request, "denials/payer_contact.html", context, status=status_of(form))


@require_POST
@roles(*ADMINS)
@once
def contact_checked(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Somebody saw today that it still holds; or that it holds no more."""
    row = get_object_or_404(PayerContact, pk=contact_pk, payer=pk, is_current=True)
    if request.POST.get("found") == "gone":
        payer_contacts.retire(row)
        say_kept(request, f"{row.get_kind_display()} is no longer used. It stays in the history.")
    else:
        payer_contacts.verify(row, person(request), timezone.localdate())
        say_kept(request, f"{row.get_kind_display()} is marked as checked today.")
    return redirect("payers_edit", pk)


def _page(request: HttpRequest, row: Payer, form: PayerForm) -> HttpResponse:
    context = {
        "payer": row,
        "form": form,
        "history": history_of(row, parts=PARTS, labels=labels_of(PayerForm)),
        "shown_state": state_of(row, PARTS),
        **sheet_of(row, timezone.localdate()),
    }
    return render(request, "denials/payer.html", context, status=status_of(form))


def _past(row: Any) -> dict[str, Any]:
    return {"history": history_of(row), "shown_state": state_of(row)} if row else {"history": [], "shown_state": ""}


def _shown(row: PayerContact | None) -> dict[str, Any]:
    names = ("kind", "product", "value", "note", "verified_on")
    return {name: getattr(row, name) for name in names} if row else {}
