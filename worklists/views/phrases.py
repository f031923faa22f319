"""Everybody's own phrases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import WORKERS, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from accounts.row_history import state_of
from accounts.stale_forms import is_overtaken, say_both, status_of
from worklists.models import SmartPhrase
from worklists.notes import phrases
from worklists.notes.phrase_pages import PhraseForm, asked_words


@require_safe
@roles(*WORKERS)
def my_phrases(request: HttpRequest) -> HttpResponse:
    """Mine, and beside them what the practice has."""
    mine = [(phrase, asked_words(phrase)) for phrase in phrases.own(person(request))]
    ours = [(phrase, asked_words(phrase)) for phrase in phrases.of_the_practice()]
    return render(request, "worklists/phrases.html", {"mine": mine, "ours": ours})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def my_phrase(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    user = person(request)
    phrase = get_object_or_404(phrases.own(user), pk=pk) if pk else SmartPhrase(owner=user)
    is_late = request.method == "POST" and pk is not None and is_overtaken(request, phrase)
    form = PhraseForm(request.POST or None, instance=phrase)
    if is_late:
        say_both(form, state_of(phrase))
    if form.is_valid():
        say_kept(request, f"Phrase saved: {form.save()}.")
        return redirect("my_phrases")
    context = {"form": form, "is_new": pk is None, "shown_state": state_of(phrase) if pk else ""}
    return render(request, "worklists/phrase.html", context, status=status_of(form))
