"""What counts for a claim: the value of its product line, else the payer's own; and its deadline follows."""

from __future__ import annotations

import pytest

from denials import classification, payer_products, time_limits
from denials.models import Denial, Payer
from tests.denials.recorded import recorded
from tests.factories import PayerFactory
from tests.remittance_text import Payment, file_of

pytestmark = pytest.mark.django_db


def a_payer(**values: object) -> Payer:
    payer = PayerFactory.create(key="aetna", product="commercial", jurisdiction="US", **values)
    payer.identifiers.create(kind="payer_id", value="60001")
    return payer


def classified(filing_code: str) -> Denial:
    file = recorded(file_of(Payment()).replace(b"*0*12*PCN1", f"*0*{filing_code}*PCN1".encode()))
    classification.classify(file.remittances.get())
    return Denial.objects.get()


def test_a_payer_without_lines_counts_by_its_own_values() -> None:
    payer = a_payer()
    line = payer_products.product_for(payer, classified("12").remitted_claim)

    assert (line.product_id, line.rules_key, line.product) == (None, "aetna", "commercial")


def test_the_lines_values_come_before_the_payers_and_what_it_leaves_open_stays_the_payers() -> None:
    payer = a_payer(response_days=40, claims_per_call=3)
    advantage = payer.products.create(
        name="Medicare Advantage", kind=Payer.Kind.MEDICARE_ADVANTAGE, filing_codes=["16"], is_contracted=False,
        rules_key="medicare_advantage", product="Part C", response_days=60,
    )  # fmt: skip

    line = payer_products.product_for(payer, classified("16").remitted_claim)

    assert (line.product_id, line.kind, line.rules_key) == (advantage.pk, "medicare_advantage", "medicare_advantage")
    assert (line.product, line.jurisdiction, line.provider_status) == ("Part C", "US", "non_contracted")
    assert (line.response_days, line.claims_per_call) == (60, 3)


@pytest.mark.parametrize(("filing_code", "rule"), [("12", "AET-L1"), ("16", "MA-NC-L1")])
def test_the_deadline_is_that_of_the_claims_product_line(filing_code: str, rule: str) -> None:
    time_limits.load()
    a_payer().products.create(
        name="Medicare Advantage", filing_codes=["16"], is_contracted=False, rules_key="medicare_advantage",
        product="Part C",
    )  # fmt: skip

    denial = classified(filing_code)

    assert denial.deadline_rule == rule


def test_a_line_that_is_switched_off_takes_no_claim_from_then_on() -> None:
    payer = a_payer()
    line = payer.products.create(name="Medicare Advantage", filing_codes=["16"])
    claim = classified("16").remitted_claim
    assert payer_products.product_for(payer, claim).product_id == line.pk

    line.is_active = False
    line.save()

    assert payer_products.product_for(payer, claim).product_id is None
