"""The made-up practice knows something beside its remittances: each kind of denial can be held against it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Facility, Role, User
from config import demo_context, pipeline
from denials.models import Acknowledgment, Authorization, ClaimNote, EligibilityCheck, RemittedLine
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory, WorkItemFactory
from worklists.context import context_of
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
SERVED = date(2026, 9, 1)


def item_of(category: str, code: str, facility: Facility) -> WorkItem:
    claim = ClaimFactory.create(facility=facility, service_from=SERVED, service_to=SERVED)
    remitted = RemittedClaimFactory.create(claim=claim, received_on=SERVED + timedelta(days=3))
    RemittedLine.objects.create(
        remitted_claim=remitted, number=1, procedure="C8908", units_billed=Decimal(4), segment_from=11, segment_to=12
    )
    denial = DenialFactory.create(remitted_claim=remitted, category=category, primary_code=code)
    made: WorkItem = WorkItemFactory.create(denial=denial)
    return made


def test_every_kind_of_fact_comes_in_and_is_shown_at_its_items() -> None:
    facility = Facility.objects.create(name="Example Imaging", npi="1000001018")
    specialist, _ = (
        User.objects.create(username=name, role=Role.SPECIALIST, all_facilities=True)
        for name in ("specialist", "coder")
    )
    kinds = (("eligibility", "27"), ("eligibility", "24"), ("registration", "16"), ("bundling", "97"), ("coding", "4"))
    items = [item_of(*kind, facility) for kind in (*kinds, *[("authorization", "197")] * 6)]
    WorkItem.objects.filter(pk=items[0].pk).update(status="taken", assignee=specialist, taken_at=timezone.now())

    for _ in range(2):  # a try that broke off is made again
        demo_context.begin(timezone.localdate(), lambda job: pipeline.run(job.pk))

    assert EligibilityCheck.objects.filter(sheet=None).count() == 1
    assert {row.decision for row in Authorization.objects.all()} == {"approved", "pending", "refused"}
    assert set(EligibilityCheck.objects.values_list("result", flat=True)) == {
        "active", "inactive", "other_plan", "not_found",
    }  # fmt: skip
    assert set(ClaimNote.objects.values_list("kind", flat=True)) == {"coding", "edit"}
    assert Acknowledgment.objects.filter(status="accepted", claim_number=items[0].claim.number).exists()
    assert Acknowledgment.objects.filter(status="rejected").exists()
    words = {fit.words for item in items[5:] for part in context_of(item, specialist)[:1] for row in part.rows
             for fit in row.fits}  # fmt: skip
    assert {"covers all 4 units", "covers 3 of 4 units", "ended two days before the service"} <= words
