"""What a draft of the rules would do with stored denials, and that the rules in force reproduce what they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.forms import FacilityForm
from accounts.governance import areas, gathering, proposing, sets
from accounts.governance.areas import Area
from accounts.governance.gathering import About
from accounts.governance.proposing import Reasons
from accounts.models import ChangeSet
from accounts.refusal import Conflict, Refused
from config import pipeline
from denials import payer_merging, payer_unmerging
from denials.models import Denial, Job, PayerMerge
from tests.cast import Cast
from tests.factories import DenialFactory, FacilityFactory, PayerFactory, QueueFactory, RoutingRuleFactory
from worklists import work
from worklists.domain.routing import UNROUTED, RuleBook
from worklists.models import PayerSpecialist, Queue, RoutingRule, RuleSet, RuleSetReplay, WorkItem
from worklists.opening import open_denials
from worklists.replays import replaying
from worklists.replays.cases import facts_by_item
from worklists.routing import rule_sets

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
QUEUES = ("coding", "prior_auth", "billing")
CARCS = ("197", "50", "16")


@pytest.fixture
def area(cast: Cast) -> Area:
    """CO-197 goes to Authorization, everything else to Coding."""
    first, second, _ = (QueueFactory.create(key=key, name=key.capitalize()) for key in QUEUES)
    first.teams.add(cast.sam.teams.get())
    RoutingRuleFactory.create(name="Approvals", position=10, conditions={"carc": ["197"]}, queue=second)
    RoutingRuleFactory.create(name="The rest", position=20, queue=first)
    return areas.area_keyed("rules")


def opened(code: str, amount: str = "100.00", **values: Any) -> WorkItem:
    made = DenialFactory.create(primary_code=code, amount_at_risk=Decimal(amount), **values)
    open_denials([Denial.objects.select_related("payer", "facility").get(pk=made.pk)], TODAY)
    return WorkItem.objects.get(denial=made)


def draft(area: Area, cast: Cast, name: str, /, **values: list[str]) -> None:
    row = RoutingRule.objects.filter(name=name).first()
    proposing.propose(area, cast.ada, row, values if row else {"name": [name], **values}, Reasons("It helps"))


def the_set(area: Area, cast: Cast) -> ChangeSet:
    return gathering.call_it(gathering.gather(area, cast.ada), cast.ada, About("Autumn", "More coders", TODAY))


def replayed(bundle: ChangeSet, cast: Cast, days: int = 90) -> RuleSetReplay:
    replay = replaying.ask(bundle, cast.ada, days)
    pipeline.run(Job.objects.latest("pk").pk)
    replay.refresh_from_db()
    return replay


def queue_id(key: str) -> str:
    return str(Queue.objects.get(key=key).pk)


def to_billing(area: Area, cast: Cast) -> ChangeSet:
    """CO-50 is to go to Billing by a new rule, asked first."""
    first = str(RoutingRule.objects.get(name="Approvals").pk)
    draft(area, cast, "Necessity", carc=["50"], queue=[queue_id("billing")], before=[first])
    return the_set(area, cast)


def pairs(scope: dict[str, Any]) -> dict[tuple[str, str], tuple[int, str]]:
    return {(now, then): (items, amount) for now, then, items, amount, _ in scope["pairs"]}


def test_who_gains_and_who_loses_is_counted_in_items_and_dollars(area: Area, cast: Cast) -> None:
    opened("197")
    small, large = opened("50", "80.00"), opened("50", "900.00")

    result = replayed(to_billing(area, cast), cast).result

    assert result is not None
    assert pairs(result["open"]) == {
        ("coding", "billing"): (2, "980.00"),
        ("prior_auth", "prior_auth"): (1, "100.00"),
    }
    assert (result["open"]["items"], result["open"]["moved"]) == (3, 2)
    assert result["examples"] == [["coding", "billing", [large.pk, small.pk]]]


def test_only_the_last_days_count_as_history_and_everything_open_counts_as_open(area: Area, cast: Cast) -> None:
    opened("50", decided_on=TODAY - timedelta(days=200))
    opened("50", decided_on=TODAY - timedelta(days=20))
    closed = opened("50", decided_on=TODAY - timedelta(days=21))
    work.resolve([closed.pk], cast.mara, resolution="no_action")

    result = replayed(to_billing(area, cast), cast, 30).result

    assert result is not None
    assert (result["recent"]["items"], result["open"]["items"]) == (2, 2)


def test_the_load_of_a_week_is_shared_by_those_who_work_the_queue(area: Area, cast: Cast) -> None:
    for _ in range(3):
        opened("50")

    result = replayed(to_billing(area, cast), cast, 30).result

    assert result is not None
    members = {user.pk for user in (cast.sam, cast.sue, cast.otto, cast.mara, cast.ada)}
    assert {person for person, *_ in result["people"]} == members
    assert {tuple(load[:1] + load[2:3]) for _, *load in result["people"]} == {(round(3 / 5 / (30 / 7), 2), 0.0)}


def test_what_a_rule_gives_to_the_payers_specialist_is_load_of_that_person_alone(area: Area, cast: Cast) -> None:
    RoutingRule.objects.filter(name="The rest").update(prefers_specialist=True)
    items = [opened("50", remitted_claim__claim__facility=cast.here) for _ in range(2)]
    PayerSpecialist.objects.create(payer=items[0].payer, person=cast.sam)

    result = replayed(to_billing(area, cast), cast, 30).result

    assert result is not None
    now = {person: items for person, items, *_ in result["people"]}
    assert now[cast.sam.pk] == round((1 + 1 / 5) / (30 / 7), 2)
    assert now[cast.sue.pk] == round(1 / 5 / (30 / 7), 2)


def test_what_no_rule_would_take_any_more_is_told(area: Area, cast: Cast) -> None:
    opened("50")
    rest = RoutingRule.objects.get(name="The rest")
    proposing.propose(area, cast.ada, rest, {"is_active": []}, Reasons("Not needed"), kind="retire")

    result = replayed(the_set(area, cast), cast).result

    assert result is not None
    assert pairs(result["open"]) == {("coding", UNROUTED): (1, "100.00")}


def test_a_rule_that_an_earlier_one_leaves_nothing_is_named_with_that_one(area: Area, cast: Cast) -> None:
    opened("197")
    draft(area, cast, "Too late", carc=["197"], queue=[queue_id("billing")])

    replay = replayed(the_set(area, cast), cast)

    approvals = RoutingRule.objects.get(name="Approvals")
    new = next(rule["id"] for rule in replay.rules if rule["name"] == "Too late")
    assert new < 0
    assert replay.result is not None
    assert replay.result["rules"]["idle"][str(new)] == [[approvals.pk, 1]]
    assert replay.result["rules"]["then"] == {str(approvals.pk): 1}


def test_an_item_that_its_new_queue_would_reach_too_late_is_told(area: Area, cast: Cast) -> None:
    for _ in range(8):
        done = opened("16")
        work.resolve([done.pk], cast.mara, resolution="no_action")
    item = opened("50")
    WorkItem.objects.filter(pk=item.pk).update(last_safe_on=TODAY + timedelta(days=10))

    days = replayed(to_billing(area, cast), cast).result["days"]  # type: ignore[index]

    assert days["worse"] == [["billing", 1, "100.00"]]
    last_safe = (TODAY + timedelta(days=10)).isoformat()
    assert days["worst"] == [[item.pk, "billing", "100.00", last_safe, (TODAY + timedelta(days=3)).isoformat(), ""]]


def test_nothing_is_changed_by_a_replay(area: Area, cast: Cast) -> None:
    item = opened("50")
    bundle = to_billing(area, cast)

    replayed(bundle, cast)

    item.refresh_from_db()
    assert (item.queue.key, item.version, item.activities.count()) == ("coding", 1, 2)
    assert RoutingRule.objects.count() == 2
    bundle.refresh_from_db()
    assert bundle.state == "draft"


def test_a_replay_is_stale_once_the_drafts_or_the_rules_changed(area: Area, cast: Cast) -> None:
    bundle = to_billing(area, cast)
    replay = replayed(bundle, cast)
    assert replaying.stale(replay) == ""

    draft(area, cast, "The rest", name=["Everything else"])
    gathering.gather(area, cast.ada)
    assert "drafts changed" in replaying.stale(replay)

    replay = replayed(bundle, cast)
    RoutingRule.objects.filter(name="Approvals").update(version=9)
    assert "rules in force changed" in replaying.stale(replay)


def test_approving_without_a_fresh_replay_takes_a_reason_that_is_kept(area: Area, cast: Cast) -> None:
    bundle = sets.send(to_billing(area, cast), cast.ada)

    with pytest.raises(Refused, match="Nobody has replayed these drafts"):
        sets.approve(bundle, cast.mara, today=TODAY)
    sets.approve(bundle, cast.mara, "It cannot wait", today=TODAY)

    note = bundle.steps.get(what="approve").note
    assert note.startswith("It cannot wait Nobody has replayed these drafts")


def test_approving_after_a_fresh_replay_names_it(area: Area, cast: Cast) -> None:
    bundle = sets.send(to_billing(area, cast), cast.ada)
    replay = replayed(bundle, cast)

    sets.approve(bundle, cast.mara, today=TODAY)

    assert bundle.steps.get(what="approve").note == f"Replay {replay.pk} over 90 days showed what these drafts do."


def test_a_set_that_no_longer_fits_is_not_replayed(area: Area, cast: Cast) -> None:
    draft(area, cast, "Approvals", name=["Permissions"])
    bundle = the_set(area, cast)
    RoutingRule.objects.filter(name="Approvals").update(name="Somebody else's")

    with pytest.raises(Conflict, match="changed after this was drafted"):
        replaying.ask(bundle, cast.ada, 30)


RULE = st.fixed_dictionaries(
    {
        "queue": st.sampled_from(QUEUES),
        "conditions": st.fixed_dictionaries(
            {},
            optional={
                "carc": st.lists(st.sampled_from(CARCS), min_size=1, max_size=2, unique=True),
                "amount_at_risk": st.sampled_from([{"min": "100"}, {"max": "250.50"}, {"min": "100", "max": "900"}]),
                "days_left": st.sampled_from([{"max": "20"}, {"min": "21"}]),
                "remarks": st.just(["N54"]),
            },
        ),
    }
)
DENIAL = st.fixed_dictionaries(
    {
        "primary_code": st.sampled_from(CARCS),
        "amount_at_risk": st.sampled_from([Decimal("10.00"), Decimal("250.50"), Decimal("950.00")]),
        "deadline": st.sampled_from([None, TODAY + timedelta(days=20), TODAY + timedelta(days=21)]),
        "remarks": st.sampled_from([[], ["N54"], ["M127", "N54"]]),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(st.tuples(st.lists(RULE, max_size=4), st.lists(DENIAL, max_size=3)), min_size=1, max_size=3))
def test_each_list_reproduces_every_routing_that_it_made(
    cast: Cast, lists: Sequence[tuple[list[dict[str, Any]], list[dict[str, Any]]]]
) -> None:
    """Days later, after other rules came, and after what an item says changed under somebody's hands."""
    with undone():
        for rules, denials in lists:
            put_up(rules)
            items = [opened_with(values) for values in denials]
            for item in items[:1]:
                work.take([item.pk], cast.sam)
                reread_as(item, primary_code="16", amount_at_risk=Decimal("1.00"))
        check_every_routing()
        check_control()


