"""What has to be in hand for an item, piece by piece: what is needed, how a piece moves on, and how far all of it is.

The standard is what the code dictionary and the playbook ask for. Both may ask for the same thing in other words: it
then is one piece. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class State(StrEnum):
    NEEDED = "needed"
    REQUESTED = "requested"
    """Somebody was asked for it."""
    RECEIVED = "received"
    """It is here, and nobody has looked yet whether it is the right one."""
    VERIFIED = "verified"
    NOT_AVAILABLE = "not_available"
    """It cannot be had, and somebody says why."""


class Gathered(StrEnum):
    """How far the evidence of one item is."""

    NOTHING = ""
    REQUESTED = "requested"
    TO_VERIFY = "to_verify"
    PARTLY = "partly"
    COMPLETE = "complete"


HOW_FAR = {
    Gathered.NOTHING: "Nothing gathered",
    Gathered.REQUESTED: "Asked for, not here",
    Gathered.TO_VERIFY: "Here, to be verified",
    Gathered.PARTLY: "Some of it verified",
    Gathered.COMPLETE: "Complete",
}


SETTLED = frozenset({State.VERIFIED, State.NOT_AVAILABLE})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done to a piece: from which states, and the state it leads to."""

    label: str
    said: str
    """What the history says was done."""
    sources: frozenset[State]
    target: State
    needs_why: bool = False
    by_itself: bool = False
    """Comes with something else: a request, or a document."""


STEPS = {
    "request": Step(
        "Ask for it", "asked for", frozenset({State.NEEDED, State.NOT_AVAILABLE}), State.REQUESTED, by_itself=True
    ),
    "receive": Step("It is here", "received", frozenset(State), State.RECEIVED, by_itself=True),
    "verify": Step("Verified", "verified", frozenset({State.RECEIVED}), State.VERIFIED),
    "reject": Step(
        "Not the right one", "not the right one", frozenset({State.RECEIVED, State.VERIFIED}), State.NEEDED,
        needs_why=True,
    ),
    "give_up": Step(
        "Not available", "not available", frozenset({State.NEEDED, State.REQUESTED}), State.NOT_AVAILABLE,
        needs_why=True,
    ),
    "need": Step(
        "Needed after all", "needed after all", frozenset({State.NOT_AVAILABLE}), State.NEEDED, needs_why=True
    ),
    "withdraw": Step(
        "Request withdrawn", "request withdrawn", frozenset({State.REQUESTED}), State.NEEDED, by_itself=True
    ),
}  # fmt: skip

WORDS = {
    State.NEEDED: "needed",
    State.REQUESTED: "requested",
    State.RECEIVED: "received",
    State.VERIFIED: "verified",
    State.NOT_AVAILABLE: "not available",
}

FROM_CODE, FROM_PLAYBOOK, FROM_PERSON = "code", "playbook", "person"
ON_RECORD = frozenset({"remit", "remittance", "remittance advice", "835", "era"})
"""What Overturn itself holds for every item: the payer's remittance that it was read from."""
_LINKING = frozenset({"a", "an", "and", "any", "by", "for", "if", "in", "of", "or", "the", "to", "with"})
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class Need:
    """One piece that the standard asks for, and what asks for it."""

    name: str
    sources: tuple[str, ...]
    key: str


def is_allowed(step: str, state: str) -> bool:
    return State(state) in STEPS[step].sources


def refusal(step: str, state: str) -> str:
    return f"{STEPS[step].label}: not possible while it is {WORDS[State(state)]}."


def allowed_jumps() -> list[tuple[State, State]]:
    """Each change of state that some step makes, sorted: the database refuses every other one."""
    jumps = {(source, step.target) for step in STEPS.values() for source in step.sources if source != step.target}
    return sorted(jumps)


def key_of(name: str) -> str:
    """A name without case and punctuation, so that small differences make no second piece."""
    return " ".join(_words(name))[:_LONGEST_KEY].strip()


def is_same(one: str, other: str) -> bool:
    """Whether two names mean one piece: the words of the shorter all stand in the longer.

    A single word says little: "waiver" is "waiver signed by patient", yet "record" is no "emergency record". It has to
    come first. What is on record is only itself: "remit" is no "remit of the other payer".
    """
    if key_of(one) == key_of(other) or (is_on_record(one) and is_on_record(other)):
        return True
    if is_on_record(one) or is_on_record(other):
        return False
    shorter, longer = sorted((one, other), key=lambda name: len(_meaning(name)))
    if len(_meaning(shorter)) > 1:
        return _meaning(shorter) <= _meaning(longer)
    return _words(shorter)[:1] == _words(longer)[:1]


def needs(by_code: Iterable[str], by_playbook: Iterable[str]) -> list[Need]:
    """What the code and the playbook ask for, each piece once, in its fuller wording; what the code asks for first."""
    return list(_needs(tuple(by_code), tuple(by_playbook)))


@lru_cache(maxsize=2000)
def _needs(by_code: tuple[str, ...], by_playbook: tuple[str, ...]) -> Sequence[Need]:
    """There are few pairs of a code and a playbook, and many denials of each."""
    found: list[Need] = []
    for source, names in ((FROM_CODE, by_code), (FROM_PLAYBOOK, by_playbook)):
        for name in filter(key_of, names):
            place = next((at for at, need in enumerate(found) if is_same(need.name, name)), None)
            if place is None:
                found.append(Need(name, (source,), key_of(name)))
            else:
                found[place] = _joined(found[place], name, source)
    return tuple(found)


@lru_cache(maxsize=2000)
def is_on_record(name: str) -> bool:
    return key_of(name) in ON_RECORD


def gathered(states: Collection[str]) -> Gathered:
    """How far all of it is, from the states of the pieces that people have to gather."""
    if not states:
        return Gathered.NOTHING
    if State.RECEIVED in states:
        return Gathered.TO_VERIFY
    if SETTLED.issuperset(states):
        return Gathered.COMPLETE
    if State.REQUESTED in states:
        return Gathered.REQUESTED
    return Gathered.PARTLY if SETTLED.intersection(states) else Gathered.NOTHING


def _joined(need: Need, name: str, source: str) -> Need:
    fuller = max(need.name, name, key=lambda each: len(_meaning(each)))
    sources: Sequence[str] = need.sources if source in need.sources else (*need.sources, source)
    return Need(fuller, tuple(sources), key_of(fuller))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def _meaning(name: str) -> frozenset[str]:
    return frozenset(_words(name)) - _LINKING
