"""Two people decide about one change at the same moment: one of them does it, the other is told."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.governance import approving, areas, proposing
from accounts.governance.proposing import Reasons
from accounts.models import Change, Role, User
from accounts.refusal import Conflict
from tests.cast import make_cast
from tests.factories import RoutingRuleFactory
from worklists.models import RoutingRule

TODAY = timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_two_approvals_of_one_change_take_effect_once() -> None:
    cast = make_cast()
    other = User.objects.create(username="other", role=Role.MANAGER, all_facilities=True)
    rule = RoutingRuleFactory.create(name="Old")
    change = proposing.propose(areas.area_keyed("rules"), cast.ada, rule, {"name": ["New"]}, Reasons("Because"))
    proposing.send(change, cast.ada, today=TODAY)
    together, told = threading.Barrier(2), []

    def approve(person: User) -> None:
        together.wait()
        try:
            approving.approve(Change.objects.get(pk=change.pk), person, today=TODAY)
            told.append("done")
        except Conflict:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[person]) for person in (cast.mara, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["done", "told"]
    assert (RoutingRule.objects.get().name, RoutingRule.objects.get().version) == ("New", 2)
