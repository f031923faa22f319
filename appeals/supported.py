"""What the record behind a letter supports: what it may claim, and what keeps it from being sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.refusal import Refused
from appeals.domain.asserted import contradictions, unanswered
from appeals.models import Appeal
from worklists.behavioral import findings


@dataclass(frozen=True, slots=True)
class Support:
    """Beside the letter while it is written. `applies` is off where the checklist is not for the item."""

    applies: bool
    may_claim: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


def support_of(appeal: Appeal, text: str) -> Support:
    if not findings.applies_to(appeal.item):
        return Support(applies=False)
    found = findings.answered(appeal.item)
    return Support(
        True,
        [finding.may_claim for finding in found if finding.holds and finding.may_claim],
        contradictions(text, found),
        unanswered(text, found),
    )


def must_hold(appeal: Appeal, text: str) -> None:
    """Raises Refused where the letter claims what somebody found not to be in the record."""
    if wrong := support_of(appeal, text).contradicted:
        raise Refused(f"Nothing was sent. {' '.join(wrong)} Change the letter, or answer the checklist again.")
