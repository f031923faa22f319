"""Actions on one item or many, written down with how each stood before, and undone while nobody worked on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from worklists import beside, closing, last_days, parts_sent
from worklists.changes import BATCH, Done, Items, Refusal, lock
from worklists.domain.transitions import WORDS, Status, allowed_jumps
from worklists.models import Absence, Activity, BulkAct, BulkActRow, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.not_undone import not_undone
from worklists.permission import must_work, works_here
from worklists.restored import ADDING, RESTORED
from worklists.wording import not_too_long

UNDO_FOR = timedelta(minutes=10)
NAMED = 50
ASKED_AGAIN = "follow_up_on"
"""The fact of a note that sets another day to ask again: not only an addition."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person filled in for an action, so that the same can be done to items like it."""

    action: str
    given: dict[str, list[str]]


@transaction.atomic
def remember(
    kind: BulkAct.Kind,
    items: Items,
    user: User | None,
    verb: Callable[[list[int]], Done],
    *,
    reason: str = "",
    absence: Absence | None = None,
    asked: Asked | None = None,
) -> tuple[BulkAct | None, Done]:
    """Does `verb` to `items` and writes down how those it changed stood before. No act is left when it changed none.

    `user` None is Overturn itself.
    """
    ids = list(items.values_list("pk", flat=True)) if isinstance(items, WorkItemQuerySet) else list(items)
    # Locked first: what is written down as "before" must be what the verb meets.
    list(WorkItem.objects.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    words = {"action": asked.action, "given": asked.given} if asked else {}
    act = BulkAct.objects.create(kind=kind, actor=user, reason=not_too_long(reason.strip()), absence=absence, **words)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [act.pk, ids])
        beside.keep(act)
        done = verb(ids)
        if not done.done:
            act.delete()
            return None, done
        cursor.execute(FORGET, [act.pk, done.done])
        cursor.execute(AFTER, [act.pk])
    act.done, act.refused = len(done.done), in_short(done.refused)
    act.save(update_fields=["done", "refused"])
    return act, done


def reason_in(given: Mapping[str, Any]) -> str:
    """The reason among what was filled in, for the list of acts. Notes may hold patient data and stay out of it."""
    return str(given.get("reason") or given.get("because") or "")


def in_short(refused: list[Refusal]) -> list[tuple[str, int, list[int]]]:
    """Refusals by sentence: how many, and the first of these items."""
    by_sentence: dict[str, list[int]] = defaultdict(list)
    for refusal in refused:
        by_sentence[refusal.sentence].append(refusal.item_id)
    return [(sentence, len(ids), ids[:NAMED]) for sentence, ids in by_sentence.items()]


def may_undo(act: BulkAct, user: User) -> bool:
    """Whoever did it, and managers."""
    return user.may_work and (user.may_manage or act.actor_id == user.pk)


def can_be_undone(act: BulkAct) -> bool:
    """Also the rest of what was undone in part: what was in the way may be gone."""
    return is_in_time(act) and (act.undone_at is None or act.rows.filter(is_undone=False).exists())


def is_in_time(act: BulkAct) -> bool:
    return act.kind not in BulkAct.LASTING and timezone.now() < act.at + UNDO_FOR


def was_done_to(act: BulkAct, item: int) -> bool:
    return act.rows.filter(item=item).exists()


def last_undoable(user: User) -> BulkAct | None:
    """The newest thing that `user` did and may still take back; what is undone already, if in part, is passed over."""
    return _undoable_of(user).order_by("-pk").first()


def undoable(user: User, pk: int) -> BulkAct | None:
    """This act of `user`, if it may still be taken back."""
    return _undoable_of(user).filter(pk=pk).first()


def _undoable_of(user: User) -> QuerySet[BulkAct]:
    lately = BulkAct.objects.filter(actor=user, undone_at=None, at__gt=timezone.now() - UNDO_FOR)
    return lately.exclude(kind__in=BulkAct.LASTING)


@transaction.atomic
def undo(act: BulkAct, user: User) -> Done:
    """Puts each item back as it was before, unless somebody changed it since. Says which stayed, and why.

    What was only added since, such as a note, stands. What could not be put back may be tried again.
    """
    must_work(user)
    act = BulkAct.objects.select_for_update().get(pk=act.pk)
    if not may_undo(act, user):
        raise Refused("Nothing was changed: whoever did this, or a manager, can undo it.")
    kept = {row.item_id: row for row in act.rows.filter(is_undone=False)}
    if act.undone_at is not None and not kept:
        raise Refused("Nothing was changed: this was undone before.")
    if act.kind in BulkAct.LASTING:
        raise Refused("Nothing was changed: a note stays for good. Add another one that puts it right.")
    if not is_in_time(act):
        minutes = UNDO_FOR // timedelta(minutes=1)
        raise Refused(
            f"Nothing was changed: this can be undone for {minutes} minutes only. Reassign the items instead."
        )
    if act.kind == BulkAct.Kind.RESOLVED:
        closing.lock_claims(list(kept), user)
    rows, missing = lock(list(kept), user)
    refused = missing + _not_restorable(act, rows, kept)
    fit = sorted(kept.keys() - {refusal.item_id for refusal in refused})
    _restore(act, user, [row for row in rows if row.pk in set(fit)], kept)
    _write_down(act, user, fit, refused)
    return Done(fit, sorted(refused, key=lambda refusal: refusal.item_id))


