"""Replays a draft of the rules over the denials of the last days and over what is open, as a job in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.governance.areas import Grounds
from accounts.governance.steps import may_govern
from accounts.models import ChangeSet, User
from accounts.refusal import Refused
from denials import jobs
from worklists.domain.replay import Replay
from worklists.models import RuleSetReplay
from worklists.replays.cases import Period, in_batches
from worklists.replays.result import count
from worklists.routing import draft_rules, rule_sets

REPLAY = "replay_rules"


@transaction.atomic
def ask(bundle: ChangeSet, user: User, days: int) -> RuleSetReplay:
    """Asks for a replay of the set as it stands. Raises Refused where it could not take effect."""
    may_govern(user)
    if bundle.area != draft_rules.AREA or not bundle.is_open:
        raise Refused("Only drafts of routing rules that are not in force yet can be replayed. Nothing was started.")
    rules = draft_rules.would_be(bundle)
    replay = RuleSetReplay.objects.create(
        bundle=bundle,
        rule_set=rule_sets.in_force().rule_set,
        fingerprint=draft_rules.fingerprint(bundle),
        rules=rule_sets.kept(rules),
        days=days,
        asked_by=user,
    )
    jobs.ask(REPLAY, replay.pk, user)
    return replay


def run(replay_id: int, report: Callable[[int, int], None], *, today: date | None = None) -> None:
    """Counts, and keeps the result. Run again it changes nothing."""
    replay = RuleSetReplay.objects.select_related("rule_set").get(pk=replay_id)
    if replay.finished_at is not None:
        return
    today = today or timezone.localdate()
    period = Period.of(replay.days, today)
    asked = Replay(rule_sets.rules_of(replay.rule_set), [rule_sets.rule_from(rule) for rule in replay.rules])
    rows = period.rows()
    total = rows.count()
    report(0, total)
    found = in_batches(rows, asked.asks, lambda read: report(read, total))
    replay.result = count(asked, found, period, replay.days, replay.rule_set_id, today)
    replay.finished_at = timezone.now()
    replay.save(update_fields=["result", "finished_at"])


def with_their_facts() -> QuerySet[RuleSetReplay]:
    """Replays with what the page of one names."""
    return RuleSetReplay.objects.select_related("bundle", "rule_set", "asked_by")


def latest(bundle: ChangeSet) -> RuleSetReplay | None:
    return bundle.replays.select_related("asked_by", "rule_set").first()


def stale(replay: RuleSetReplay) -> str:
    """Why a replay says nothing about the set as it stands now; "" while it does."""
    if replay.fingerprint != draft_rules.fingerprint(replay.bundle):
        return "The drafts changed after this replay."
    if not rule_sets.is_in_force(replay.rule_set):
        return "The rules in force changed after this replay."
    return ""


def grounds(bundle: ChangeSet) -> Grounds:
    """Approving a set of rules rests on a replay of exactly these drafts against exactly the rules in force."""
    replay = latest(bundle)
    if replay is None:
        return Grounds(doubt="Nobody has replayed these drafts: what they do to the work is not known.")
    if replay.result is None:
        return Grounds(doubt="The replay of these drafts is not finished.")
    if why := stale(replay):
        return Grounds(doubt=f"{why} Replay the set again to see what it does now.")
    return Grounds(said=f"Replay {replay.pk} over {replay.days} days showed what these drafts do.")
