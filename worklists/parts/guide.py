"""The playbook on an item, step by step."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.formatting import days_tone, moment, short_date
from accounts.models import User
from worklists.models import WorkItem
from worklists.playbook_steps import OnItem, Step


def guide_of(guide: OnItem, item: WorkItem, user: User, today: date) -> dict[str, Any]:
    return {
        "because": guide.because,
        "done": guide.done,
        "may_tick": user.may_work and item.is_open,
        "steps": [_step(step, today, is_open=item.is_open) for step in guide.steps],
        "told": list(guide.told),
        "others": [{"key": other.key, "called": other.title, "because": why} for other, why in guide.others],
    }


def _step(step: Step, today: date, *, is_open: bool) -> dict[str, Any]:
    is_over = days_tone(step.due, today) == "over"
    return {
        "key": step.key,
        "says": step.text,
        "who": step.who,
        "when": _when(step, today),
        "is_done": step.done is not None,
        "is_next": step.is_next,
        "is_late": step.done is None and step.is_next and is_open and is_over,
        "seen": step.done.pk if step.done else 0,
    }


def _when(step: Step, today: date) -> str:
    if step.done:
        return f"done by {step.done.by}, {moment(step.done.at, today)}"
    return f"by {short_date(step.due, today)}" if step.due else f"business day {step.day}"
