"""What a code, a payer or a limit comes to mean later reaches the open work, and only that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config import pipeline
from denials import dictionary, intake, jobs, time_limits
from denials.models import Code, CodeHandling, Denial, Job, PayerRule, Rereading
from tests.cast import Cast
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from tests.worklists.evidence import slugs
from worklists import defaults, rereading, work
from worklists.evidence import gathering
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db

NEVER_SEEN = "Z99"
BECAUSE = "Code Z99 was mapped."


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """An open item whose one denied line carries a code that nobody knows."""
    import_file(unknown(file_of(Payment((Claim("RC-1"),)))))
    return WorkItem.objects.get()


def unknown(content: bytes) -> bytes:
    return content.replace(b"CAS*CO*50*", f"CAS*CO*{NEVER_SEEN}*".encode())


def import_file(content: bytes) -> None:
    pipeline.run(intake.confirm(received(content), None).pk)


def map_code(**handling: Any) -> None:
    details = {"code": NEVER_SEEN}
    code = Code.objects.create(system="CARC", title="Made up", list_version="test", details=details, **details)
    defaults_of = {
        "denial_rule": "D_ALWAYS", "category": "authorization", "denial_type": "administrative",
        "owner_team": "prior_auth", "usual_resolution": "appeal", "appealable": "yes", "next_action": "Ask for it.",
    }  # fmt: skip
    CodeHandling.objects.create(code=code, **{**defaults_of, **handling})


def reread(**what: Any) -> Rereading:
    asked = rereading.ask(because=BECAUSE, **what)
    pipeline.run(Job.objects.get(kind=rereading.REREAD, subject=asked.pk).pk)
    asked.refresh_from_db()
    return asked


def test_the_fault_by_which_others_like_it_are_found_follows(item: WorkItem) -> None:
    Denial.objects.update(fault_codes="CO-16", fault_procedures="1", fault_provider="2")
    map_code()
    reread(codes=[("CARC", NEVER_SEEN)])
    denial = Denial.objects.get()
    assert denial.fault_codes.startswith(f"CO-{NEVER_SEEN}")
    assert (denial.fault_procedures, denial.fault_provider) != ("1", "2")


def test_a_mapped_code_moves_its_open_item_to_the_owner_and_says_why(item: WorkItem) -> None:
    assert item.queue.key != "prior_auth"
    map_code()

    asked = reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    assert (asked.read, asked.changed) == (1, 1)
    assert (item.queue.key, item.category, item.is_open) == ("prior_auth", "authorization", True)
    assert item.denial.exceptions == []
    told = item.activities.get(kind="reread")
    assert told.text.startswith(f"{BECAUSE} Read again: ")
    assert "owner team denials general, now prior auth" in told.text
    assert item.activities.filter(kind="routed").count() == 2


def test_evidence_that_the_code_now_asks_for_is_still_to_be_gathered(item: WorkItem, cast: Cast) -> None:
    gathering.add(item.pk, cast.mara, "Invoice")
    gathering.receive_elsewhere(item.pk, cast.mara, slugs(item, "Invoice"), held_at="Portal, case SAMPLE-1")
    gathering.take_step(item.pk, cast.mara, "verify", slugs(item, "Invoice"))
    map_code(evidence=["Operative report"])

    reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    assert item.evidence_state == "partly"


def test_what_is_read_again_without_a_difference_is_left_alone(item: WorkItem) -> None:
    version = item.version

    asked = reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    assert (asked.read, asked.changed, item.version) == (1, 0, version)


def test_a_code_that_is_no_denial_closes_what_nobody_owns(item: WorkItem) -> None:
    map_code(denial_rule="N_CONTRACT", denial_type="not_a_denial", category="contractual")

    reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    assert (item.status, item.resolution, item.denied_amount) == ("resolved", "no_action", 0)
    assert not Denial.objects.get().is_denial


def test_what_somebody_owns_stays_open_in_its_queue(item: WorkItem, cast: Cast) -> None:
    work.take([item.pk], cast.mara)
    queue = item.queue_id
    map_code(denial_rule="N_CONTRACT", denial_type="not_a_denial", category="contractual")

    reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    assert (item.status, item.queue_id, item.denied_amount) == ("taken", queue, 0)


def test_a_changed_limit_dates_open_work_again_and_leaves_closed_work() -> None:
    import_file(file_of(Payment((Claim("RC-1"), Claim("RC-2", payer_number="PCN2")))))
    kept, closed = WorkItem.objects.order_by("pk")
    work.resolve([closed.pk], None, resolution="no_action")
    rule = PayerRule.objects.get(rule_id=kept.denial.deadline_rule)
    before, rank = kept.deadline, kept.rank_key
    PayerRule.objects.filter(pk=rule.pk).update(window_value="20", is_edited=True)

    reread(rules=[rule.rule_id])

    kept.refresh_from_db()
    closed.refresh_from_db()
    assert before is not None
    assert kept.deadline is not None
    assert kept.deadline < before == closed.deadline
    assert kept.rank_key < rank


def test_other_codes_and_payers_are_not_read(item: WorkItem) -> None:
    assert reread(codes=[("CARC", "197")], payers=[item.payer_id + 1]).read == 0


def test_a_crash_costs_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = tuple(Claim(f"RC-{n}", payer_number=f"PCN{n}") for n in range(1, 6))
    import_file(unknown(file_of(Payment(claims))))
    map_code()
    monkeypatch.setattr(rereading, "BATCH", 2)
    asked = rereading.ask(because=BECAUSE, codes=[("CARC", NEVER_SEEN)])
    assert rereading.read_batch(asked.pk)

    job = Job.objects.get(kind=rereading.REREAD)
    pipeline.run(job.pk)
    pipeline.run(job.pk)

    asked.refresh_from_db()
    assert (asked.read, asked.changed) == (5, 5)
    assert set(WorkItem.objects.values_list("queue__key", flat=True)) == {"prior_auth"}
    assert [item.activities.filter(kind="reread").count() for item in WorkItem.objects.all()] == [1] * 5
    assert not jobs.unfinished().exists()


def test_what_was_only_watched_becomes_work_when_its_code_turns_out_to_deny() -> None:
    import_file(file_of(Payment((Claim("RC-1"),))).replace(b"CAS*CO*50*", b"CAS*OA*133*"))
    assert not WorkItem.objects.exists()
    CodeHandling.objects.filter(code__system="CARC", code__code="133").update(
        denial_rule="D_ALWAYS", category="authorization", owner_team="prior_auth", denial_type="administrative"
    )

    reread(codes=[("CARC", "133")])

    opened = WorkItem.objects.get()
    assert (opened.queue.key, opened.denied_on) == ("prior_auth", date(2026, 11, 2))


def test_a_further_part_of_a_split_claim_follows_too() -> None:
    parts = (Claim("RC-1", payer_number="PART1"), Claim("RC-1", payer_number="PART2"))
    import_file(unknown(file_of(Payment(parts))))
    item = WorkItem.objects.get()
    assert item.denied_amount == 80
    Denial.objects.update(exceptions=[])
    Denial.objects.exclude(pk=item.denial_id).update(denied_amount=10, amount_at_risk=10, deadline=date(2026, 11, 30))
    WorkItem.objects.update(denied_amount=50, amount_at_risk=50, deadline=date(2026, 11, 30))
    map_code()

    reread(codes=[("CARC", NEVER_SEEN)])

    item.refresh_from_db()
    known = Denial.objects.order_by("deadline")
    assert item.denied_amount == 80
    assert (item.deadline, item.last_safe_on) == (known[0].deadline, known[0].last_safe_on)
    assert item.activities.filter(text__startswith=f"{BECAUSE} Part PART2 of the claim: Read again: ").exists()
