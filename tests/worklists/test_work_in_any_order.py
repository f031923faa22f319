"""Whatever people, payers and days do in whatever order: each item is in one place, and its history has no gap."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from accounts.refusal import Refused
from denials.models import Claim
from tests.cast import Cast
from tests.factories import ClaimFactory, QueueFactory
from tests.worklists.remitted import deny, remit, reverse
from worklists import asking, work
from worklists.models import Activity, Clarification, Queue, Resolution, Settlement, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

PEOPLE = st.sampled_from(["sam", "sue", "mara"])
CLAIMS = st.integers(min_value=0, max_value=1)
DAYS = st.integers(min_value=1, max_value=60)
FIRST_DAY = date(2026, 11, 2)


class Work(RuleBasedStateMachine):
    """Two claims at one clinic; one step is one thing that a person, a payer or the night does."""

    people: ClassVar[Cast]
    claims: ClassVar[list[Claim]]
    queues: ClassVar[list[Queue]]

    @initialize()
    def begin(self) -> None:
        self.day = FIRST_DAY
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.paid_last: dict[int, Any] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def items(self) -> list[int]:
        return list(WorkItem.objects.values_list("pk", flat=True))

    def person(self, name: str) -> User:
        user: User = getattr(self.people, name)
        return user

    def process(self, remittance: Any) -> None:
        open_items(remittance)
        settle(remittance)

    @rule(claim=CLAIMS, paid=st.sampled_from([0, 0, 200]))
    def payer_denies(self, claim: int, paid: int) -> None:
        self.day += timedelta(days=1)
        rest = Decimal(1450 - paid)
        amounts = {"charge": 1450, "paid": Decimal(paid), "denied_amount": rest, "amount_at_risk": rest}
        denial = deny(self.claims[claim], on=self.day, trace="", **amounts)
        self.process(denial.remitted_claim.remittance)

    @rule(claim=CLAIMS, paid=st.sampled_from([0, 300, 900]))
    def payer_pays(self, claim: int, paid: int) -> None:
        self.day += timedelta(days=1)
        result = remit(self.claims[claim], on=self.day, trace="", charge=1450, paid=Decimal(paid))
        self.paid_last[claim] = result
        self.process(result.remittance)

    @rule(claim=CLAIMS)
    def payer_takes_back(self, claim: int) -> None:
        self.day += timedelta(days=1)
        if result := self.paid_last.pop(claim, None):
            self.process(reverse(result, on=self.day, trace="").remittance)

    @rule(who=PEOPLE)
    def take(self, who: str) -> None:
        work.take(self.items(), self.person(who))

    @rule(who=PEOPLE)
    def take_next(self, who: str) -> None:
        work.next_item(self.person(who), today=self.day)

    @rule(who=PEOPLE)
    def release(self, who: str) -> None:
        work.release(self.items(), self.person(who))

    @rule(who=PEOPLE, days=DAYS, is_confirmed=st.booleans())
    def postpone(self, who: str, days: int, is_confirmed: bool) -> None:
        until = self.day + timedelta(days=days)
        asked: dict[str, Any] = {"until": until, "because": "x", "late_because": "y" if is_confirmed else ""}
        work.postpone(self.items(), self.person(who), today=self.day, **asked)

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)
        work.wake_postponed(today=self.day)

    @rule(who=PEOPLE, to=PEOPLE)
    def hand_over(self, who: str, to: str) -> None:
        work.hand_over(self.items(), self.person(who), to=self.person(to), reason="x")

    @rule(who=PEOPLE, queue=st.integers(min_value=0, max_value=1))
    def move(self, who: str, queue: int) -> None:
        work.move(self.items(), self.person(who), queue=self.queues[queue], reason="x")

    @rule(who=PEOPLE, days=DAYS)
    def send(self, who: str, days: int) -> None:
        work.wait_for_payer(self.items(), self.person(who), follow_up_on=self.day + timedelta(days=days))

    @rule(who=PEOPLE)
    def payer_answers(self, who: str) -> None:
        work.return_from_payer(self.items(), self.person(who), text="Upheld")

    @rule(who=PEOPLE)
    def ask_a_colleague(self, who: str) -> None:
        due_on = self.day + timedelta(days=2)
        team = self.people.sue.teams.get()
        asking.ask(self.items(), self.person(who), team=team, text="?", due_on=due_on, today=self.day)

    @rule(is_answered=st.booleans())
    def a_colleague_answers(self, is_answered: bool) -> None:
        for question in Clarification.objects.filter(state="open").order_by("pk")[:1]:
            if is_answered:
                asking.answer(question, self.people.mara, text="!")
            else:
                asking.withdraw(question, self.people.mara, reason="x")

    @rule(
        who=PEOPLE,
        resolution=st.sampled_from(Resolution.values),
        settlement=st.sampled_from(["", *Settlement.values]),
        recovered=st.sampled_from([None, Decimal(0), Decimal(100), Decimal(9000)]),
    )
    def resolve(self, who: str, resolution: str, settlement: str, recovered: Decimal | None) -> None:
        outcome: dict[str, Any] = {"resolution": resolution, "settlement": settlement, "recovered_amount": recovered}
        with suppress(Refused):
            work.resolve(self.items(), self.person(who), **outcome)

    @rule(who=PEOPLE)
    def reopen(self, who: str) -> None:
        work.reopen(self.items(), self.person(who), reason="x")

    @invariant()
    def a_claim_has_at_most_one_open_item(self) -> None:
        counts = Counter(WorkItem.objects.open().values_list("claim", flat=True))
        assert max(counts.values(), default=0) <= 1

    @invariant()
    def the_history_of_every_item_leads_to_the_state_it_is_in(self) -> None:
        for item in WorkItem.objects.prefetch_related("activities"):
            status = ""
            for activity in sorted(item.activities.all(), key=lambda row: row.pk):
                if activity.status_to:
                    assert activity.status_from == status
                    status = activity.status_to
            assert status == item.status

    @invariant()
    def every_item_has_what_its_state_needs_and_nothing_left_over(self) -> None:
        for item in WorkItem.objects.all():
            assert item.queue_id
            assert (item.status == "resolved") == (item.resolved_at is not None)
            assert item.resolution or item.status != "resolved"
            assert (item.status == "postponed") == (item.postponed_until is not None)
            assert (item.status == "waiting") == (item.follow_up_on is not None)
            assert item.assignee_id or item.status != "taken"

    @invariant()
    def an_item_waits_for_a_colleague_just_while_a_question_is_open(self) -> None:
        waiting = set(WorkItem.objects.filter(status="asking").values_list("pk", flat=True))
        assert waiting == set(Clarification.objects.filter(state="open").values_list("item", flat=True))

    @invariant()
    def no_denial_is_forgotten(self) -> None:
        kinds = ["opened", "denied_again"]
        handled = Activity.objects.filter(kind__in=kinds).values_list("facts__denial", flat=True)
        denied = [claim_denial.pk for claim in self.claims for claim_denial in claim.denials.all()]
        assert sorted(handled) == sorted(denied)


@pytest.mark.django_db
def test_work_in_any_order_stays_consistent(cast: Cast) -> None:
    Work.people = cast
    Work.claims = [ClaimFactory.create(facility=cast.here) for _ in range(2)]
    Work.queues = [QueueFactory.create(key="prior_auth"), QueueFactory.create(key="coding", name="Coding")]
    examples, steps = (200, 30) if "DEEP_TESTS" in os.environ else (12, 20)
    size = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(Work, settings=size)
