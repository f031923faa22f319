"""Rows for tests, as small as they can be. Names are obviously fictional."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.models import Facility, Team
from denials.models import Claim, Clock, Denial, Payer, Remittance, RemittanceFile, RemittedClaim
from worklists.models import Queue, RoutingRule, WorkItem

DENIED_ON = date(2026, 11, 2)
DEADLINE = date(2026, 12, 15)
APPEALS_ADDRESS = "Appeals, PO Box 1, Anytown TX 75001"


class FacilityFactory(DjangoModelFactory[Facility]):
    class Meta:
        model = Facility

    name = factory.Sequence(lambda n: f"Example Clinic {n}")
    npi = factory.Sequence(lambda n: f"19999{n:05d}")


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team
        django_get_or_create = ("key",)

    key = "prior_auth"
    name = "Authorization"


class PayerFactory(DjangoModelFactory[Payer]):
    class Meta:
        model = Payer
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"payer_{n}")
    name = factory.Sequence(lambda n: f"Fictional Health Plan {n}")
    kind = Payer.Kind.COMMERCIAL

    @factory.post_generation  # type: ignore[untyped-decorator]
    def appeals_address(payer: Payer, create: bool, value: str | None, **_: object) -> None:
        payer.contacts.create(kind="appeals_address", value=value or APPEALS_ADDRESS)


class QueueFactory(DjangoModelFactory[Queue]):
    class Meta:
        model = Queue
        django_get_or_create = ("key",)

    key = "prior_auth"
    name = "Authorization"


class RoutingRuleFactory(DjangoModelFactory[RoutingRule]):
    class Meta:
        model = RoutingRule

    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Rule {n}")
    queue = factory.SubFactory(QueueFactory)


class RemittanceFileFactory(DjangoModelFactory[RemittanceFile]):
    class Meta:
        model = RemittanceFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    name = factory.Sequence(lambda n: f"sample-{n}.835")
    size = 1000
    state = RemittanceFile.State.RECORDED


class RemittanceFactory(DjangoModelFactory[Remittance]):
    class Meta:
        model = Remittance

    file = factory.SubFactory(RemittanceFileFactory)
    transaction = 1
    control_number = "0001"
    payer = factory.SubFactory(PayerFactory)
    facility = factory.SubFactory(FacilityFactory)
    payer_name = factory.LazyAttribute(lambda row: row.payer.name)
    trace = factory.Sequence(lambda n: f"TRACE{n:06d}")
    amount = Decimal("0.00")
    payment_date = DENIED_ON
    claims = 1
    charged = Decimal("1450.00")
    paid = Decimal("0.00")
    difference = Decimal("0.00")
    segment_from = 2
    segment_to = 20
    state = Remittance.State.SETTLED


class ClaimFactory(DjangoModelFactory[Claim]):
    class Meta:
        model = Claim

    payer = factory.SubFactory(PayerFactory)
    facility = factory.SubFactory(FacilityFactory)
    number = factory.Sequence(lambda n: f"RC-{n:05d}")
    matching_key = factory.SelfAttribute("number")
    payer_control_number = factory.Sequence(lambda n: f"PCN{n:06d}")
    patient_last = "Fictional"
    patient_first = "Ada"
    member_id = factory.Sequence(lambda n: f"W{n:09d}")
    service_from = date(2026, 10, 5)
    service_to = date(2026, 10, 5)
    charge = Decimal("1450.00")


class RemittedClaimFactory(DjangoModelFactory[RemittedClaim]):
    class Meta:
        model = RemittedClaim

    claim = factory.SubFactory(ClaimFactory)
    remittance = factory.SubFactory(
        RemittanceFactory,
        payer=factory.SelfAttribute("..claim.payer"),
        facility=factory.SelfAttribute("..claim.facility"),
    )
    facility = factory.SelfAttribute("claim.facility")
    position = 1
    claim_number = factory.SelfAttribute("claim.number")
    payer_control_number = factory.SelfAttribute("claim.payer_control_number")
    status = "1"
    charge = Decimal("1450.00")
    paid = Decimal("0.00")
    patient_last = factory.SelfAttribute("claim.patient_last")
    patient_first = factory.SelfAttribute("claim.patient_first")
    member_id = factory.SelfAttribute("claim.member_id")
    service_from = factory.SelfAttribute("claim.service_from")
    segment_from = 10
    segment_to = 15


class DenialFactory(DjangoModelFactory[Denial]):
    class Meta:
        model = Denial

    remitted_claim = factory.SubFactory(RemittedClaimFactory)
    claim = factory.SelfAttribute("remitted_claim.claim")
    facility = factory.SelfAttribute("remitted_claim.facility")
    payer = factory.SelfAttribute("remitted_claim.claim.payer")
    payer_kind = factory.SelfAttribute("payer.kind")
    outcome = "full_denial"
    is_denial = True
    denied_amount = Decimal("1450.00")
    amount_at_risk = Decimal("1450.00")
    tracked_amount = Decimal("0.00")
    category = "authorization"
    denial_type = "administrative"
    primary_group = "CO"
    primary_code = "197"
    remarks = factory.LazyFunction(lambda: ["N54"])
    liability = "provider"
    owner_team = "prior_auth"
    resolution = "appeal"
    appeal_allowed = True
    next_action = "Find the approval and send a corrected claim."
    because = factory.LazyFunction(lambda: ["CO-197 on line 1 for $1,450.00 is a denial (rule D_ALWAYS)."])
    deadline = DEADLINE
    last_safe_on = factory.SelfAttribute("deadline")
    deadline_rule = "AET-L1"
    decided_on = DENIED_ON
    dictionary_version = "test"


class ClockFactory(DjangoModelFactory[Clock]):
    """The binding clock of a denial: 180 days from the payment date, as one rule says."""

    class Meta:
        model = Clock

    denial = factory.SubFactory(DenialFactory)
    kind = "appeal"
    level = 1
    name = "Reconsideration"
    state = "running"
    rule_id = "AET-L1"
    basis = "payment_date"
    basis_on = factory.SelfAttribute("denial.decided_on")
    window = "180 calendar_days"
    last_day = factory.SelfAttribute("denial.deadline")
    last_safe_day = factory.SelfAttribute("last_day")
    is_binding = True


class WorkItemFactory(DjangoModelFactory[WorkItem]):
    """An open item nobody has taken, due on `DEADLINE`."""

    class Meta:
        model = WorkItem

    denial = factory.SubFactory(DenialFactory)
    claim = factory.SelfAttribute("denial.claim")
    facility = factory.SelfAttribute("denial.facility")
    payer = factory.SelfAttribute("denial.payer")
    queue = factory.SubFactory(QueueFactory)
    category = factory.SelfAttribute("denial.category")
    reason = "CO-197 N54"
    provider = factory.SelfAttribute("denial.fault_provider")
    denied_amount = factory.SelfAttribute("denial.denied_amount")
    amount_at_risk = factory.SelfAttribute("denial.amount_at_risk")
    deadline = factory.SelfAttribute("denial.deadline")
    last_safe_on = factory.SelfAttribute("deadline")
    expected_amount = factory.SelfAttribute("amount_at_risk")
    denied_on = factory.SelfAttribute("denial.decided_on")
    rank_key = factory.LazyAttribute(lambda row: float(row.deadline.toordinal()))
