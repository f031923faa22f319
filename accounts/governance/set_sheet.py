"""What the page of a set of changes shows: each change with its difference, whether all of it fits, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.governance import areas, gathering
from accounts.governance.approving import may_approve
from accounts.governance.areas import area_keyed
from accounts.governance.bundles import members_of
from accounts.governance.set_forms import AboutForm
from accounts.governance.sheet import difference, edit_url, no_second_person
from accounts.governance.states import State, is_allowed
from accounts.governance.trying import applied
from accounts.models import Change, ChangeSet, ReviewArea, User
from accounts.refusal import Refused


def of_set(bundle: ChangeSet, user: User, form: AboutForm | None = None) -> dict[str, Any]:
    area, members = area_keyed(bundle.area), members_of(bundle)
    alone = frozenset(ReviewArea.objects.filter(author_may_approve=True).values_list("key", flat=True))
    is_mine = bundle.author_id == user.pk
    is_draft = bundle.state == State.DRAFT
    return {
        "bundle": bundle,
        "area": area,
        "members": list(_shown(members)),
        "misfit": _misfit(bundle) if bundle.is_open and members else "",
        "panel": areas.panel_of(bundle, user),
        "grounds": areas.grounds_of(bundle),
        "loose": gathering.loose_drafts(area, user) if is_mine and is_draft else [],
        "about_form": (form or AboutForm.of(bundle)) if is_mine and is_draft else None,
        "advice": _advice(bundle, user, alone),
        "steps": list(bundle.steps.select_related("person")),
        "undone_by": ChangeSet.objects.filter(undoes=bundle).first(),
        **_buttons(bundle, user, alone, is_mine=is_mine),
    }


def listed(bundles: Iterable[ChangeSet]) -> list[dict[str, Any]]:
    """Rows of a list: the set, its area in words, and how many changes it holds."""
    return [{"bundle": each, "area": areas.title_of(each.area), "number": each.changes.count()} for each in bundles]


def _shown(members: Iterable[Change]) -> Iterable[dict[str, Any]]:
    for change in members:
        yield {
            "change": change,
            "differences": [difference(edit["label"], edit["was"], edit["becomes"]) for edit in change.edits],
            "edit_url": edit_url(change),
        }


def _misfit(bundle: ChangeSet) -> str:
    """Why it could not take effect as it stands; "" where it could."""
    try:
        applied(bundle, lambda: None)
    except Refused as refused:
        return refused.sentence
    return ""


def _advice(bundle: ChangeSet, user: User, alone: frozenset[str]) -> str:
    if bundle.state != State.WAITING or may_approve(bundle, user, alone_in=alone):
        return ""
    return no_second_person(bundle)


def _buttons(bundle: ChangeSet, user: User, alone: frozenset[str], *, is_mine: bool) -> dict[str, Any]:
    return {
        "is_mine": is_mine,
        "may_look": bundle.state == State.WAITING and may_approve(bundle, user, alone_in=alone),
        "may_reject": bundle.state in (State.WAITING, State.APPROVED),
        "may_withdraw": is_mine and is_allowed("withdraw", bundle.state),
        "may_take_back": is_mine and is_allowed("reopen", bundle.state),
        "may_roll_back": user.may_manage and bundle.state == State.ACTIVE,
        "draft_url": reverse("draft_set", args=[bundle.area]),
    }
