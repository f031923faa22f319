"""Second stage: concludes what each claim payment of a remittance is, and keeps the conclusions that need an eye."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from denials import clocks, dictionary, payer_products, time_limits
from denials.confirmations import confirm_entered
from denials.domain import same_fault
from denials.domain.classify import conclude
from denials.domain.conclusion import Conclusion, Outcome
from denials.domain.dictionary import Dictionary
from denials.earlier_results import EarlierResults, claims_told_twice
from denials.models import Denial, Remittance
from denials.payer_products import PayerLines
from denials.recorded_claims import RecordedClaim, reported_claims
from denials.time_limits import TimeLimits

BATCH = 1000
UNREMARKABLE = frozenset({Outcome.NOT_DENIAL, Outcome.ESTIMATE})


def classify(remittance: Remittance) -> None:
    """Writes a `Denial` for each claim payment that is no ordinary payment, and pairs reversals with what they undo.

    The caller holds the transaction and the remittance's row; run again after a crash it starts from nothing.
    """
    entries = dictionary.current()
    limits, lines = time_limits.current(), payer_products.current()
    told_twice = claims_told_twice(remittance)
    claims = reported_claims(remittance)
    while batch := list(islice(claims, BATCH)):
        earlier = EarlierResults(remittance, batch, told_twice, entries)
        concluded = [(each, conclude_recorded(remittance, each, entries, earlier, lines)) for each in batch]
        echoes = confirm_entered(remittance, batch)
        earlier.pairing.write()
        _write(remittance, [each for each in concluded if each[0].remitted_claim_id not in echoes], limits, lines)


def conclude_recorded(
    remittance: Remittance,
    recorded: RecordedClaim,
    entries: Dictionary,
    earlier: EarlierResults,
    lines: PayerLines,
) -> Conclusion:
    """What one recorded claim payment is, by these entries and with the past that `earlier` knows."""
    line = lines.line_of(remittance.payer, recorded.reported)
    conclusion = conclude(
        recorded.reported,
        entries,
        payer_key=remittance.payer.key,
        payer_kind=line.kind,
        history=earlier.as_seen_from(recorded),
        siblings=earlier.siblings_of(recorded),
        decided_on=remittance.payment_date or remittance.production_date,
        product=line.name or line.product,
        facility=remittance.facility.npi,
        specialty=remittance.facility.service_line,
    )
    earlier.note(recorded, conclusion)
    return conclusion


def _write(
    remittance: Remittance,
    concluded: Sequence[tuple[RecordedClaim, Conclusion]],
    limits: TimeLimits,
    lines: PayerLines,
) -> None:
    remarkable = [each for each in concluded if each[1].outcome not in UNREMARKABLE]
    rows = [denial_row(remittance, recorded, conclusion, lines) for recorded, conclusion in remarkable]
    dates = [recorded.reported for recorded, _ in remarkable]
    counted = clocks.date(list(zip(rows, dates, strict=True)), remittance.payer, limits)
    clocks.write(Denial.objects.bulk_create(rows, batch_size=BATCH), counted)


def denial_row(remittance: Remittance, recorded: RecordedClaim, conclusion: Conclusion, lines: PayerLines) -> Denial:
    """The conclusion as a row, without its last day: `clocks.date` gives it that."""
    decided_on = remittance.payment_date or remittance.production_date
    said = recorded.reported
    line = lines.line_of(remittance.payer, said)
    return Denial(
        remitted_claim_id=recorded.remitted_claim_id,
        claim_id=recorded.claim_id,
        facility_id=recorded.facility_id,
        payer_id=remittance.payer_id,
        payer_kind=line.kind,
        product=line.name or line.product,
        outcome=conclusion.outcome,
        is_denial=conclusion.is_denial,
        denied_amount=conclusion.denied_amount,
        amount_at_risk=conclusion.amount_at_risk,
        tracked_amount=conclusion.tracked_amount,
        category=conclusion.category,
        denial_type=conclusion.denial_type,
        primary_group=conclusion.primary_group[:3],
        primary_code=conclusion.primary_code[:10],
        remarks=[code[:10] for code in conclusion.remarks],
        fault_codes=same_fault.codes(
            conclusion.primary_group, conclusion.primary_code, conclusion.remarks, conclusion.outcome
        ),
        fault_procedures=same_fault.procedures(said.lines, conclusion.denied_lines),
        fault_provider=same_fault.provider(said.rendering_npi, said.rendering_name),
        liability=conclusion.liability,
        owner_team=conclusion.owner_team,
        resolution=conclusion.resolution,
        appeal_allowed=conclusion.appeal_allowed,
        needs_new_claim=conclusion.needs_new_claim,
        denied_lines=list(conclusion.denied_lines),
        denied_units=conclusion.denied_units,
        pending_lines=list(conclusion.pending_lines),
        watch=conclusion.watch,
        exceptions=list(conclusion.exceptions),
        next_action=conclusion.next_action,
        evidence=list(conclusion.evidence),
        root_cause=conclusion.root_cause,
        preventable=conclusion.preventable,
        escalation_path=conclusion.escalation,
        because=list(conclusion.because),
        readings=[reading.as_json() for reading in conclusion.readings],
        decided_on=decided_on,
        dictionary_version=conclusion.dictionary_version,
    )
