"""Notes that are being written, kept on the server: patients' data does not belong into a browser's storage.

Each window writes a draft of its own. Nothing is ever overwritten unseen: a window that knows an older version of a
draft, because another one went on with it, writes a new draft beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.asked import whole_number
from accounts.models import User
from accounts.refusal import Refused
from worklists.models import NoteDraft, WorkItem
from worklists.permission import must_work

KEPT_FOR = timedelta(days=30)
BROUGHT_BACK_FOR = timedelta(minutes=10)
"""As long as what is done to items can be undone."""
MOST_FIELDS = 40
LONGEST = 20_000
NOT_TYPED = {"channel"}
"""Has a value before anybody writes."""
MOST_DRAFTS = 20
"""Of one person about one item."""


@dataclass(frozen=True, slots=True)
class Known:
    """Which draft a window is writing, as of which version; `key` is empty before it was kept for the first time."""

    key: str = ""
    version: int = 0


def read(key: str, version: str) -> Known:
    """What a form says of its draft, read without trusting it."""
    try:
        return Known(str(uuid.UUID(key)), whole_number(version) or 0)
    except ValueError:
        return Known()


def keep(item: WorkItem, user: User, known: Known, body: Mapping[str, str]) -> NoteDraft | None:
    """Keeps what is being written; where nothing is left of it, no draft stays.

    The answer has another key where the draft went on elsewhere or was sent.
    """
    must_work(user)
    body = {name: value for name, value in body.items() if value}
    if len(body) > MOST_FIELDS or sum(map(len, body.values())) > LONGEST:
        raise Refused("This draft is too long to be kept. Shorten it, or send it in two notes.")
    if not body.keys() - NOT_TYPED:
        drop(item, user, known)
        return None
    mine = of(item, user)
    if _same(mine, known).update(body=body, version=F("version") + 1, kept_at=timezone.now()):
        return mine.get(key=known.key)
    if mine.count() >= MOST_DRAFTS:
        raise Refused("There are too many drafts about this item. Send or discard some of them.")
    return NoteDraft.objects.create(user=user, item=item, body=body)


def drop(item: WorkItem, user: User, known: Known) -> None:
    """Ends a draft that was sent, or that was emptied. One that went on elsewhere stays."""
    _same(of(item, user), known).delete()


def discard(item: WorkItem, user: User, known: Known) -> bool:
    """Puts a draft away that is not wanted. Returns whether it did: one that went on elsewhere stays."""
    must_work(user)
    return _same(of(item, user), known).update(discarded_at=timezone.now()) > 0


def bring_back(item: WorkItem, user: User, key: str) -> None:
    """Undoes `discard`: the draft stands in the box of the note again, first of all that are there."""
    must_work(user)
    now = timezone.now()
    mine = NoteDraft.objects.filter(item=item, user=user, discarded_at__gte=now - BROUGHT_BACK_FOR)
    if not _same_key(mine, key).update(discarded_at=None, kept_at=now):
        raise Refused("Nothing was brought back: a discarded draft can be for ten minutes, and these are over.")


def of(item: WorkItem, user: User) -> QuerySet[NoteDraft]:
    """The drafts of one person about one item, newest first."""
    return NoteDraft.objects.filter(item=item, user=user, discarded_at=None).order_by("-kept_at", "-pk")


def beside(item: WorkItem, user: User, kept: NoteDraft | None) -> QuerySet[NoteDraft]:
    """What other windows hold."""
    return of(item, user).exclude(pk=kept.pk) if kept else of(item, user)


def _same(rows: QuerySet[NoteDraft], known: Known) -> QuerySet[NoteDraft]:
    return rows.filter(key=known.key, version=known.version) if known.key else rows.none()


def _same_key(rows: QuerySet[NoteDraft], key: str) -> QuerySet[NoteDraft]:
    known = read(key, "")
    return rows.filter(key=known.key) if known.key else rows.none()


def forget_old(now: datetime) -> int:
    """Deletes drafts that nobody touched for `KEPT_FOR`, and discarded ones. Returns how many."""
    is_old = Q(kept_at__lt=now - KEPT_FOR) | Q(discarded_at__lt=now - BROUGHT_BACK_FOR)
    return NoteDraft.objects.filter(is_old).delete()[0]
