"""The box in which notes are written, on the page of an item: read with the item itself, in the same query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.utils.safestring import mark_safe

from accounts.formatting import moment
from accounts.models import User
from worklists.domain import contact_words
from worklists.domain import phrases as domain
from worklists.domain.transitions import WORKABLE
from worklists.models import CallClaim, NoteDraft, PinnedNote, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.notes import drafts, phrases
from worklists.notes.note_form import NoteForm

DRAFTS, PHRASES, PINNED, CALL = "note_drafts", "note_phrases", "note_pinned", "note_call"
KEY, VERSION = "draft", "draft_version"
"""Fields of the form: which draft it goes on with."""
SHOWN = 300
IDS = "note-%s"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One choice: `text` with what the item knows filled in."""

    key: str
    name: str
    text: str
    channel: str
    is_own: bool


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
    def kept_by(self) -> list[str]:
        return [str(self.today), str(self.last_safe)]

    @property
    def form(self) -> NoteForm:
        return NoteForm(auto_id=IDS, known={}, today=self.today, last_safe=self.last_safe)


@dataclass(frozen=True)
class NoteBox:
    make_form: Callable[[], NoteForm]
    empty: EmptyNote | None
    """Instead of the form, where nothing is filled in."""
    phrases: Sequence[Phrase]
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
        """What the box says beside its form. The phrases are written here because there are many
        (docs/decisions/rows-in-python.md).
        """
        draft = self.draft
        return {
            "draft_key": draft.key if draft else "",
            "draft_version": draft.version if draft else "",
            "kept": f"Not sent yet, from {moment(draft.kept_at, self.today)}" if draft else "",
            "phrases": mark_safe("".join(map(_option, self.phrases))),
            "other": self._other(*self.others) if self.others else None,
        }

    def _other(self, first: Draft, *more: Draft) -> dict[str, Any]:
        """Another unsent note about the same item."""
        at, begins = moment(first.kept_at, self.today), first.text or "no text yet"
        return {"key": first.key, "at": at, "begins": begins, "more": len(more)}


def with_note_box(rows: WorkItemQuerySet, user: User) -> WorkItemQuerySet:
    """`rows` with what `of` needs beside the facts of an item."""
    mine = NoteDraft.objects.filter(item=OuterRef("pk"), user=user, discarded_at=None).order_by("-kept_at", "-pk")
    pinned = PinnedNote.objects.filter(item=OuterRef("pk")).order_by("-pk")
    in_hand = CallClaim.objects.filter(item=OuterRef("pk"), is_in_hand=True)
    found: WorkItemQuerySet = rows.annotate(
        **{
            DRAFTS: ArraySubquery(
                mine.values(json=JSONObject(key="key", version="version", at="kept_at", body="body"))
            ),
            PHRASES: ArraySubquery(
                phrases.usable_by(user).values(
                    json=JSONObject(key="key", name="name", text="text", channel="channel", owner="owner")
                )
            ),
            PINNED: ArraySubquery(
                pinned.values(
                    json=JSONObject(
                        id="note_id",
                        text="note__text",
                        facts="note__facts",
                        at="note__at",
                        **_name_of("note__actor"),
                    )
                )
            ),
            CALL: Subquery(
                in_hand.values(
                    json=JSONObject(
                        id="call_id",
                        at="call__started_at",
                        caller="call__caller_id",
                        **_name_of("call__caller"),
                    )
                )[:1]
            ),
        }
    )
    return found


def _name_of(person: str) -> dict[str, str]:
    return {"first": f"{person}__first_name", "last": f"{person}__last_name", "username": f"{person}__username"}


def of(
    item: WorkItem,
    user: User,
    known: Mapping[str, str],
    today: date,
    *,
    sent: QueryDict | None = None,
    typed: Mapping[str, str] | None = None,
) -> NoteBox:
    """The box of an item that was read by `with_note_box`.

    `sent`: a form that is judged. `typed`: what the fields hold instead of the draft; with nothing but the key of a
    draft, that draft.
    """
    found = [_draft(row) for row in getattr(item, DRAFTS)]
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
    pinned = [_pinned(row) for row in getattr(item, PINNED)]
    ready, call = _phrases(getattr(item, PHRASES), known), _call(item, user)
    return NoteBox(form, empty, ready, at_hand, others, pinned, call, today)


def known_draft(data: QueryDict) -> drafts.Known:
    """Which draft a form goes on with."""
    return drafts.read(data.get(KEY, ""), data.get(VERSION, ""))


def _draft(row: Mapping[str, Any]) -> Draft:
    body = row["body"]
    return Draft(row["key"], row["version"], datetime.fromisoformat(row["at"]), body.get("text", "")[:SHOWN], body)


def _phrases(rows: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> list[Phrase]:
    """A person's own phrase takes the place of the practice's of the same key."""
    by_key: dict[str, Phrase] = {}
    for row in rows:
        if row["key"] not in by_key or row["owner"]:
            text = domain.fill(row["text"], known)
            by_key[row["key"]] = Phrase(row["key"], row["name"], text, row["channel"], bool(row["owner"]))
    return list(by_key.values())


def _option(phrase: Phrase) -> str:
    key, called, text, channel = map(escape, (phrase.key, phrase.name, phrase.text, phrase.channel))
    return f'<option value="{key}" data-text="{text}" data-channel="{channel}">.{key} · {called}</option>'


def _pinned(row: Mapping[str, Any]) -> Pinned:
    facts = row["facts"]
    words = contact_words.in_words(facts.get("contact", {}))
    return Pinned(
        row["id"], row["text"], contact_words.headline(facts), words, datetime.fromisoformat(row["at"]), _name(row)
    )


def _call(item: WorkItem, user: User) -> CallInHand | None:
    row = getattr(item, CALL)
    if row is None:
        return None
    return CallInHand(_name(row), datetime.fromisoformat(row["at"]), row["id"], row["caller"] == user.pk)


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["first"], row["last"]) if part) or row["username"] or ""
