"""The data's way, in one place: READ FIRST.

    file ─► recorded ─► classified ─► routed into one queue ─► settles what it pays or takes back
                  └────────┴─► cases for what nobody can read by rule (`denials.exceptions`)

A remittance's `state` says which stage it has finished. Each stage takes the remittances that the stage before left,
does one of them in one transaction, and may be run again at any time: a crash costs the stage it was in, no more.

When a code, a payer or a limit of time comes to mean something else, `reread` concludes the open denials again that it
touches, and their work follows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appeals import levels, outcomes
from appeals.models import Appeal
from config import (
    demo_context,
    demo_evidence,
    demo_exceptions,
    demo_news,
    demo_past,
    demo_rules,
    demo_views,
    demo_weeks,
    demo_work,
    practice,
)
from config.logging import describe
from denials import acknowledging, classification, exceptions, jobs, recording, recoveries
from denials.domain.exception_kinds import Kind
from denials.intake import FINISH_REMITTANCE, RECORD_FILE
from denials.models import Job, Remittance, RemittanceFile, Rereading
from denials.practice import generate
from denials.rereading import touched
from worklists import experience, opening, ranking, rereading, settlement, taken_outside
from worklists.replays import replaying

log = logging.getLogger(__name__)
Report = Callable[[str, int, int], None]
MAKE_PRACTICE = "make_practice"


class Stage(NamedTuple):
    """Takes remittances from one state to the next."""

    name: str
    takes: Remittance.State
    leaves: Remittance.State
    verb: Callable[[Remittance], None]


def classify(remittance: Remittance) -> None:
    """Concludes what each claim payment is, and opens cases for what could not be read for certain."""
    classification.classify(remittance)
    exceptions.open_from([remittance.pk])
    exceptions.open_from(recoveries.about_claims_of(remittance.pk) - {remittance.pk}, kinds=[Kind.TAKEBACK])


def settle(remittance: Remittance) -> None:
    """Closes and reopens work by what this remittance pays and takes back, then decides the appeals about it."""
    if settlement.settle(remittance):
        outcomes.decide_from(remittance)
        levels.follow_last_days(Appeal.objects.filter(item__claim__in=remittance.remitted_claims.values("claim")))
    taken_outside.tell(remittance)
    exceptions.recheck_remittance(remittance)


STAGES = (
    Stage("classify", Remittance.State.RECORDED, Remittance.State.CLASSIFIED, classify),
    Stage("route", Remittance.State.CLASSIFIED, Remittance.State.ROUTED, opening.open_items),
    Stage("settle", Remittance.State.ROUTED, Remittance.State.SETTLED, settle),
)


def run(job_id: int, watch: Report | None = None) -> None:
    """Does one job under its lease. An error leaves it for the sweep; the last attempt fails it for people to see.

    `watch` is told of the progress too, for a command that shows a bar.
    """
    job = jobs.take(job_id)
    if job is None:
        return
    try:
        _do(job, _reporter(job, watch))
    except jobs.LeaseLost:
        log.warning("Job %s was taken over by another worker.", job.pk)


def _do(job: Job, report: Report) -> None:
    try:
        HANDLERS[job.kind](job.subject, report)
        jobs.finish(job)
    except jobs.LeaseLost:
        raise
    except Exception as error:
        log.exception("Job %s failed at attempt %s.", job.pk, job.attempts)
        where = job.stage or "start"
        jobs.put_back(job, f"{describe(error)} at stage {where}.")


def record_file(file_id: int, report: Report) -> None:
    file = RemittanceFile.objects.get(pk=file_id)
    if file.kind == RemittanceFile.Kind.ACKNOWLEDGMENT:
        acknowledging.record(file, report)
        return
    recording.record(file, report)
    _open_cases_of_held(file)
    finish(list(file.remittances.order_by("pk").values_list("pk", flat=True)), report)


def _open_cases_of_held(file: RemittanceFile) -> None:
    """Held payments wait for a person, and no stage takes them: a case says so."""
    held = file.remittances.filter(state=Remittance.State.HELD)
    exceptions.open_from(list(held.values_list("pk", flat=True)))


def finish_remittance(remittance_id: int, report: Report) -> None:
    finish([remittance_id], report)


def finish(remittances: list[int], report: Report) -> None:
    """Takes these remittances through every stage that they have not finished."""
    steps = len(remittances) * len(STAGES)
    for done, (stage, remittance_id) in enumerate(_in_order(remittances)):
        advance(stage, remittance_id, partial(report, stage.name, done, steps))
    report(STAGES[-1].name, steps, steps)


def advance(stage: Stage, remittance_id: int, begin: Callable[[], None]) -> None:
    """One stage for one remittance in one transaction, if it is that remittance's turn.

    `begin` writes to the job's row inside the transaction: while the stage runs, however long, nobody else takes the
    job, and when this process dies PostgreSQL lets go of the row.
    """
    with transaction.atomic():
        begin()
        waiting = Remittance.objects.select_related("payer", "facility", "file").select_for_update(of=("self",))
        remittance = waiting.filter(pk=remittance_id, state=stage.takes).first()
        if remittance is None:
            return
        stage.verb(remittance)
        remittance.state = stage.leaves
        remittance.save(update_fields=["state"])


def _in_order(remittances: list[int]) -> Iterator[tuple[Stage, int]]:
    for remittance_id in remittances:
        for stage in STAGES:
            yield stage, remittance_id


def _reporter(job: Job, watch: Report | None) -> Report:
    def report(stage: str, done: int, total: int) -> None:
        job.stage = stage
        jobs.report(job, stage=stage, done=done, total=total)
        if watch:
            watch(stage, done, total)

    return report


def reread(rereading_id: int, report: Report) -> None:
    """Concludes again what a change of codes, payers or limits touches, batch by batch."""
    asked = Rereading.objects.get(pk=rereading_id)
    total = asked.read + rereading.count(asked)
    report("reread", asked.read, total)
    while rereading.read_batch(rereading_id):
        asked.refresh_from_db()
        report("reread", asked.read, total)
    asked.refresh_from_db()
    levels.follow_last_days(Appeal.objects.filter(item__claim__in=touched(asked).values("claim")))
    exceptions.recheck_after(asked)


def replay_rules(replay_id: int, report: Report) -> None:
    """Asks a draft of the rules about the denials of the last days and about what is open."""
    replaying.run(replay_id, lambda done, total: report("replay", done, total))


def find_exceptions(_: int, report: Report) -> None:
    """Opens cases for remittances of the time before there were any, and tells the items what was taken by then."""
    for ids in exceptions.every_remittance():
        report("exceptions", ids[-1], 0)
        with transaction.atomic():
            exceptions.open_from(ids)
            taken_outside.tell_of(ids)


def make_practice(user_id: int, report: Report) -> None:
    """Brings the synthetic practice of a local run in, file by file, in this person's name."""
    made = generate(practice.SEED, timezone.localdate(), practice.CLAIMS)
    asker = User.objects.get(pk=user_id)
    practice.bring_in(made, asker, lambda job: run(job.pk), lambda done, total: report("practice", done, total))
    practice.bring_in_second_name(made, asker, lambda job: run(job.pk), timezone.localdate())
    practice.bring_in_repeated(made, asker, lambda job: run(job.pk), timezone.localdate())
    demo_past.begin(timezone.localdate())
    demo_weeks.begin(timezone.localdate())
    experience.recount(timezone.localdate())
    demo_work.begin(timezone.localdate())
    demo_evidence.begin(timezone.localdate())
    demo_news.begin(timezone.localdate())
    demo_views.begin()
    experience.recount(timezone.localdate())
    demo_context.begin(timezone.localdate(), lambda job: run(job.pk))
    demo_rules.begin(timezone.localdate())
    demo_exceptions.begin(made, asker, timezone.localdate(), lambda job: run(job.pk))


def reorder(_: int, report: Report) -> None:
    """Gives open work its place by the weights of now."""
    report("count", 0, 0)
    experience.recount(timezone.localdate())
    report("order", 0, 0)
    ranking.rewrite_keys(ranking.as_weights(ranking.current_weights()))


HANDLERS: dict[str, Callable[[int, Report], None]] = {
    RECORD_FILE: record_file,
    FINISH_REMITTANCE: finish_remittance,
    MAKE_PRACTICE: make_practice,
    rereading.REREAD: reread,
    ranking.REORDER: reorder,
    replaying.REPLAY: replay_rules,
    exceptions.FIND_EXCEPTIONS: find_exceptions,
}
