"""The timeline of an item: every record that tells something of its claim, from the service to now, each with its source.

An app above adds what it keeps (letters) by registering a reader in its `ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accounts.models import User
from denials.domain.days import business_days_between
from worklists import timeline_claim, timeline_facts, timeline_work
from worklists.domain.timeline import Entry, Told, assemble
from worklists.models import WorkItem

Reader = Callable[[WorkItem, User], Iterable[Entry]]
_READERS: list[Reader] = [timeline_claim.entries, timeline_facts.entries, timeline_work.entries]


def register(reader: Reader) -> None:
    """Called by an app in its `ready()`. A reader expects an item with what its page reads about it."""
    _READERS.append(reader)


def entries_of(item: WorkItem, user: User) -> list[Entry]:
    return [entry for reader in _READERS for entry in reader(item, user)]


def timeline_of(item: WorkItem, user: User, *, newest_first: bool = True) -> list[Told]:
    return assemble(entries_of(item, user), business_days_between, newest_first=newest_first)
