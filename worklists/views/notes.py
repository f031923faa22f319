"""Notes of one item: written, drafted while somebody types, pinned."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.last_done import left_nothing
from accounts.once import once
from accounts.refusal import Refused
from denials.payer_contacts import contacts_for
from worklists import acts, item_clocks, item_sheet, presence, timing
from worklists.changes import Done
from worklists.domain import phrases as domain
from worklists.models import BulkAct, WorkItem
from worklists.notes import drafts, note_box, phrases, writing
from worklists.notes.note_box import NoteBox
from worklists.notes.note_form import BLANK, DRAFTED
from worklists.views import answers, list_position
from worklists.wording import kept_at


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def item_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The note's form as a page of its own, and where every form of a note is sent."""
    item = _item(request, pk)
    if request.method != "POST":
        note_access(request, "work_item", item.pk)
        return _show(request, item, _box(request, item, typed=request.GET.dict()))
    if "phrase" in request.POST and "use" in request.POST:
        return _put_in(request, item)
    box = _box(request, item, sent=request.POST)
    if not box.form.is_valid():
        return _show(request, item, box, status=422)
    try:
        kept = _write(request, item, box)
    except Refused as refused:  # shown with the form, so that nobody loses what they wrote
        box.form.add_error(None, refused.sentence)
        return _show(request, item, box, status=refused.status)
    drafts.drop(item, person(request), note_box.known_draft(request.POST))
    timing.note(request, item.pk, "note")
    presence.leave(item.pk, person(request))
    said = f"Note added to item {item.pk}. {box.form.comes_back}".strip()
    if kept is None:
        answers.say_added(request, said, item.pk)
    else:
        answers.say_with_undo(request, said, kept)
    return list_position.to_item(request, item.pk)


def _write(request: HttpRequest, item: WorkItem, box: NoteBox) -> BulkAct | None:
    """Writes the note. One that also sets a day to come back can be undone as far as the day goes."""
    user, today, note = person(request), timezone.localdate(), box.form.note

    def verb(ids: list[int]) -> Done:
        return writing.write_down(ids[0], user, note, today=today).or_refuse()

    if note.promised_on is None:
        verb([item.pk])
        return None
    return acts.remember(BulkAct.Kind.POSTPONED, [item.pk], user, verb, reason="Promised by the payer")[0]


def _put_in(request: HttpRequest, item: WorkItem) -> HttpResponse:
    """Without JavaScript: the chosen phrase goes into the text, and its blanks become fields."""
    known, typed = _known(request, item), request.POST.dict()
    chosen = phrases.keyed(typed["phrase"], person(request))
    if chosen is not None:
        before = typed.get("text", "").strip()
        text = domain.fill(chosen.text, known)
        typed |= {"text": f"{before}\n{text}" if before else text, "channel": chosen.channel}
    return _show(request, item, _box(request, item, known, typed=typed))


@require_POST
@roles(*WORKERS)
@once
def item_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed, and answers with the draft and what other windows hold; or discards a draft, or
    brings it back.
    """
    user = person(request)
    item: WorkItem = get_visible_or_404(WorkItem.objects.all(), user, pk=pk)
    if "back" in request.GET:
        drafts.bring_back(item, user, request.GET["back"])
        answers.say(request, "The draft is back in the box of the note.")
        return list_position.to_item(request, item.pk)
    known = note_box.known_draft(request.POST)
    if "discard" in request.POST:
        if drafts.discard(item, user, known):
            left_nothing(request)
            undo_url = f"{reverse('item_draft', args=[item.pk])}?back={known.key}"
            answers.say_undone_at(request, "The draft is discarded.", undo_url)
        return list_position.to_item(request, item.pk)
    kept = drafts.keep(item, user, known, _body(request))
    others = drafts.beside(item, user, kept)
    told: dict[str, Any] = {
        "draft": str(kept.key) if kept else "",
        "version": kept.version if kept else "",
        "kept": kept_at(kept.kept_at) if kept else "",
        "parted": bool(kept and known.key and str(kept.key) != known.key),
        "others": [{"key": str(each.key), "text": each.body.get("text", "")[:300]} for each in others],
    }
    return JsonResponse(told)


@require_POST
@roles(*WORKERS)
@once
def item_pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pins a note, or takes its pin off."""
    item: WorkItem = get_visible_or_404(WorkItem.objects.all(), person(request), pk=pk)
    note = whole_number(request.POST.get("note", ""))
    if note is None:
        raise Refused("Nothing was changed: say which note to pin.")
    is_pinned = request.POST.get("pinned") == "yes"
    writing.pin(item.pk, person(request), note=note, is_pinned=is_pinned).or_refuse()
    answers.say_added(request, "The note is pinned." if is_pinned else "The note is not pinned any more.", item.pk)
    return list_position.to_panel(request, item.pk, "notes")


def _item(request: HttpRequest, pk: int) -> WorkItem:
    rows = item_sheet.items_with_their_facts(WorkItem.objects.all())
    found: WorkItem = get_visible_or_404(rows, person(request), pk=pk)
    return found


def _known(request: HttpRequest, item: WorkItem) -> dict[str, str]:
    today = timezone.localdate()
    contacts = contacts_for(item.payer, item.denial.remitted_claim, today)
    return phrases.known_of(item, person(request), contacts, item_clocks.other_parts(item), today)


def _box(request: HttpRequest, item: WorkItem, known: dict[str, str] | None = None, **given: Any) -> NoteBox:
    user, known = person(request), known or _known(request, item)
    return note_box.of(item, user, note_box.read(item, user), known, timezone.localdate(), **given)


def _show(request: HttpRequest, item: WorkItem, box: NoteBox, *, status: int = 200) -> HttpResponse:
    return render(request, "worklists/note.html", {"item": item, "note_box": box}, status=status)


def _body(request: HttpRequest) -> dict[str, str]:
    """The fields of the form that a draft keeps."""
    named = ((name, value) for name, value in request.POST.items() if name in DRAFTED or name.startswith(BLANK))
    return {name: str(value).replace("\x00", "") for name, value in named}