ASKED_BY_PLACE = {
    "payer_key": st.lists(st.sampled_from(["acme", "globex"]), min_size=1, max_size=2, unique=True),
    "facility_npi": st.just(["1999999991"]),
    "service_line": st.lists(st.sampled_from(["radiology", "clinic"]), min_size=1, max_size=1),
}
PLACED_RULE = st.fixed_dictionaries(
    {"queue": st.sampled_from(QUEUES), "conditions": st.fixed_dictionaries({}, optional=ASKED_BY_PLACE)}
)
HAPPENS = st.sampled_from(["opened", "merged", "taken back", "other NPI", "other line", "reread"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lists=st.lists(st.tuples(st.lists(PLACED_RULE, max_size=3), st.lists(HAPPENS, max_size=4)), min_size=1, max_size=3)
)
@example(lists=[([{"queue": "coding", "conditions": {"payer_key": ["acme"]}}], ["opened", "merged", "reread"])])
@example(lists=[([{"queue": "coding", "conditions": {"service_line": ["clinic"]}}], ["opened", "other line"])])
def test_routings_are_reproduced_after_payers_were_merged_and_facilities_changed(
    cast: Cast, lists: Sequence[tuple[list[dict[str, Any]], list[str]]]
) -> None:
    with undone():
        world = World(cast)
        for rules, happens in lists:
            put_up(rules)
            world.opened()
            for each in happens:
                world.happen(each)
        check_every_routing()
        check_control()


class World:
    """One facility and two payers, and what may become of them."""

    def __init__(self, cast: Cast) -> None:
        self.admin = cast.ada
        self.place = FacilityFactory.create(npi="1999999991", service_line="clinic")
        self.acme, self.globex = (PayerFactory.create(key=key, name=key) for key in ("acme", "globex"))
        self.merged: list[PayerMerge] = []
        self.calls = 0

    def happen(self, what: str) -> None:
        ways = {
            "opened": self.opened,
            "merged": self.merge,
            "taken back": self.take_back,
            "other NPI": lambda: self.change(npi=f"20000000{self.calls:02d}"),
            "other line": lambda: self.change(service_line=("radiology", "clinic")[self.calls % 2]),
            "reread": self.reread,
        }
        self.calls += 1
        ways[what]()

    def opened(self) -> None:
        for payer in (self.globex,) if self.merged else (self.acme, self.globex):
            opened_with({"remitted_claim__claim__payer": payer, "remitted_claim__claim__facility": self.place})

    def merge(self) -> None:
        if not self.merged:
            self.acme.refresh_from_db()
            self.merged.append(payer_merging.merge(self.acme, self.globex, self.admin))

    def take_back(self) -> None:
        if self.merged:
            payer_unmerging.unmerge(self.merged.pop(), self.admin)

    def change(self, **values: str) -> None:
        shown = {name: getattr(self.place, name) for name in FacilityForm.Meta.fields}
        form = FacilityForm(shown | values, instance=self.place)
        assert form.is_valid(), form.errors
        form.save()

    def reread(self) -> None:
        item = WorkItem.objects.first()
        assert item is not None
        reread_as(item, primary_code="16")


def check_every_routing() -> None:
    later = facts_by_item([item.pk for item in WorkItem.objects.all()], rule_facts())
    for item in WorkItem.objects.select_related("queue", "rule_set"):
        assert item.rule_set is not None
        routed = RuleBook(rule_sets.rules_of(item.rule_set)).route(later[item.pk])
        rule = routed.rule
        stored = (item.queue.key, item.rule_id, item.rule_version, item.routed_because)
        assert stored == (routed.queue_key, rule and rule.id, rule and rule.version, routed.because)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def put_up(rules: Sequence[dict[str, Any]]) -> None:
    RoutingRule.objects.update(is_active=False)
    for rule in rules:
        place = RoutingRule.objects.count() + 1
        queue = QueueFactory.create(key=rule["queue"], name=rule["queue"])
        RoutingRuleFactory.create(position=place, queue=queue, conditions=rule["conditions"], version=place)


def opened_with(values: dict[str, Any]) -> WorkItem:
    made = DenialFactory.create(**values)
    open_denials([Denial.objects.select_related("payer", "facility").get(pk=made.pk)], TODAY)
    return WorkItem.objects.get(denial=made)


def reread_as(item: WorkItem, **values: Any) -> None:
    """The denial comes to say something else while somebody holds the item, which stays where it is."""
    from worklists.routing.router import freeze

    held = WorkItem.objects.select_related("denial__payer", "denial__facility").get(pk=item.pk)
    freeze(held, held.denial)
    held.save(update_fields=["routed_facts"])
    Denial.objects.filter(pk=held.denial_id).update(**values)


def rule_facts() -> frozenset[str]:
    return frozenset(name for kept in RuleSet.objects.all() for rule in kept.rules for name in rule["conditions"])


def check_control() -> None:
    """The same by the replay's own count, of what the list in force routed."""
    from worklists.domain.replay import Replay
    from worklists.replays.cases import Period, in_batches
    from worklists.replays.result import count

    now = rule_sets.in_force()
    asked, period = Replay(now.rules, []), Period.of(30, TODAY)
    found = count(asked, in_batches(period.rows(), asked.asks, lambda _: None), period, 30, now.rule_set.pk, TODAY)
    routed = WorkItem.objects.filter(rule_set=now.rule_set).count()
    assert found["control"] == {"routed": routed, "same": routed, "others": []}
