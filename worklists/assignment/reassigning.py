"""Gives many items to other people at once, as a plan says that was looked at before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.refusal import Refused
from worklists import acts, since
from worklists.assignment import sharing
from worklists.assignment.sharing import How, Plan
from worklists.changes import Done, lock, write
from worklists.models import Absence, Activity, BulkAct, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.permission import must_work
from worklists.since import NOTHING, Seen
from worklists.wording import reason_for


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan for those of many items that nobody else changed since they were shown; `changed` are the others."""

    plan: Plan
    changed: dict[int, Activity]

    @property
    def asked(self) -> int:
        return self.plan.asked + len(self.changed)


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What came of it. `act` None: nothing was changed, because another plan comes out by now (`proposal`)."""

    proposal: Proposal
    act: BulkAct | None

    @property
    def plan(self) -> Plan:
        return self.proposal.plan


def receivers_for(how: How, chosen: Sequence[User]) -> list[User]:
    """Raises Refused when the people do not fit the way of sharing out."""
    if how is How.QUEUE:
        return []
    if how is How.ONE and len(chosen) != 1:
        raise Refused("Nothing was changed: choose exactly one person, or another way to share the items out.")
    if not chosen:
        raise Refused("Nothing was changed: choose who gets the items.")
    gone = [str(person) for person in chosen if not (person.is_active and person.may_work)]
    if gone:
        raise Refused(f"Nothing was changed: {', '.join(gone)} may not work items. Choose somebody else.")
    return list(chosen)


def propose(
    items: WorkItemQuerySet, user: User, *, how: How, receivers: Sequence[User], today: date, known: Seen = NOTHING
) -> Proposal:
    """How the items would be shared out, without those that somebody else changed after what `user` has `known`."""
    changed = since.by_others(items.values_list("pk", flat=True), user, known)
    rest = items.exclude(pk__in=changed) if changed else items
    return Proposal(sharing.plan(rest, user, how, receivers_for(how, receivers), today), changed)


@transaction.atomic
def reassign(
    items: WorkItemQuerySet,
    user: User,
    *,
    how: How,
    receivers: Sequence[User],
    reason: str,
    today: date,
    known: Seen = NOTHING,
    seen: str | None = None,
) -> Reassigned:
    """Gives the items away as they are shared out now. What somebody else changed since is left as it is.

    `seen` is the fingerprint of the plan that the person looked at: when another one comes out by now, nothing is
    changed. Raises Refused without a reason or with people who do not fit.
    """
    must_work(user)
    reason = reason_for("reassign the items", reason)
    proposal = propose(_locked(items), user, how=how, receivers=receivers, today=today, known=known)
    if seen is not None and seen != proposal.plan.fingerprint:
        return Reassigned(proposal, None)
    refused = [*proposal.plan.refused, *since.refusals(proposal.changed)]
    act = carry_out(replace(proposal.plan, refused=refused), user, reason, BulkAct.Kind.REASSIGNED)
    if act is None:
        raise Refused("Nothing was changed: none of these items can be given away in this way.")
    return Reassigned(proposal, act)


def carry_out(
    made: Plan,
    user: User | None,
    reason: str,
    kind: BulkAct.Kind,
    *,
    absence: Absence | None = None,
    by: User | None = None,
) -> BulkAct | None:
    """Does what a plan says, as one act that can be undone. Expects its items to be locked. None: it moves nothing.

    `user` None: Overturn itself moves them, on the word of `by` where somebody gave it.
    """
    to = {pk: share.who for share in made.shares for pk in share.items}

    def give(ids: list[int]) -> Done:
        rows, _ = lock(ids, None)
        return Done(sorted(_give(rows, to, user, reason)), made.refused)

    act, _ = acts.remember(kind, sorted(to), user or by, give, reason=reason, absence=absence)
    return act


def _locked(items: WorkItemQuerySet) -> WorkItemQuerySet:
    """The same rows by id, locked in id order."""
    ids = list(items.order_by("pk").values_list("pk", flat=True))
    visible = WorkItem.objects.filter(pk__in=ids)
    list(visible.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return visible


def _give(rows: list[WorkItem], to: dict[int, User | None], user: User | None, reason: str) -> list[int]:
    groups: dict[tuple[int | None, int | None, bool], list[WorkItem]] = {}
    for row in rows:
        who = to[row.pk]
        is_put_back = who is None and row.status == WorkItem.Status.TAKEN
        groups.setdefault((row.assignee_id, who.pk if who else None, is_put_back), []).append(row)
    done: list[int] = []
    for (owner, receiver, is_put_back), group in groups.items():
        facts = {"from": owner, "to": receiver}
        kind = Activity.Kind.RELEASED if receiver is None else Activity.Kind.HANDED_OVER
        action = "release" if is_put_back else "hand_over"
        done += write(group, action, kind, user, text=reason, facts=facts, assignee_id=receiver)
    return done
