"""Enclosures that a draft still names though their documents were refused or withdrawn since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.refusal import Refused
from appeals.models import Appeal
from worklists.evidence.verified import Fallen, enclosures_of, fallen


@dataclass(frozen=True, slots=True)
class Reworded:
    """A document that counts no more and stood in the letter by its name; the lines that came since may mean it."""

    fallen: Fallen
    lines: list[str]

    @property
    def sentence(self) -> str:
        lines = ", ".join(f"“{line}”" for line in self.lines)
        return f"{self.fallen.sentence} The letter named it before; since then it says {lines}."


def fallen_in(appeal: Appeal) -> list[Fallen]:
    """What a draft may not enclose any more. What was sent keeps its enclosures as they were sent."""
    return fallen(appeal.item, appeal.enclosures) if appeal.status == Appeal.Status.DRAFT else []


def reworded_in(appeal: Appeal) -> list[Reworded]:
    """What a draft may still enclose in other words: only the history of its lines tells, and only people know."""
    if appeal.status != Appeal.Status.DRAFT:
        return []
    events: Any = Appeal.pgh_event_models["update"].objects  # type: ignore[attr-defined]
    versions = events.filter(pgh_obj=appeal.pk).order_by("pgh_id").values_list("enclosures", flat=True)
    beside = {name: lines for lines in versions for name in lines if name not in appeal.enclosures}
    gone = fallen(appeal.item, list(beside))
    if not gone:
        return []
    told = [*enclosures_of(appeal.item), *(each.name for each in fallen_in(appeal))]
    found = []
    for each in gone:
        if lines := [line for line in appeal.enclosures if line not in beside[each.name] and line not in told]:
            found.append(Reworded(each, lines))
    return found


def marked(names: Sequence[str], gone: Sequence[Fallen]) -> list[str]:
    """The enclosures as a draft prints them: what may not go out is an open place."""
    was = {each.name: each.was for each in gone}
    return [f"{name} [missing: a document for this, it was {was[name]}]" if name in was else name for name in names]


def must_hold(appeal: Appeal, *, is_confirmed: bool) -> None:
    """Raises Refused where the letter would enclose what somebody found to be wrong. `is_confirmed`: somebody says that
    no reworded line means it.
    """
    if gone := fallen_in(appeal):
        raise Refused(
            f"The letter was not marked as sent. {' '.join(each.sentence for each in gone)} The draft is kept as it is:"
            " take that line out of the enclosures or put another document there, save it, then mark it as sent."
        )
    if not is_confirmed and (reworded := reworded_in(appeal)):
        raise Refused(
            f"The letter was not marked as sent. {' '.join(each.sentence for each in reworded)} The draft is kept as it"
            " is: take that line out of the enclosures if it means that document, or confirm that it means another."
        )
