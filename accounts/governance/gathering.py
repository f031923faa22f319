"""Drawing up a set of changes: which drafts it takes in, what it is called, and why it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.governance.areas import Area
from accounts.governance.bundles import hold_set, must_be_draft
from accounts.governance.states import State
from accounts.governance.steps import hold, may_govern, must_be_author, take
from accounts.models import Change, ChangeSet, User
from accounts.refusal import Refused

UNTITLED = "Draft of {}"


@dataclass(frozen=True, slots=True)
class About:
    """What a set is called, why it is made, and from when on."""

    name: str
    why: str
    active_on: date


def draft_of(area: Area, person: User) -> ChangeSet | None:
    """The set that this person is drawing up; there is at most one for each area."""
    return ChangeSet.objects.filter(area=area.key, author=person, state=State.DRAFT).first()


def loose_drafts(area: Area, person: User) -> list[Change]:
    """Drafts of this person that belong to no set."""
    rows = Change.objects.filter(area=area.key, author=person, state=State.DRAFT, bundle=None)
    return list(rows.order_by("pk"))


@transaction.atomic
def gather(area: Area, person: User) -> ChangeSet:
    """Takes this person's loose drafts into the set that they draw up, which is made if there is none."""
    may_govern(person)
    drafts = loose_drafts(area, person)
    found = draft_of(area, person)
    if not drafts:
        raise Refused("There is no draft of yours to gather. Change a rule and save it as a draft first.")
    if found is None:
        found = ChangeSet.objects.create(
            area=area.key, author=person, name=UNTITLED.format(area.title.lower()), moved_at=timezone.now()
        )
        take(found, "draft", person)
    bundle = hold_set(found)
    for draft in drafts:
        change = hold(draft.pk)
        if change.state == State.DRAFT and change.bundle_id is None:
            change.bundle = bundle
            change.save(update_fields=["bundle"])
    return bundle


@transaction.atomic
def leave_out(bundle: ChangeSet, change: Change, person: User) -> ChangeSet:
    """Parts a draft from the set: it stays a draft of its own."""
    bundle = _own_draft(bundle, person)
    change = hold(change.pk)
    if change.bundle_id == bundle.pk:
        change.bundle = None
        change.save(update_fields=["bundle"])
    return bundle


@transaction.atomic
def call_it(bundle: ChangeSet, person: User, about: About) -> ChangeSet:
    """Says what the set is called, why it is made and from when on."""
    bundle = _own_draft(bundle, person)
    return take(bundle, "draft", person, name=about.name, why=about.why, active_on=about.active_on)


def _own_draft(bundle: ChangeSet, person: User) -> ChangeSet:
    """The set, held until the end of the transaction. Refused to all but its author, and once it was sent."""
    held = hold_set(bundle)
    must_be_author(held, person)
    must_be_draft(held)
    return held
