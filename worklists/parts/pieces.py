"""What to have in hand before answering: how each piece of evidence stands."""

from __future__ import annotations

from typing import Any

from accounts.formatting import as_words
from worklists.domain.evidence import WORDS, State
from worklists.evidence.checklist import Checklist, Line

CSS = {State.VERIFIED: "state good", State.REQUESTED: "state soon", State.RECEIVED: "state soon"}


def checklist_in_words(checklist: Checklist) -> dict[str, Any]:
    return {"verified": checklist.verified, "pieces": [_piece(line) for line in checklist.lines]}


def _piece(line: Line) -> dict[str, Any]:
    state = State(line.state)
    return {
        "called": as_words(line.name),
        "is_verified": state is State.VERIFIED,
        "css": CSS.get(state, "state"),
        "stands": "on record" if line.is_on_record else WORDS[state],
    }
