"""The one conclusion about a claim payment: denial or not, how much, why, whose, and what may be done.

Follows steps 3 and 7 to 12 of the recognition rules. Everything that hangs on a code is read from the dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from denials.domain.case import Case, amount_in, line_numbers
from denials.domain.conclusion import ZERO, AppealResult, Conclusion, ExceptionCode, Outcome
from denials.domain.denied import closed_duplicate, denial, denied_by_status, suspected
from denials.domain.dictionary import Dictionary
from denials.domain.entries import DenialRule
from denials.domain.facts import ReportedClaim
from denials.domain.history import NO_HISTORY, Duplicate, EarlierState, History, Prior
from denials.domain.money import dollars
from denials.domain.pairs import earlier_result, has_correction, status_of
from denials.domain.recognise import Reason, Scope, recognise
from denials.domain.undenied import by_status, not_denial, pending


def conclude(
    claim: ReportedClaim,
    dictionary: Dictionary,
    *,
    payer_key: str,
    payer_kind: str,
    history: History = NO_HISTORY,
    siblings: Sequence[ReportedClaim] = (),
    decided_on: date | None = None,
    product: str = "",
    facility: str = "",
    specialty: str = "",
) -> Conclusion:
    """Conclude what one claim payment is. Answers for any claim; what cannot be read is flagged, never dropped.

    `siblings` are the claim payments of the same file that share the payer control number or our claim number, so
    that a reversal finds its correction and the correction its reversal. Others among them do no harm but cost time.
    `decided_on` is the payment date: a code is called retired only when it was used after its stop date, and a reading
    with dates is valid by it. `product`, `facility` (NPI) and `specialty` say whose readings apply besides the payer's.
    """
    scope = Scope(dictionary, payer_key, payer_kind, decided_on, product, facility, specialty)
    case = Case(
        claim=claim,
        scope=scope,
        history=history,
        status=dictionary.status(status_of(claim)),
        found=recognise(claim, scope),
        prior=earlier_result(claim, siblings, scope, history),
        is_corrected=has_correction(claim, siblings, dictionary),
    )
    return _finish(case, _conclude(case))


def _conclude(case: Case) -> Conclusion:
    outcome = case.status.outcome
    if outcome not in (None, Outcome.FULL_DENIAL):
        return by_status(case, outcome)
    still_denied, settled, links = _split_duplicates(case)
    if still_denied:
        return denial(case, still_denied, next((link for link in links if link.state is EarlierState.DENIED), None))
    if settled:
        return closed_duplicate(case, settled, links[0])
    if outcome is Outcome.FULL_DENIAL:
        return denied_by_status(case)
    if case.found.suspected:
        return suspected(case)
    return pending(case) if case.found.pending else not_denial(case)


def _split_duplicates(case: Case) -> tuple[list[Reason], list[Reason], list[Duplicate]]:
    """Denied reasons, and apart from them duplicates whose first claim was paid or is pending, with what they match."""
    denied: list[Reason] = []
    settled: list[Reason] = []
    links: list[Duplicate] = []
    for reason in case.found.denied:
        match = Duplicate()
        if reason.entry.denial_rule is DenialRule.DUPLICATE:
            match = case.history.duplicate_of(case.claim, reason.unit.line)
        is_settled = match.state in (EarlierState.PAID, EarlierState.PENDING)
        (settled if is_settled else denied).append(reason)
        links += [match] if match.state is not EarlierState.NONE else []
    return denied, settled, links


def _finish(case: Case, conclusion: Conclusion) -> Conclusion:
    """Add what holds for every outcome: flags, money that is pending, and the link to the first result."""
    found = case.found
    flags = [*conclusion.exceptions, *found.exceptions]
    if not case.status.is_known:
        flags.append(ExceptionCode.UNKNOWN_STATUS)
    if found.suspected and conclusion.outcome is not Outcome.REVERSAL:
        flags.append(ExceptionCode.SUSPECTED_DENIAL)
    complete = replace(
        conclusion,
        exceptions=tuple(dict.fromkeys(flags)),
        dictionary_version=case.scope.dictionary.version,
    )
    if conclusion.is_denial and found.pending:
        complete = replace(
            complete,
            tracked_amount=amount_in(found.pending),
            pending_lines=line_numbers(found.pending),
            watch="line_pending",
            because=(*complete.because, f"Also not decided yet: {dollars(amount_in(found.pending))}."),
        )
    return _linked(case, case.prior, complete) if case.prior else complete


def _linked(case: Case, prior: Prior, conclusion: Conclusion) -> Conclusion:
    """A correction is posted together with what it corrects; on a denial it is also the answer to the appeal."""
    if conclusion.outcome is Outcome.NOT_DENIAL:
        conclusion = replace(conclusion, owner_team="payment_posting", resolution="adjustment")
    elif not conclusion.is_denial:
        return conclusion
    number = case.claim.payer_control_number
    if not prior.is_denial:
        return replace(conclusion, linked_claim=conclusion.linked_claim or number)
    result = _result(prior, conclusion)
    recovered = max(case.found.paid - prior.paid_amount, ZERO)
    because = f"An earlier denial of {dollars(prior.denied_amount)} is {result}: {dollars(recovered)} more was paid."
    return replace(
        conclusion,
        linked_claim=number,
        appeal_result=result,
        recovered_amount=recovered,
        because=(*conclusion.because, because),
    )


def _result(prior: Prior, conclusion: Conclusion) -> AppealResult:
    if not conclusion.is_denial:
        return AppealResult.OVERTURNED
    return AppealResult.PARTIAL if conclusion.denied_amount < prior.denied_amount else AppealResult.UPHELD
