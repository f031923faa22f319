"""What the claim's own records tell its timeline: the service, each arrival at a receiver, each answer, each result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from denials.acknowledgments import Filing
from denials.course import day_of
from denials.domain.answer_words import in_words
from denials.domain.parts import REVERSAL
from denials.models import Acknowledgment, ProviderAdjustment, Rejection, Remittance, RemittedClaim
from worklists import code_words
from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Source, Step
from worklists.models import WorkItem
from worklists.wording import day

FREQUENCIES = {"1": "original claim", "7": "replacement of an earlier claim", "8": "cancels an earlier claim"}
"""CLM05-3, as CLP09 repeats it."""
UNDECIDED = {
    Remittance.State.HELD.value: "The payment is held for a decision.",
    Remittance.State.SET_ASIDE.value: "The payment was set aside.",
}


def entries(record: ClaimRecord) -> Iterator[Entry]:
    item = record.item
    yield from _service(item, record.results)
    yield from _arrivals(item, record.results)
    yield from answers(record.filing)
    for row in record.results:
        yield _result(item, row)
    for each in record.outside:
        yield _outside(each)


def answers(filing: Filing) -> Iterator[Entry]:
    """What receivers answered about the claim before any payment, with what was done about a rejection."""
    for row in filing.answers:
        if row.answered_on:
            yield _answer(row, getattr(row, "rejection", None), is_open=row.pk in filing.open_to)


def source_of(item: WorkItem, row: RemittedClaim, fact: str, where: str) -> Source:
    """The element of the payer's file that says it; for an entry the page of what was entered."""
    remittance, address = row.remittance, reverse("item_source", args=[item.pk, row.pk])
    if remittance.entered_from:
        return Source(f"{remittance.get_entered_from_display()}, entered by hand", address)
    named = f"remittance {remittance.trace}" if remittance.trace else "a remittance without trace"
    return Source(f"{named}, file {remittance.file.name}", f"{address}?fact={fact}", where, opens_here=True)


def _service(item: WorkItem, results: Sequence[RemittedClaim]) -> Iterator[Entry]:
    claim = item.claim
    if claim.service_from is None:
        return
    remitted = next(row for row in results if row.pk == item.denial.remitted_claim_id)
    until = f"until {day(claim.service_to)}" if claim.service_to and claim.service_to != claim.service_from else ""
    source = source_of(item, remitted, "service-from", "DTM")
    yield Entry(claim.service_from, Step.CARE, f"Service at {item.facility}", source, detail=until)


def _arrivals(item: WorkItem, results: Sequence[RemittedClaim]) -> Iterator[Entry]:
    """The days on which the payer says it received the claim, each once."""
    seen = set()
    for row in results:
        if row.received_on is None or row.received_on in seen or row.status == REVERSAL:
            continue
        seen.add(row.received_on)
        number = f"payer's number {row.payer_control_number}" if row.payer_control_number else ""
        detail = ", ".join(filter(None, [FREQUENCIES.get(row.frequency, ""), number]))
        source = source_of(item, row, "received", "DTM*050")
        yield Entry(row.received_on, Step.RECEIVED, "Claim received by the payer", source, by="payer", detail=detail)


def _answer(row: Acknowledgment, done: Rejection | None, *, is_open: bool) -> Entry:
    who = row.source_name or "the receiver"
    is_receipt = row.status == Acknowledgment.Status.RECEIVED
    what = f"{'Received' if is_receipt else row.get_status_display()} by {who}"
    said = "; ".join(in_words(code) for code in row.codes) if row.is_rejected else ""
    since = f"It got the claim on {day(row.received_on)}." if row.received_on else ""
    note = f"{done.get_state_display()}: {done.reason}" if done and done.reason else ""
    report = " ".join(filter(None, [row.kind, row.reference]))
    address = reverse("acknowledgment", args=[row.pk]) if is_open else ""
    source = Source(f"{report}, file {row.file.name}", address, "STC")
    assert row.answered_on is not None, "only dated answers are told"
    detail = " ".join(filter(None, [said and f"{said[:1].upper()}{said[1:]}.", since]))
    return Entry(row.answered_on, Step.ANSWERED, what, source, by="payer", detail=detail, note=note)


def _result(item: WorkItem, row: RemittedClaim) -> Entry:
    what, detail = _in_words(row)
    said = " ".join(filter(None, [detail, UNDECIDED.get(row.remittance.state, ""), _entered(row)]))
    source = source_of(item, row, "paid", "CLP")
    return Entry(day_of(row.remittance), Step.DECIDED, what, source, by="payer", detail=said)


def _in_words(row: RemittedClaim) -> tuple[str, str]:
    denial, paid = getattr(row, "denial", None), row.paid or 0
    if row.status == REVERSAL:
        return f"Result taken back, {dollars(abs(paid))}", ""
    if denial is not None and denial.is_denial:
        why = code_words.why(denial.primary_code, denial.remarks)
        return f"Denied {dollars(denial.denied_amount)}", f"{why} {denial.primary_reason}, paid {dollars(paid)}."
    if paid:
        return f"Paid {dollars(paid)}", ""
    share = f"{dollars(row.patient_share)} left to the patient." if row.patient_share else ""
    return "Decided, nothing paid", share


def _entered(row: RemittedClaim) -> str:
    return "Confirms what had been entered by hand." if hasattr(row, "confirms") else ""


def _outside(each: ProviderAdjustment) -> Entry:
    amount = each.amount or 0
    what = f"{dollars(abs(amount))} {'taken from' if amount > 0 else 'added to'} a payment outside of claims"
    on = day_of(each.remittance)
    return Entry(on, Step.DECIDED, what, outside_source(each), by="payer", detail=f"Reason {each.code}.")


def outside_source(each: ProviderAdjustment) -> Source:
    remittance = each.remittance
    address = f"{reverse('payment_source', args=[remittance.pk])}?fact=provider-adjustment-{each.ordinal}-amount"
    return Source(f"remittance {remittance.trace or remittance.pk}, file {remittance.file.name}", address, "PLB")


def dollars(amount: object) -> str:
    return f"${amount:,.2f}"


def arrived(rows: Iterable[Entry]) -> list[Entry]:
    """Of all that is told, what went to the payer and came to it, oldest first."""
    steps = (Step.SENT, Step.RECEIVED, Step.ANSWERED, Step.MAILED)
    return sorted((row for row in rows if row.step in steps), key=lambda row: (row.day, row.step))
