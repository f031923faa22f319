"""The timeline of an item: all that records tell of its claim, from the service to now, each with its source.

An app above adds what it keeps (letters) by registering a reader in its `ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from denials.domain.days import business_days_between
from worklists import timeline_claim, timeline_facts, timeline_work
from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Told, assemble

Reader = Callable[[ClaimRecord], Iterable[Entry]]
_READERS: list[Reader] = [timeline_claim.entries, timeline_facts.entries, timeline_work.entries]


def register(reader: Reader) -> None:
    """Called by an app in its `ready()`."""
    _READERS.append(reader)


def entries_of(record: ClaimRecord) -> list[Entry]:
    return [entry for reader in _READERS for entry in reader(record)]


def timeline_of(record: ClaimRecord) -> tuple[list[Told], list[Told]]:
    """All that is told, newest first; and apart from it what would bury the rest."""
    entries = entries_of(record)
    main, aside = ([each for each in entries if each.is_aside == is_aside] for is_aside in (False, True))
    return assemble(main, business_days_between), assemble(aside, business_days_between)
