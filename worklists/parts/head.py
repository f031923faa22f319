"""The head of an item in words: whose claim, which payer, which dates, which money. Empty where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from accounts.formatting import as_words, days_since, moment, money
from denials.payer_contacts import Contact
from worklists.domain.transitions import Status
from worklists.item_clocks import ItemClocks
from worklists.models import WorkItem
from worklists.parts.clocks import left_on
from worklists.wording import day

AMOUNT, NUMBER = len("$9,999.99"), len("ABC123456789")
"""Letters of an amount, and of a number, that fit into one of six columns on a small desk."""


def head_of(
    item: WorkItem, contacts: Mapping[str, Contact], allowed: Decimal | None, clocks: ItemClocks, today: date
) -> dict[str, object]:
    """Expects claim, payer, facility, queue, rule, assignee and denial with the claim payment."""
    claim, denial, remitted, facility = item.claim, item.denial, item.denial.remitted_claim, item.facility
    phone = contacts.get("phone")
    rule = item.rule if item.rule and item.rule.name not in item.routed_because else None
    last_day = claim.service_to if claim.service_to != claim.service_from else None
    amounts = {
        "at_risk": money(item.amount_at_risk),
        "denied": money(item.denied_amount),
        "charge": money(remitted.charge),
        "allowed": "" if allowed is None else money(allowed),
        "paid": money(remitted.paid),
    }
    return {
        **amounts,
        "at_risk_is": "Was at risk" if item.status == Status.RESOLVED else "At risk",
        "is_large": max(map(len, amounts.values())) > AMOUNT
        or max(len(remitted.claim_number), len(claim.member_id)) > NUMBER,
        "patient_last": claim.patient_last,
        "patient_first": claim.patient_first,
        "number": claim.number,
        "denied_times": item.round if item.round > 1 else 0,
        "age": days_since(denial.decided_on, today),
        "service_age": days_since(claim.service_from, today),
        "payer": item.payer.name,
        "payer_is_sure": item.payer.is_confirmed,
        "product": denial.product,
        "payer_number": remitted.payer_control_number,
        "other_numbers": [part.payer_number for part in clocks.parts if part.payer_number],
        "phone": phone.value if phone else "",
        "phone_is_sure": phone.verified if phone else "",
        "account": remitted.claim_number,
        "record": remitted.medical_record,
        "member_id": claim.member_id,
        "service_from": day(claim.service_from) if claim.service_from else "",
        "service_to": day(last_day) if last_day else "",
        "decided": day(denial.decided_on) if denial.decided_on else "",
        "day_fact": "payment-date" if remitted.remittance.payment_date else "production-date",
        "trace": remitted.remittance.trace,
        "facility": facility.name,
        "service_line": as_words(facility.service_line),
        "rendering_name": remitted.rendering_name,
        "rendering_npi": remitted.rendering_npi,
        "owner": str(item.assignee) if item.assignee else "",
        "taken": moment(item.taken_at, today) if item.taken_at else "",
        "queue": item.queue.name,
        "rule": rule.name if rule else "",
        "rule_version": item.rule_version,
        "routed": item.routed_because,
        "left": left_on(clocks, today),
    }
