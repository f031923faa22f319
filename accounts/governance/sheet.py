"""What the page of a change shows: the difference, what it moves, its steps, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist

from accounts.governance import areas
from accounts.governance.approving import may_approve
from accounts.governance.differences import Piece, readable
from accounts.governance.edits import befores, read, stale
from accounts.governance.proposing import form_for
from accounts.governance.states import State, is_allowed
from accounts.governance.steps import row_of
from accounts.models import Change, ChangeSet, ReviewArea, Role, User

ROLL_BACK = Change.Kind.ROLL_BACK


class Difference(NamedTuple):
    """One field: both texts, and for long ones the words that differ."""

    name: str
    was: str
    becomes: str
    pieces: list[Piece]


def listed(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Rows of a list: the change, its area in words, and which fields it is about."""
    return [
        {
            "change": each,
            "area": areas.title_of(each.area),
            "names": ", ".join(edit["label"] for edit in each.edits[:4]) + (" …" if len(each.edits) > 4 else ""),
        }
        for each in changes
    ]


def of_change(change: Change, user: User) -> dict[str, Any]:
    area = areas.area_keyed(change.area)
    row = _row(change)
    alone = frozenset(ReviewArea.objects.filter(author_may_approve=True).values_list("key", flat=True))
    return {
        "change": change,
        "area": area,
        "row_url": area.address(row) if row is not None else "",
        "differences": [difference(edit["label"], edit["was"], edit["becomes"]) for edit in change.edits],
        "touched": areas.touched_by(change, row),
        "undone": change.replaces.filter(state=State.ROLLED_BACK).first() if change.kind == ROLL_BACK else None,
        "advice": _advice(change, user, alone),
        "stale": _stale(change, row) if change.is_open else "",
        "edit_url": edit_url(change),
        "steps": list(change.steps.select_related("person")),
        **_buttons(change, user, alone),
    }


def difference(name: str, was: str, becomes: str) -> Difference:
    return Difference(name, was, becomes, readable(was, becomes))


def _row(change: Change) -> Any:
    try:
        return row_of(change)
    except ObjectDoesNotExist:
        return None


def _stale(change: Change, row: Any) -> str:
    """Which fields somebody changed after this was drafted; then nobody can approve it as it is."""
    if row is None:
        return ""
    moved = stale(form_for(areas.area_keyed(change.area), row), befores(read(change.edits)))
    if not moved:
        return ""
    return f"{', '.join(moved)}. It cannot be approved as it is: its author takes it back to draft and sends it again."


def _advice(change: Change, user: User, alone: frozenset[str]) -> str:
    """For those who may not be the second to look: who may, or what to do where nobody else is there."""
    if change.bundle is not None or not _looked_at(change) or may_approve(change, user, alone_in=alone):
        return ""
    return no_second_person(change)


def no_second_person(change: Change | ChangeSet) -> str:
    """What to do for somebody who may not approve this."""
    others = User.objects.filter(is_active=True, role__in=(Role.MANAGER, Role.ADMIN)).exclude(pk=change.author_id)
    if others.exists():
        return "Somebody else has to look at it: who drafts a change does not approve it."
    return (
        "Nobody else here may approve it. An administrator can let the author of such a change approve alone, in the"
        " review calendar; the change then says so for good."
    )


def _looked_at(change: Change) -> bool:
    """Whether it waits for a second person, before it takes effect or afterwards."""
    return change.state == State.WAITING or change.is_unconfirmed


def edit_url(change: Change) -> str:
    """Of the page on which its author rewrites a draft."""
    area, row = areas.area_keyed(change.area), _row(change)
    if row is not None:
        return f"{area.address(row)}?change={change.pk}"
    return f"{area.new_address(change.seed)}?change={change.pk}" if area.new_address else ""


def _buttons(change: Change, user: User, alone: frozenset[str]) -> dict[str, Any]:
    is_mine = change.author_id == user.pk
    is_draft = change.state == State.DRAFT
    if change.bundle is not None:
        return {"is_mine": is_mine, "may_edit": is_mine and is_draft, "may_withdraw": is_mine and is_draft}
    looks = _looked_at(change)
    return {
        "is_mine": is_mine,
        "may_edit": is_mine and is_draft,
        "may_gather": is_mine and is_draft,
        "may_look": looks and may_approve(change, user, alone_in=alone),
        "may_reject": looks or change.state == State.APPROVED,
        "may_send": is_mine and is_allowed("send", change.state),
        "may_withdraw": is_mine and is_allowed("withdraw", change.state),
        "may_take_back": is_mine and is_allowed("reopen", change.state),
        "may_roll_back": change.state == State.ACTIVE and (is_mine or not change.is_unconfirmed),
        "may_draft_back": change.state == State.REPLACED,
    }
