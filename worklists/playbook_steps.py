"""The playbook on an item: its steps with their days, and what was ticked. Which playbook it is, is never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Team, User
from accounts.one_statement import read_in_one
from accounts.refusal import Conflict, Refused
from denials import playbooks
from denials.domain.days import add_business_days
from denials.models import Playbook
from denials.versions import as_stamp, stamp_of
from worklists.beside import OF_PLAYBOOK
from worklists.changes import Done, Items, do_each, lock, sort_out, write
from worklists.models import Activity, PlaybookStepDone, WorkItem
from worklists.permission import must_work
from worklists.wording import of_many

MOST_PLAYBOOKS = 3
"""Of items that have little in common, whose steps together people can still read."""
CHOSEN_BY = ("denial__payer", "denial__facility", "denial__remitted_claim")
"""What the choice of a playbook reads."""
MOVED_ON = "Nothing was ticked: the playbook of this item has changed since you opened it. Reload the page."


@dataclass(frozen=True, slots=True)
class Step:
    """One step with who does it and by when; `due` is None where the day of the denial is not known."""

    key: str
    text: str
    who: str
    day: int
    due: date | None
    done: PlaybookStepDone | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class OnItem:
    """The playbook of an item, why it is this one, and the others that speak of the denial."""

    playbook: Playbook
    because: str
    steps: Sequence[Step]
    told: Sequence[str]
    """Who should hear of it, so that it does not happen again."""
    others: Sequence[tuple[Playbook, str]]

    @property
    def done(self) -> int:
        return sum(step.done is not None for step in self.steps)


def on_item(item: WorkItem) -> OnItem | None:
    """What the page of an item shows. Expects denial, claim payment, payer and facility to be loaded."""
    return from_rows(item, *read_in_one(*rows_for(item)))


def rows_for(item: WorkItem) -> tuple[QuerySet[Any], QuerySet[Any], QuerySet[Any]]:
    """What `from_rows` is made of: the ticks of this round, the stamp of the playbooks, and the teams by key."""
    ticks = (
        PlaybookStepDone.objects.filter(item=item, round=item.round)
        .select_related("by")
        .defer(*User.all_but_names("by"))
    )
    return ticks, stamp_of(Playbook), Team.objects.values_list("key", "name")


def from_rows(
    item: WorkItem,
    ticks: Sequence[PlaybookStepDone],
    stamp: Sequence[tuple[int, int]],
    teams: Sequence[tuple[str, str]],
) -> OnItem | None:
    chosen = playbooks.chosen_for(item.denial, as_stamp(stamp))
    if chosen is None:
        return None
    names = dict(teams)
    decided_on = item.denial.decided_on
    ticked = {each.step: each for each in ticks if each.playbook == chosen.playbook.key}
    following = next((row["key"] for row in chosen.playbook.steps if row["key"] not in ticked), "")
    steps = [
        Step(
            key=row["key"],
            text=row["text"],
            who=playbooks.called(row["team"], names),
            day=row["day"],
            due=add_business_days(decided_on, row["day"]) if decided_on else None,
            done=ticked.get(row["key"]),
            is_next=row["key"] == following,
        )
        for row in chosen.playbook.steps
    ]
    told = [playbooks.called(key, names) for key in chosen.playbook.feedback]
    return OnItem(chosen.playbook, chosen.because, steps, told, chosen.others)


@transaction.atomic
def tick(item: int, user: User, *, step: str, is_done: bool, seen: int | None = None) -> Done:
    """Ticks a step of the item's playbook, or takes the tick off. Done twice it stays done once, and nothing is done.

    Two people who tick, or take off, the same step want the same and cannot collide. Who takes a tick off means the one
    they have `seen`: Conflict where somebody has set another since.
    """
    must_work(user)
    rows, missing = lock([item], user)
    fit, refused = sort_out(rows, "note", _open)
    done: list[int] = []
    for row in fit:
        done += _tick(row, user, step, is_done, seen)
    return Done(done, missing + refused)


def tick_each(items: Items, user: User, *, step: str) -> Done:
    """Ticks a step of one playbook, as `steps_of_many` names it, on each item that has this playbook."""
    playbook, _, name = step.partition(OF_PLAYBOOK)

    def verb(pk: int) -> None:
        row = WorkItem.objects.visible_to(user).select_related(*CHOSEN_BY).filter(pk=pk).first()
        chosen = playbooks.chosen_for(row.denial) if row else None
        if row and (chosen is None or chosen.playbook.key != playbook):
            raise Refused("This item has another playbook.")
        if not tick(pk, user, step=name, is_done=True).or_refuse().done:
            raise Refused("This step is ticked already.")

    must_work(user)
    return do_each(items, verb)


def steps_of_many(items: Sequence[int], today: date) -> dict[str, Any]:
    """What the form about many items offers: steps not ticked on some of them, of the playbooks that most have."""
    ticked = set(PlaybookStepDone.objects.filter(item__in=items).values_list("item", "round", "playbook", "step"))
    having: Counter[str] = Counter()
    open_on: Counter[tuple[str, str]] = Counter()
    found: dict[str, Playbook] = {}
    for item in WorkItem.objects.open().filter(pk__in=items).select_related(*CHOSEN_BY).order_by("pk"):
        if chosen := playbooks.chosen_for(item.denial):
            key = chosen.playbook.key
            found[key] = chosen.playbook
            having[key] += 1
            steps = [(key, row["key"]) for row in chosen.playbook.steps]
            open_on.update(step for step in steps if (item.pk, item.round, *step) not in ticked)
    offered = []
    for key, _ in having.most_common(MOST_PLAYBOOKS):
        title = f"{found[key].title}: " if len(found) > 1 else ""
        for row in found[key].steps:
            if number := open_on[key, row["key"]]:
                words = f"{title}{row['text']}{of_many(number, len(items))}"
                offered.append((f"{key}{OF_PLAYBOOK}{row['key']}", words))
    return {"offered": offered, "left_out": len(having) - min(len(having), MOST_PLAYBOOKS)}


def _tick(row: WorkItem, user: User, step: str, is_done: bool, seen: int | None) -> list[int]:
    denial = type(row.denial).objects.select_related("payer", "facility", "remitted_claim").get(pk=row.denial_id)
    chosen = playbooks.chosen_for(denial)
    words = {each["key"]: each["text"] for each in chosen.playbook.steps} if chosen else {}
    if chosen is None or step not in words:
        raise Conflict(MOVED_ON)
    ticks = _ticks(row, chosen.playbook).filter(step=step)
    there = ticks.select_related("by").first()
    if (there is not None) == is_done:
        return []
    if there is not None and seen not in (None, there.pk):
        raise Conflict(f"{there.by} ticked “{words[step]}” after you opened the item. Nothing was overwritten.")
    if is_done:
        PlaybookStepDone.objects.create(item=row, round=row.round, playbook=chosen.playbook.key, step=step, by=user)
    else:
        ticks.delete()
    kind = Activity.Kind.STEP_DONE if is_done else Activity.Kind.STEP_UNDONE
    facts = {"playbook": chosen.playbook.key, "version": chosen.playbook.version, "step": step}
    return write([row], "note", kind, user, text=words[step], facts=facts)


def _ticks(item: WorkItem, playbook: Playbook) -> QuerySet[PlaybookStepDone]:
    return PlaybookStepDone.objects.filter(item=item, round=item.round, playbook=playbook.key)


def _open(row: WorkItem) -> str:
    return "" if row.is_open else "This item is resolved, so its steps stay as they are."


def tick_on(item: WorkItem, step: str) -> int | None:
    """The tick of a step as it stands now."""
    rows = PlaybookStepDone.objects.filter(item=item, round=item.round, step=step)
    return rows.values_list("pk", flat=True).first()
