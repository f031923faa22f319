"""The one table of what may happen to an appeal: the verbs, the buttons and the trigger in PostgreSQL ask it."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    """Its text may change."""
    SENT = "sent"
    """Its text is frozen; the payer's answer is awaited."""
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


IN_HAND = (Status.DRAFT, Status.SENT)

ACTIONS: dict[str, tuple[frozenset[Status], Status | None]] = {
    "edit": (frozenset({Status.DRAFT}), None),
    "send": (frozenset({Status.DRAFT}), Status.SENT),
    "ask_again": (frozenset({Status.SENT}), None),
    "decide": (frozenset({Status.SENT}), Status.DECIDED),
    "wait_again": (frozenset({Status.DECIDED}), Status.SENT),
    "withdraw": (frozenset({Status.DRAFT, Status.SENT}), Status.WITHDRAWN),
}
"""By name: from which states, and the state it leads to (None: the state stays)."""

WORDS = {
    Status.DRAFT: "still a draft",
    Status.SENT: "sent already",
    Status.DECIDED: "decided already",
    Status.WITHDRAWN: "withdrawn",
}


def is_allowed(action: str, status: str) -> bool:
    return status in ACTIONS[action][0]


def allowed_jumps() -> list[tuple[Status, Status]]:
    """Each change of state that some action makes, sorted: the database refuses every other one."""
    return sorted((source, target) for sources, target in ACTIONS.values() if target for source in sources)


def refusal(status: str) -> str:
    return f"This letter is {WORDS[Status(status)]}, so nothing was changed."
