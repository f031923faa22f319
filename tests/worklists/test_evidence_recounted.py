"""How far evidence is gathered follows what is asked for: a playbook, and the code of the denial."""

from __future__ import annotations

import pytest

from accounts.models import User
from denials import playbooks
from denials.models import Playbook
from tests.cast import Cast
from tests.governed import approve_all
from tests.settings_forms import save
from tests.worklists.evidence import needing, slugs
from tests.worklists.pages import signed_in
from worklists.evidence import gathering, recounting
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    playbooks.load()


def authorization(cast: Cast) -> WorkItem:
    return needing(cast.here, "order and notes", denial__primary_code="197", denial__category="authorization")


def gather_all(item: WorkItem, user: User) -> None:
    gathering.receive_elsewhere(item.pk, user, slugs(item), held_at="Portal, case SAMPLE-1")
    gathering.take_step(item.pk, user, "verify", slugs(item))


def how_far(item: WorkItem) -> str:
    return str(WorkItem.objects.values_list("evidence_state", flat=True).get(pk=item.pk))


def test_a_playbook_that_asks_for_more_leaves_nothing_complete(cast: Cast) -> None:
    gathered, untouched = authorization(cast), authorization(cast)
    gather_all(gathered, cast.sam)
    assert how_far(gathered) == "complete"
    row = Playbook.objects.get(key="CO197")
    more = "\n".join([*row.evidence, "Letter of the referring clinic"])
    save(signed_in(cast.mara), "playbooks", row.pk, **{"evidence": more, "change-why": "The payer asks for it."})
    assert how_far(gathered) == "complete"

    approve_all(cast.ada)

    assert (how_far(gathered), how_far(untouched)) == ("partly", "")


def test_what_stands_as_it_is_asked_for_is_left_alone(cast: Cast) -> None:
    item = authorization(cast)
    gather_all(item, cast.sam)

    assert recounting.recount() == 0

    Playbook.objects.filter(key="CO197").update(evidence=["Letter of the referring clinic"], version=9)
    assert (recounting.recount(), recounting.recount()) == (1, 0)