def _restore(act: BulkAct, user: User, rows: list[WorkItem], kept: dict[int, BulkActRow]) -> None:
    text = f"{act.get_kind_display()} was undone."
    ids = [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(RESTORE, [timezone.now(), act.pk, ids])
        cursor.execute(STEP_BEFORE, [act.pk, ids, act.pk])
    beside.put_back(act, user, ids, timezone.localdate())
    Activity.objects.bulk_create(
        (
            Activity(
                item=row,
                kind=Activity.Kind.UNDONE,
                actor=user,
                status_from=row.status,
                status_to=kept[row.pk].before["status"],
                text=text,
                facts={"act": act.pk, "from": row.assignee_id, "to": kept[row.pk].owner_before_id},
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    opened = [row for row in rows if not row.is_open and kept[row.pk].before["status"] != row.status]
    last_days.save(opened, last_days.catch_up(opened), user)
    if parts := act.given.get("parts"):
        stayed = {row.pk for row in rows if kept[row.pk].before["status"] == row.status}
        as_before = list(WorkItem.objects.filter(pk__in=stayed).order_by("pk"))
        if act.action == parts_sent.REFUSED_PART:
            parts_sent.not_refused(as_before, user)
        else:
            parts_sent.take_back(as_before, [int(part) for part in parts], user)


def _write_down(act: BulkAct, user: User, fit: list[int], refused: list[Refusal]) -> None:
    act.rows.filter(item__in=fit).update(is_undone=True, kept_because="")
    for sentence, ids in _by_sentence(refused).items():
        act.rows.filter(item__in=ids).update(kept_because=sentence[:200])
    if not fit or act.undone_at is not None:
        return
    act.undone_at, act.undone_by = timezone.now(), user
    act.save(update_fields=["undone_at", "undone_by"])


def _by_sentence(refused: list[Refusal]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for refusal in refused:
        ids[refusal.sentence].append(refusal.item_id)
    return ids


def _not_restorable(act: BulkAct, rows: list[WorkItem], kept: dict[int, BulkActRow]) -> list[Refusal]:
    changed = [row for row in rows if row.version != kept[row.pk].version_after]
    who = _last_changes(changed)
    refused = [Refusal(row.pk, who.get(row.pk, "It was changed since.")) for row in changed]
    queues = dict(Queue.objects.filter(is_active=False).values_list("pk", "name"))
    gone = {user.pk: str(user) for user in User.objects.filter(pk__in=_owners(kept)) if not works_here(user)}
    jumps = {(source.value, target.value) for source, target in allowed_jumps()}
    hangs = beside.in_the_way(act, [row.pk for row in rows])
    is_taken = closing.no_newer_item(row for row in rows if not row.is_open)
    for row in (each for each in rows if each.version == kept[each.pk].version_after):
        before = kept[row.pk].before
        if sentence := hangs.get(row.pk):
            refused.append(Refusal(row.pk, sentence))
        elif row.status != before["status"] and (row.status, before["status"]) not in jumps:
            words = WORDS[Status(row.status)], WORDS[Status(before["status"])]
            refused.append(Refusal(row.pk, f"What is {words[0]} cannot become {words[1]} again."))
        elif not row.is_open and before["status"] != row.status and (sentence := is_taken(row)):
            refused.append(Refusal(row.pk, sentence))
        elif name := gone.get(before["assignee_id"]):
            refused.append(Refusal(row.pk, f"{name}, who had it, may not work items any more."))
        elif name := queues.get(before["queue_id"]):
            refused.append(Refusal(row.pk, f"{name}, where it was, is switched off."))
    return refused


def _owners(kept: dict[int, BulkActRow]) -> set[int]:
    return {row.owner_before_id for row in kept.values() if row.owner_before_id}


def _last_changes(rows: list[WorkItem]) -> dict[int, str]:
    """By item: who changed it last, and how. What was only added is no change, nor is what was taken back."""
    changes = Activity.objects.filter(not_undone()).exclude(Q(kind__in=ADDING) & ~Q(facts__has_key=ASKED_AGAIN))
    latest = changes.filter(item__in=[row.pk for row in rows]).order_by("item", "-at", "-pk").distinct("item")
    return {
        activity.item_id: f"{activity.actor or 'Overturn'} changed it since: {activity.get_kind_display().lower()}."
        for activity in latest.select_related("actor")
    }


BEFORE = ", ".join(f"'{name}', {name}" for name in ("version", *RESTORED))
KEEP = f"""
INSERT INTO worklists_bulkactrow (act_id, item_id, owner_before_id, before, is_undone, kept_because)
SELECT %s, id, assignee_id, jsonb_build_object({BEFORE}), false, ''
FROM worklists_workitem WHERE id = ANY(%s)
"""
STEP_BEFORE = """
UPDATE worklists_bulkactrow r SET version_after = w.version
FROM worklists_bulkactrow undone JOIN worklists_workitem w ON w.id = undone.item_id
WHERE undone.act_id = %s AND undone.item_id = ANY(%s) AND r.item_id = undone.item_id AND r.act_id < %s
    AND NOT r.is_undone AND r.version_after >= (undone.before ->> 'version')::int
"""
"""An item that is as the act before left it again: that one may be undone next. What the undone act added, as the note
of a promise does, carried it along (`restored.still_stand`).
"""
FORGET = "DELETE FROM worklists_bulkactrow WHERE act_id = %s AND item_id <> ALL(%s)"
AFTER = """
UPDATE worklists_bulkactrow r SET version_after = w.version, owner_after_id = w.assignee_id
FROM worklists_workitem w WHERE r.act_id = %s AND w.id = r.item_id
"""
RESTORE = f"""
UPDATE worklists_workitem w
SET {", ".join(f"{name} = b.{name}" for name in RESTORED)}, version = w.version + 1, updated_at = %s
FROM worklists_bulkactrow r
JOIN worklists_workitem now ON now.id = r.item_id
CROSS JOIN LATERAL jsonb_populate_record(now, r.before) b
WHERE r.act_id = %s AND r.item_id = w.id AND w.id = ANY(%s)
"""
