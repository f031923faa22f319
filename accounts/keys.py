"""The keys of the pages, and what a person made of them. Pure: keys in, keys or sentences out.

A page declares its keys as shipped (`data-key="e"`); `static/js/keyboard.js` gives them the person's own. Of two keys
in a row, such as `g q`, the second one is chosen for itself; the first follows its own choice.
"""

from __future__ import annotations

from collections.abc import Mapping

KEYS = {
    "j": "Next row or item",
    "k": "Row or item before",
    "x": "Tick the row, or the next step of a playbook",
    "e": "Resolve",
    "a": "Assign: hand over",
    "t": "Tickler: postpone",
    "n": "Note",
    "c": "Call the payer",
    "p": "Appeal",
    "q": "Ask another team",
    "m": "Take",
    "u": "Put back into the queue",
    "r": "Record the answer, reassign",
    "l": "Escalate",
    "s": "Ask again later, save, spoke to",
    "o": "Open again, groups of a list",
    "z": "Undo the last act",
    "y": "Do the same to items with the same fault, acknowledge",
    "b": "Back to the list, bring back",
    "d": "End an escalation, discard, day of a claim in a call, bring a document",
    "f": "Filter, fill the first open place, ask for records",
    "h": "History, hold",
    "i": "The item of this page",
    "v": "Views of this list, verify a piece of evidence",
    "w": "Withdraw",
    "g": "Go to: first of two keys",
    ".": "Take the most pressing item",
    "/": "Search",
    "?": "All keys",
    "[": "Page before",
    "]": "Next page",
    **{str(number): f"Part {number} of an item, outcome {number} of a call" for number in range(1, 10)},
    "g d": "My day",
    "g q": "My queues",
    "g w": "Waiting for payers",
    "g k": "Waiting for colleagues",
    "g i": "All items",
    "g p": "Calls",
    "g v": "Views",
    "g n": "Notifications",
    "g e": "Escalated",
    "g x": "Exceptions",
    "g b": "Board",
    "g f": "Forecast",
    "g c": "Changes",
}
"""As shipped. A key may do one thing on one page and another on the next; it stays one key."""


def first_of(key: str) -> str:
    """The key that has to be pressed before this one; empty for a key that works by itself."""
    return key.rpartition(" ")[0]


def pressed(key: str) -> str:
    """What is chosen of a shipped key: itself, of two in a row the second."""
    return key.rpartition(" ")[2]


def own(kept: Mapping[str, str]) -> dict[str, str]:
    """Each shipped key with the one that a person presses for it; of two in a row, the second."""
    return {key: kept.get(key, pressed(key)) for key in KEYS}


def changed(chosen: Mapping[str, str]) -> dict[str, str]:
    """What has to be kept: only what differs from what is shipped."""
    return {key: given for key, given in chosen.items() if key in KEYS and given != pressed(key)}


def faults(chosen: Mapping[str, str]) -> dict[str, str]:
    """By shipped key, in words, what is wrong with the one chosen for it: not one key, or given twice.

    What follows another key stands apart from what works by itself: Q may open a question, and the queues after G.
    """
    found: dict[str, str] = {}
    taken: dict[tuple[str, str], str] = {}
    for key, given in chosen.items():
        place = (first_of(key), given)
        if len(given) != 1 or not given.isprintable() or given.isspace():
            found[key] = "Give one key: a letter, a digit or a sign."
        elif place in taken:
            found[key] = (
                f"{given.upper()} would do two things: “{KEYS[taken[place]]}” and “{KEYS[key]}”. "
                "Give one of them another key."
            )
        else:
            taken[place] = key
    return found
