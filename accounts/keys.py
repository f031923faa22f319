"""The keys of the pages, and what a person made of them. Pure: keys in, keys or sentences out.

A page declares its keys as shipped (`data-key="e"`); `static/js/keyboard.js` gives them the person's own. Two keys in a
row, such as `g q`, follow their first one.
"""

from __future__ import annotations

from collections.abc import Mapping

KEYS = {
    "j": "Next row or item",
    "k": "Row or item before",
    "x": "Tick the row",
    "e": "Done and next",
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
    "s": "Ask again later, save",
    "o": "Open again",
    "z": "Undo the last act",
    "y": "Do the same to items with the same fault, acknowledge",
    "b": "Back to the list, bring back",
    "d": "End an escalation, discard",
    "f": "Filter, fill the first open place",
    "h": "History, hold",
    "i": "The item of this page",
    "v": "Views of this list",
    "w": "Withdraw",
    "g": "Go to: first of two keys",
    ".": "Take the most pressing item",
    "/": "Search",
    "?": "All keys",
    "[": "Page before",
    "]": "Next page",
}
"""As shipped. A key may do one thing on one page and another on the next; it stays one key."""


def own(kept: Mapping[str, str]) -> dict[str, str]:
    """Each shipped key with the one that a person presses for it."""
    return {key: kept.get(key, key) for key in KEYS}


def changed(chosen: Mapping[str, str]) -> dict[str, str]:
    """What has to be kept: only what differs from what is shipped."""
    return {key: given for key, given in chosen.items() if key in KEYS and given != key}


def faults(chosen: Mapping[str, str]) -> dict[str, str]:
    """By shipped key, in words, what is wrong with the one chosen for it: not one key, a digit, or given twice."""
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for key, given in chosen.items():
        if len(given) != 1 or not given.isprintable() or given.isspace():
            found[key] = "Give one key: a letter or a sign."
        elif given.isdigit():
            found[key] = "The digits open the parts of an item. Choose a letter or a sign."
        elif given in first:
            found[key] = (
                f"{given.upper()} would do two things: “{KEYS[first[given]]}” and “{KEYS[key]}”. "
                "Give one of them another key."
            )
        else:
            first[given] = key
    return found
