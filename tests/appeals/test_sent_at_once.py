"""Two people at the same letter in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.refusal import Refused
from appeals import drafting, submission
from appeals.models import Appeal
from tests.appeals.letters import FAXED, TODAY, item_at, ready
from tests.cast import Cast, make_cast
from worklists.models import Activity


@pytest.fixture
def crowd(transactional_db: None) -> Cast:
    return make_cast()


def at_once(call: Callable[[], Any], times: int) -> list[Any]:
    """Answers, or the refusals, of the same call made by threads that start together."""
    barrier = Barrier(times)

    def run(_: int) -> Any:
        try:
            barrier.wait(timeout=30)
            return call()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_letter_marked_as_sent_by_four_at_once_is_sent_once(crowd: Cast) -> None:
    appeal = ready(item_at(crowd.here), crowd.sam)

    answers = at_once(lambda: submission.mark_sent(appeal, crowd.sam, FAXED, today=TODAY), 4)

    assert sum(isinstance(answer, Appeal) for answer in answers) == 1
    assert appeal.item.activities.filter(kind=Activity.Kind.SENT).count() == 1


def test_four_drafts_at_once_are_one_letter(crowd: Cast) -> None:
    item = item_at(crowd.here)

    answers = at_once(lambda: drafting.draft(item, crowd.sam, today=TODAY).pk, 4)

    assert len(set(answers)) == 1
    assert Appeal.objects.count() == 1
