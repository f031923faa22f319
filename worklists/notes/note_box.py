"""The box in which notes are written, on the page of an item: read with all that stands beside the item."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from html import escape
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from accounts.formatting import moment
from accounts.models import User
from accounts.one_statement import read_in_one
from worklists.domain import contact_words
from worklists.domain import phrases as domain
from worklists.domain.transitions import WORKABLE
from worklists.models import CallClaim, NoteDraft, PinnedNote, SmartPhrase, WorkItem
from worklists.notes import drafts, phrases
from worklists.notes.note_form import NoteForm

KEY, VERSION = "draft", "draft_version"
"""Fields of the form: which draft it goes on with."""
SHOWN = 300
IDS = "note-%s"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is offered again."""

    key: str
    version: int
    kept_at: datetime
    text: str
    body: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned note as it is read."""

    id: int
    text: str
    headline: str
    contact: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CallInHand:
    """A colleague's call in which this item is being asked about."""

    caller: str
    since: datetime
    id: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class EmptyNote:
    """A form in which nothing is filled in: alike for every item with the same last safe day."""

    today: date
    last_safe: date | None

    @property
    def kept_by(self) -> str:
        return f"{self.today} {self.last_safe}"

    @property
    def form(self) -> NoteForm:
        return NoteForm(auto_id=IDS, known={}, today=self.today, last_safe=self.last_safe)


@dataclass(frozen=True)
class NoteBox:
    make_form: Callable[[], NoteForm]
    empty: EmptyNote | None
    """Instead of the form, where nothing is filled in."""
    phrases: SafeString
    """Each as one choice, with what the item knows filled in."""
    draft: Draft | None
    """The one that the form goes on with."""
    others: Sequence[Draft]
    pinned: Sequence[Pinned]
    call: CallInHand | None
    today: date

    @cached_property
    def form(self) -> NoteForm:
        return self.make_form()

    @property
    def words(self) -> dict[str, Any]:
        """What the box says beside its form."""
        draft = self.draft
        return {
            "draft_key": draft.key if draft else "",
            "draft_version": draft.version if draft else "",
            "kept": f"Not sent yet, from {moment(draft.kept_at, self.today)}" if draft else "",
            "phrases": self.phrases,
            "other": self._other(*self.others) if self.others else None,
        }

    def _other(self, first: Draft, *more: Draft) -> dict[str, Any]:
        """Another unsent note about the same item."""
        at, begins = moment(first.kept_at, self.today), first.text or "no text yet"
        return {"key": first.key, "at": at, "begins": begins, "more": len(more)}


class Read(NamedTuple):
    """The rows of `asks`."""

    drafts: Sequence[NoteDraft]
    phrases: Sequence[SmartPhrase]
    pinned: Sequence[PinnedNote]
    in_hand: Sequence[CallClaim]


def asks(item: WorkItem, user: User) -> dict[str, QuerySet[Any]]:
    """What the box shows of an item, by the names of `Read`."""
    pinned = PinnedNote.objects.filter(item=item).select_related("note__actor").order_by("-pk")
    in_hand = CallClaim.objects.filter(item=item, is_in_hand=True).select_related("call__caller")
    return {
        "drafts": NoteDraft.objects.filter(item=item, user=user, discarded_at=None).order_by("-kept_at", "-pk"),
        "phrases": phrases.usable_by(user),
        "pinned": pinned.defer(*User.all_but_names("note__actor")),
        "in_hand": in_hand.defer(*User.all_but_names("call__caller"))[:1],
    }


def read(item: WorkItem, user: User) -> Read:
    return Read(*read_in_one(*asks(item, user).values()))


def of(
    item: WorkItem,
    user: User,
    read: Read,
    known: Mapping[str, str],
    today: date,
    *,
    sent: QueryDict | None = None,
    typed: Mapping[str, str] | None = None,
) -> NoteBox:
    """The box of an item with what was read for it.

    `sent`: a form that is judged. `typed`: what the fields hold instead of the draft; with nothing but the key of a
    draft, that draft.
    """
    found = list(map(_draft, read.drafts))
    asked = (typed if sent is None else sent) or {}
    at_hand = next((draft for draft in found if draft.key == asked.get(KEY)), None)
    if not asked and found:
        at_hand = found[0]
    last_safe = item.can_wait_until(today) if item.status in WORKABLE else None
    filled = {**(at_hand.body if at_hand else {}), **asked} if sent is None else None

    def form() -> NoteForm:
        return NoteForm(sent, initial=filled, auto_id=IDS, known=known, today=today, last_safe=last_safe)

    empty = EmptyNote(today, last_safe) if filled == {} else None
    others = [draft for draft in found if draft is not at_hand]
    pinned, ready = list(map(_pinned, read.pinned)), _phrases(read.phrases, known)
    call = next((_call(each, user) for each in read.in_hand), None)
    return NoteBox(form, empty, ready, at_hand, others, pinned, call, today)


def known_draft(data: QueryDict) -> drafts.Known:
    """Which draft a form goes on with."""
    return drafts.read(data.get(KEY, ""), data.get(VERSION, ""))


def _draft(row: NoteDraft) -> Draft:
    return Draft(str(row.key), row.version, row.kept_at, row.body.get("text", "")[:SHOWN], row.body)


def _phrases(rows: Sequence[SmartPhrase], known: Mapping[str, str]) -> SafeString:
    """The choices, written here because there are many (docs/decisions/rows-in-python.md). A person's own phrase takes
    the place of the practice's of the same key.
    """
    by_key: dict[str, SmartPhrase] = {}
    for row in rows:
        if row.key not in by_key or row.owner_id:
            by_key[row.key] = row
    options = "".join([_option(row.key, row.name, row.text, row.channel) for row in by_key.values()])
    return SafeString(domain.fill(options, {name: escape(value) for name, value in known.items()}))


@lru_cache(maxsize=500)
def _option(key: str, name: str, text: str, channel: str) -> str:
    """One choice, with the blanks of its text still open. A brace in its name opens none."""
    key, text, channel, called = escape(key), escape(text), escape(channel), escape(name).replace("{", "&#123;")
    return f'<option value="{key}" data-text="{text}" data-channel="{channel}">.{key} · {called}</option>'


def _pinned(row: PinnedNote) -> Pinned:
    note = row.note
    words = contact_words.in_words(note.facts.get("contact", {}))
    return Pinned(
        note.pk, note.text, contact_words.headline(note.facts), words, note.at, str(note.actor) if note.actor else ""
    )


def _call(row: CallClaim, user: User) -> CallInHand:
    call = row.call
    return CallInHand(str(call.caller), call.started_at, call.pk, call.caller_id == user.pk)
