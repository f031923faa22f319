"""The one table of what may happen to a work item.

The check in Python, the filter of bulk actions, the buttons on the screen, the trigger in PostgreSQL and the diagram
in the docs all come from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    NEW = "new"
    """Nobody works it."""
    TAKEN = "taken"
    """Its owner works it."""
    POSTPONED = "postponed"
    """Comes back on a date."""
    WAITING = "waiting"
    """Something was sent; the payer's answer is awaited."""
    ASKING = "asking"
    """A colleague of another team was asked; the deadline runs on meanwhile."""
    RESOLVED = "resolved"
    """Closed with an outcome."""


OPEN = frozenset({Status.NEW, Status.TAKEN, Status.POSTPONED, Status.WAITING, Status.ASKING})
WORKABLE = frozenset({Status.NEW, Status.TAKEN, Status.POSTPONED})
DEADLINE_RUNS = WORKABLE | {Status.ASKING}
"""Nothing was sent to the payer yet, so that its last day can still be missed."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that may be done: from which states, and the state it leads to (None: the state stays)."""

    name: str
    label: str
    sources: frozenset[Status]
    target: Status | None
    by_people: bool = True


ACTIONS = {
    action.name: action
    for action in (
        Action("take", "Take", frozenset({Status.NEW, Status.POSTPONED}), Status.TAKEN),
        Action("release", "Put back", frozenset({Status.TAKEN, Status.POSTPONED}), Status.NEW),
        Action("note", "Note", frozenset(Status), None),
        Action("postpone", "Postpone", WORKABLE, Status.POSTPONED),
        Action("wake", "Came back", frozenset({Status.POSTPONED}), Status.TAKEN, by_people=False),
        Action("wake_unowned", "Came back", frozenset({Status.POSTPONED}), Status.NEW, by_people=False),
        Action("hand_over", "Hand over", OPEN, None),
        Action("move", "Move to another queue", OPEN, None),
        Action("send", "Mark as sent", WORKABLE, Status.WAITING),
        Action("return", "Answer came", frozenset({Status.WAITING}), Status.TAKEN),
        Action("return_unowned", "Answer came", frozenset({Status.WAITING}), Status.NEW),
        Action("escalate", "Escalate", OPEN, None),
        Action("acknowledge", "Acknowledge the escalation", OPEN, None),
        Action("deescalate", "End the escalation", frozenset(Status), None),
        Action("ask_again", "Ask again later", frozenset({Status.WAITING}), None),
        Action("ask", "Ask a colleague", DEADLINE_RUNS, Status.ASKING),
        Action("answered", "Colleague answered", frozenset({Status.ASKING}), Status.TAKEN),
        Action("answered_unowned", "Colleague answered", frozenset({Status.ASKING}), Status.NEW),
        Action("resolve", "Resolve", OPEN, Status.RESOLVED),
        Action("settle", "Settled by a remittance", OPEN, Status.RESOLVED, by_people=False),
        Action("reopen", "Reopen", frozenset({Status.RESOLVED}), Status.NEW),
        Action("take_back", "Taken back by the payer", frozenset({Status.RESOLVED}), Status.NEW, by_people=False),
        Action("undo_to_taken", "Undone", frozenset({Status.RESOLVED}), Status.TAKEN, by_people=False),
        Action(
            "undo_to_postponed",
            "Undone",
            frozenset({Status.RESOLVED, Status.ASKING}),
            Status.POSTPONED,
            by_people=False,
        ),
        Action("undo_to_waiting", "Undone", frozenset({Status.RESOLVED}), Status.WAITING, by_people=False),
        Action("undo_to_asking", "Undone", frozenset({Status.RESOLVED}), Status.ASKING, by_people=False),
    )
}


def is_allowed(action: str, status: str) -> bool:
    """Whether `action` may be done to an item in `status`."""
    return status in ACTIONS[action].sources


def target_of(action: str, status: str) -> Status:
    """The state that `action` leads to from `status`."""
    return ACTIONS[action].target or Status(status)


def allowed_jumps() -> list[tuple[Status, Status]]:
    """Each change of state that some action makes, sorted: the database refuses every other one."""
    jumps = {
        (source, action.target)
        for action in ACTIONS.values()
        if action.target is not None
        for source in action.sources
        if source != action.target
    }
    return sorted(jumps)


def refusal(action: str, status: str) -> str:
    """Why `action` cannot be done now, in words for the person who asked."""
    return f"{ACTIONS[action].label}: not possible while the item is {WORDS[Status(status)]}."


WORDS = {
    Status.NEW: "open and unowned",
    Status.TAKEN: "being worked",
    Status.POSTPONED: "postponed",
    Status.WAITING: "waiting for the payer",
    Status.ASKING: "waiting for a colleague",
    Status.RESOLVED: "resolved",
}
