"""Open work follows when a code, a payer or a limit of time means something else than before.

Closed work is history and stays as it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from denials import jobs
from denials import rereading as conclusions
from denials.course import day_of
from denials.domain.conclusion import in_words
from denials.models import Claim, Denial, Rereading
from denials.rereading import Reread
from worklists import split
from worklists.changes import write_each
from worklists.denial_facts import WATCHED, is_work, reason_of
from worklists.domain.transitions import target_of
from worklists.evidence.checklist import checklist_of
from worklists.models import Activity, Resolution, WorkItem
from worklists.opening import handled, open_denials
from worklists.ranking import RANKED, Ranker
from worklists.routing.router import Router, facts_about, freeze, values_of

REREAD = "reread"
BATCH = 200
FIELDS = [
    "category", "reason", "denied_amount", "amount_at_risk", "deadline", "last_safe_on", *RANKED,
    "queue", "rule", "rule_version", "routed_because", "rule_set", "routed_on", "routed_facts",
    "status", "resolution", "resolved_at", "postponed_until", "postponed_because", "assignee", "evidence_state",
]  # fmt: skip
SHOWN = {
    "outcome": "outcome", "category": "category", "owner_team": "owner team", "resolution": "way to resolve",
    "appeal_allowed": "appeal allowed", "denied_amount": "denied", "amount_at_risk": "at risk", "deadline": "last day",
}  # fmt: skip


def ask(
    *,
    because: str,
    user: User | None = None,
    codes: Iterable[tuple[str, str]] = (),
    categories: Iterable[str] = (),
    payers: Iterable[int] = (),
    rules: Iterable[str] = (),
    denials: Iterable[int] = (),
) -> Rereading:
    """Asks for every open denial that one of these touches to be concluded again, in the background.

    `codes` are pairs of code system and code, `payers` and `denials` are ids, `rules` ids of payer rules such as
    MCR-L1. `because` is the sentence that each changed item's history gets.
    """
    rereading = Rereading.objects.create(
        because=because[:300],
        asked_by=user,
        codes=[list(pair) for pair in codes],
        categories=list(categories),
        payers=list(payers),
        rules=list(rules),
        denials=list(denials),
    )
    jobs.ask(REREAD, rereading.pk, user)
    return rereading


def open_among(denials: QuerySet[Denial]) -> QuerySet[Denial]:
    """Those with open work, further parts of a claim that was split, and those that are only watched or wait for
    somebody to make sense of them.
    """
    further = Q(is_denial=True) & Q(Exists(split.held_beside("pk", "claim")))
    waiting = Q(outcome__in=WATCHED) | ~Q(exceptions=[]) | further
    return denials.filter(Q(work_item__is_open=True) | Q(work_item__isnull=True) & waiting)


@transaction.atomic
def read_batch(rereading_id: int) -> bool:
    """The next batch of a rereading in one transaction. Returns whether more is left."""
    rereading = Rereading.objects.select_for_update().get(pk=rereading_id)
    if rereading.finished_at is not None:
        return False
    waiting = open_among(conclusions.touched(rereading)).filter(pk__gt=rereading.reached).order_by("pk")
    batch = dict(waiting.values_list("pk", "claim")[:BATCH])
    # The claims are locked before their items, as opening and settling do.
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=batch.values()).order_by("pk").values_list("pk"))
    changed = conclusions.reread(batch)
    _follow(changed, rereading)
    rereading.read += len(batch)
    rereading.changed += len(changed)
    rereading.reached = max(batch, default=rereading.reached)
    rereading.finished_at = None if len(batch) == BATCH else timezone.now()
    rereading.save()
    return rereading.finished_at is None


def count(rereading: Rereading) -> int:
    """How many open denials it touches and has not read yet."""
    return open_among(conclusions.touched(rereading)).filter(pk__gt=rereading.reached).count()


def _follow(changed: Sequence[Reread], rereading: Rereading) -> None:
    rows = WorkItem.objects.open().filter(claim__in=[each.now.claim_id for each in changed])
    locked = list(rows.select_related("assignee").select_for_update(of=("self",), no_key=True).order_by("pk"))
    more = split.other_parts(locked)
    items = {item.denial_id: item for item in locked}
    beside = {part.pk: item for item in locked for part in more[item.pk]}
    router, ranker = Router.current(), Ranker.of([each.now for each in changed])
    router.look_up([each.now for each in changed if each.now.pk in items])
    activities = [
        activity for each in changed if each.now.pk in items
        for activity in _take_along(items[each.now.pk], each, more, router, rereading)
    ]  # fmt: skip
    for each in changed:
        if each.now.pk in items:
            ranker.rank(items[each.now.pk], each.now)
    further = [(beside[each.now.pk], each) for each in changed if each.now.pk in beside]
    activities += [_count_part(item, each, rereading) for item, each in further]
    own = [items[each.now.pk] for each in changed if each.now.pk in items]
    touched = {item.pk: item for item in [*own, *(item for item, _ in further)]}
    write_each(list(touched.values()), FIELDS, activities)
    known = items.keys() | beside.keys()
    _open_new([each.now for each in changed if each.now.pk not in known and is_work(each.now)])


def _count_part(item: WorkItem, each: Reread, rereading: Rereading) -> Activity:
    """A further part of the claim means something else now: amounts and last day of the item follow."""
    before, denial = each
    item.denied_amount += denial.denied_amount - before.denied_amount
    item.amount_at_risk += denial.amount_at_risk - before.amount_at_risk
    parts = split.parts_of([item])[item.pk]
    item.deadline, item.last_safe_on = split.first_of(parts)
    own = Denial.objects.get(pk=item.denial_id)
    Ranker.of([own]).rank(item, own)
    number = denial.remitted_claim.payer_control_number
    return Activity(
        item=item,
        kind=Activity.Kind.REREAD,
        actor=rereading.asked_by,
        text=f"{rereading.because} Part {number} of the claim: {_in_words(each)}".strip(),
        facts={"rereading": rereading.pk, **_facts(each)},
    )


def _open_new(denials: Sequence[Denial]) -> None:
    """What was only watched and is work now. What became work before stays with the item that it became."""
    known = handled([denial.claim_id for denial in denials])
    for denial in Denial.objects.filter(pk__in=[d.pk for d in denials if d.pk not in known]).select_related(
        "payer", "facility", "remitted_claim__remittance__file"
    ):
        open_denials([denial], day_of(denial.remitted_claim.remittance))


def _take_along(
    item: WorkItem, each: Reread, more: Mapping[int, Sequence[Denial]], router: Router, rereading: Rereading
) -> Iterable[Activity]:
    """Changes the locked item, and says what changed. What somebody owns keeps its queue and stays open."""
    denial = each.now
    _take_over(item, each, more.get(item.pk, ()))
    told = Activity(
        item=item,
        kind=Activity.Kind.REREAD,
        actor=rereading.asked_by,
        text=f"{rereading.because} {_in_words(each)}".strip(),
        facts={"rereading": rereading.pk, **_facts(each)},
    )
    yield told
    if item.assignee_id is not None:
        freeze(item, each.before)
        return
    if not is_work(denial):
        freeze(item, each.before)
        _close(item, told)
        return
    place = router.place(denial, item.round)
    if item.queue_id != place.queue_id or place.assignee_id:
        yield Activity(item=item, kind=Activity.Kind.ROUTED, text=place.because, facts=facts_about(place))
    for name, value in values_of(place).items():
        setattr(item, name, value)


def _take_over(item: WorkItem, each: Reread, other_parts: Sequence[Denial]) -> None:
    """Amounts change by the difference: the item may hold another part of the same claim besides this denial."""
    before, denial = each
    item.category, item.reason = denial.category, reason_of(denial)
    item.denied_amount += denial.denied_amount - before.denied_amount
    item.amount_at_risk += denial.amount_at_risk - before.amount_at_risk
    item.deadline, item.last_safe_on = split.first_of([denial, *other_parts])
    if item.evidence_state:
        item.denial = denial
        item.evidence_state = checklist_of(item).gathered.value


def _close(item: WorkItem, told: Activity) -> None:
    target = target_of("settle", item.status)
    told.status_from, told.status_to = item.status, target.value
    told.text += " It is no work any more and is closed."
    item.status = target.value
    item.postponed_until, item.postponed_because = None, ""
    item.resolution, item.resolved_at = Resolution.NO_ACTION, timezone.now()


def _facts(each: Reread) -> dict[str, Any]:
    values = {}
    for name in SHOWN:
        before, now = getattr(each.before, name), getattr(each.now, name)
        if before != now:
            values[name] = [_plain(before), _plain(now)]
    return values


def _in_words(each: Reread) -> str:
    changes = [f"{SHOWN[name]} {before or 'none'}, now {now or 'none'}" for name, (before, now) in _facts(each).items()]
    return f"Read again: {'; '.join(changes)}." if changes else "Read again: its reasons and next action are new."


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return in_words(str(value))
