"""What the page of a set of changes shows for routing rules: both lists side by side, and the replay."""

from __future__ import annotations

from typing import Any

from accounts.governance.areas import Panel
from accounts.governance.states import State
from accounts.models import ChangeSet, User
from accounts.refusal import Refused
from denials.models import Job
from worklists.models import RuleSetReplay
from worklists.replays import replaying, sheet
from worklists.routing import draft_rules, rule_sets


def panel(bundle: ChangeSet, user: User) -> Panel:
    return Panel("worklists/_rule_set_panel.html", _of_open(bundle) if bundle.is_open else _of_decided(bundle))


def progress_of(replay: RuleSetReplay) -> Job | None:
    return Job.objects.filter(kind=replaying.REPLAY, subject=replay.pk).order_by("-pk").first()


def _of_open(bundle: ChangeSet) -> dict[str, Any]:
    try:
        lines = draft_rules.beside(rule_sets.current_rules(), draft_rules.would_be(bundle))
    except Refused:
        lines = []  # why it cannot take effect stands above already
    replay = replaying.latest(bundle)
    stale = replaying.stale(replay) if replay else ""
    return {
        "lines": lines,
        "different": [line for line in lines if not line.is_same],
        "is_open": True,
        "may_replay": bool(lines),
        "replay": replay,
        "stale": stale,
        "is_tried": replay is not None and replay.result is not None and not stale,
        "job": progress_of(replay) if replay and replay.result is None else None,
        "days": RuleSetReplay.Days.choices,
        "chosen_days": replay.days if replay else RuleSetReplay.Days.QUARTER,
        **(sheet.summary(replay) if replay else {}),
    }


def _of_decided(bundle: ChangeSet) -> dict[str, Any]:
    replay = replaying.latest(bundle)
    is_in_force = bundle.state in (State.ACTIVE, State.ROLLED_BACK)
    return {
        "is_open": False,
        "replay": replay,
        "may_reroute": is_in_force,
        **(sheet.summary(replay) if replay else {}),
    }
