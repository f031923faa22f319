"""Readings at work on what was recorded: payer and facility decide, and the denial keeps who won and who lost."""

from __future__ import annotations

import pytest

from denials import dictionary
from denials.classification import classify
from denials.models import CodeReading, Denial, Remittance
from tests.denials.recorded import recorded
from tests.remittance_text import Claim, Payment, file_of

pytestmark = pytest.mark.django_db
NPI = "1000000001"


def denied() -> Denial:
    """CO-50 with remark N115, all of it refused, classified as the pipeline does."""
    remittance: Remittance = recorded(file_of(Payment(claims=(Claim(paid="0.00"),), npi=NPI))).remittances.get()
    classify(remittance)
    return Denial.objects.get(remitted_claim__remittance=remittance)


def test_the_most_specific_reading_decides_and_the_others_are_kept_beside_it() -> None:
    dictionary.load()
    ours = {"reason": "Ours", "code": "50"}
    wide = CodeReading.objects.create(**ours, title="Wide", overrides={"owner_team": "billing"})
    here = CodeReading.objects.create(
        **ours, title="Here", facility_npi=NPI, partner_remark="N115", overrides={"usual_resolution": "correction"}
    )
    CodeReading.objects.create(**ours, title="Elsewhere", facility_npi="2", overrides={"owner_team": "coding"})
    CodeReading.objects.create(
        **ours, title="Retired", partner_remark="N115", is_active=False, overrides={"owner_team": "coding"}
    )

    denial = denied()

    assert [(each["id"], each["title"], each["won"]) for each in denial.readings] == [
        (here.pk, "Here", True),
        (wide.pk, "Wide", False),
    ]
    assert denial.readings[0]["changes"] == {"resolution": ["appeal", "correction"]}
    assert (denial.resolution, denial.owner_team, denial.is_read_otherwise) == ("correction", "clinical_appeals", True)
    assert str(denial.denied_amount) == "100.00"


def test_a_denial_that_nothing_reads_otherwise_keeps_no_reading() -> None:
    dictionary.load()

    assert denied().readings == []
