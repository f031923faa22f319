"""The one table of what may happen to a change: the check in Python, the buttons and PostgreSQL's trigger read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    """Its author still writes it."""
    WAITING = "waiting"
    """Somebody else has to look at it."""
    APPROVED = "approved"
    """Takes effect on its day."""
    ACTIVE = "active"
    """In force."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """Was in force until a later change of the same fields."""
    ROLLED_BACK = "rolled_back"


OPEN = frozenset({State.DRAFT, State.WAITING, State.APPROVED})
"""Nothing of it is in force yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done to a change: from which states, and where it leads (None: the state stays)."""

    name: str
    said: str
    sources: frozenset[State]
    target: State | None


STEPS = {
    step.name: step
    for step in (
        Step("draft", "Drafted", frozenset({State.DRAFT}), None),
        Step("send", "Sent for approval", frozenset({State.DRAFT}), State.WAITING),
        Step("approve", "Approved", frozenset({State.WAITING}), State.APPROVED),
        Step("apply", "Took effect", frozenset({State.WAITING, State.APPROVED}), State.ACTIVE),
        Step("confirm", "Confirmed", frozenset({State.ACTIVE}), None),
        Step("reject", "Rejected", frozenset({State.WAITING, State.APPROVED}), State.REJECTED),
        Step("withdraw", "Withdrawn", OPEN, State.WITHDRAWN),
        Step("reopen", "Back in draft", frozenset({State.WAITING, State.APPROVED, State.REJECTED}), State.DRAFT),
        Step("replace", "Replaced by a later change", frozenset({State.ACTIVE}), State.REPLACED),
        Step("restore", "In force again", frozenset({State.REPLACED}), State.ACTIVE),
        Step("roll_back", "Rolled back", frozenset({State.ACTIVE}), State.ROLLED_BACK),
        Step("comment", "Comment", frozenset(State), None),
    )
}
WORDS = {
    State.DRAFT: "a draft",
    State.WAITING: "waiting for approval",
    State.APPROVED: "approved and not yet in force",
    State.ACTIVE: "in force",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
    State.REPLACED: "replaced by a later change",
    State.ROLLED_BACK: "rolled back",
}


def is_allowed(step: str, state: str) -> bool:
    return state in STEPS[step].sources


def allowed_jumps() -> list[tuple[State, State]]:
    """Each change of state that some step makes, sorted: the database refuses every other one."""
    jumps = {
        (source, step.target)
        for step in STEPS.values()
        if step.target is not None
        for source in step.sources
        if source != step.target
    }
    return sorted(jumps)
