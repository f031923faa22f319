"""Conclusions where the payer refused, or seems to have refused, money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from denials.domain.case import Case, amount_in, line_numbers
from denials.domain.conclusion import ZERO, Conclusion, ExceptionCode, Liability, Outcome, in_words
from denials.domain.dictionary import Dictionary
from denials.domain.entries import RULE_WORDS
from denials.domain.history import Duplicate, Prior
from denials.domain.money import amount_of, dollars, total
from denials.domain.reading import APPEAL_ENDS, NEW_CLAIM, Meaning, Way, owner_by_alert, read, readings_of, way_forward
from denials.domain.recognise import Reason

NOTICE_PAYERS = frozenset({"medicare_ffs"})
"""Payers (by kind or key) that let the patient be billed only after a notice beforehand."""


def denial(case: Case, reasons: Sequence[Reason], linked: Duplicate | None) -> Conclusion:
    """A denial of the whole claim or of part of it; `linked` is the denied claim that this one duplicates."""
    meanings = [read(reason, case.scope) for reason in reasons]
    first = _upholding(weightiest(meanings, case.scope.dictionary), case.prior)
    remarks = case.remarks_on(reasons)
    effects = case.effects_of(remarks)
    way = _way(case, first, effects)
    amount = amount_in(reasons)
    return Conclusion(
        outcome=Outcome.PARTIAL_DENIAL if case.found.paid > 0 else Outcome.FULL_DENIAL,
        is_denial=True,
        denied_amount=amount,
        amount_at_risk=amount,
        category=first.category,
        denial_type=first.denial_type,
        primary_group=first.reason.group,
        primary_code=first.reason.entry.code,
        liability=case.scope.dictionary.group(first.reason.group).liability,
        owner_team=first.owner_team,
        resolution=way.resolution,
        appeal_allowed=way.appeal_allowed,
        needs_new_claim=_never_taken_in(case, first) or bool(effects & NEW_CLAIM),
        remarks=remarks,
        denied_lines=line_numbers(reasons),
        denied_units=_units(reasons),
        exceptions=tuple(dict.fromkeys(meaning.exception for meaning in meanings if meaning.exception)),
        linked_claim=linked.reference if linked else "",
        next_action=_next_action(first, effects),
        evidence=first.evidence,
        root_cause=first.root_cause,
        preventable=first.preventable,
        escalation=first.escalation,
        because=(*_sentences(case, reasons, first), *way.because),
        readings=readings_of([first, *meanings]),
    )


def _next_action(first: Meaning, effects: frozenset[str]) -> str:
    if effects & APPEAL_ENDS and effects & NEW_CLAIM:
        return f"{first.next_action} It goes as a new claim: this one was never processed and cannot be appealed."
    return first.next_action


def closed_duplicate(case: Case, reasons: Sequence[Reason], settled: Duplicate) -> Conclusion:
    """The first claim was paid or is pending, so nothing is lost by refusing the second."""
    first = weightiest([read(reason, case.scope) for reason in reasons], case.scope.dictionary)
    return Conclusion(
        outcome=Outcome.DUPLICATE_CLOSED,
        is_denial=False,
        category=first.category,
        denial_type=first.denial_type,
        primary_group=first.reason.group,
        primary_code=first.reason.entry.code,
        liability=Liability.NONE,
        owner_team=first.owner_team,
        resolution="adjustment",
        remarks=case.remarks_on(reasons),
        linked_claim=settled.reference,
        next_action=first.next_action,
        evidence=first.evidence,
        root_cause=first.root_cause,
        preventable=first.preventable,
        readings=readings_of([first]),
        because=(f"{first.reason.name} says duplicate, and the first claim is {settled.state}: nothing is lost.",),
    )


def denied_by_status(case: Case) -> Conclusion:
    """The payer says denied, and no adjustment explains it."""
    status, amount = case.status, _unexplained(case)
    return Conclusion(
        outcome=Outcome.FULL_DENIAL,
        is_denial=True,
        denied_amount=amount,
        amount_at_risk=amount,
        category=status.category,
        denial_type=status.denial_type,
        liability=Liability.NONE,
        owner_team=status.owner_team,
        resolution=status.resolution,
        appeal_allowed=True,
        needs_new_claim=True,
        remarks=case.remarks,
        denied_lines=tuple(line.number for line in case.claim.lines),
        next_action="Check the patient's cover and identifiers with the payer, then send the claim again.",
        because=(
            f"Claim status {status.code} says denied, and no adjustment says why: "
            f"the category is {in_words(status.category)}.",
        ),
    )


def suspected(case: Case) -> Conclusion:
    """A write-down fills the whole charge and nothing was paid. The whole charge is at risk until the payer answers."""
    reasons = case.found.suspected
    first = min(reasons, key=lambda reason: (-reason.amount, reason.entry.code, reason.group))
    remarks = case.remarks_on(reasons)
    category = case.scope.dictionary.category(first.entry.category)
    amount = amount_in(reasons)
    meaning = read(first, case.scope)
    over = meaning.verdict.won.overrides if meaning.verdict else {}
    return Conclusion(
        outcome=Outcome.SUSPECTED_DENIAL,
        is_denial=True,
        denied_amount=amount,
        amount_at_risk=amount,
        category=over.get("category", category.category),
        denial_type=over.get("denial_type", category.denial_type),
        primary_group=first.group,
        primary_code=first.entry.code,
        liability=case.scope.dictionary.group(first.group).liability,
        owner_team=over.get("owner_team") or owner_by_alert([case.scope.dictionary.rarc(code) for code in remarks]),
        resolution="escalation",
        appeal_allowed=first.entry.appealable != "no",
        remarks=remarks,
        denied_lines=line_numbers(reasons),
        exceptions=(ExceptionCode.SUSPECTED_DENIAL,),
        next_action=meaning.next_action,
        evidence=meaning.evidence,
        root_cause=meaning.root_cause,
        escalation=meaning.escalation,
        readings=readings_of([meaning]),
        because=(
            f"{first.name} fills the whole charge of {first.place}, nothing was paid and no other reason is given. "
            "A write-down may not do that, so the true reason is hidden: hold the write-off and ask the payer.",
        ),
    )


def weightiest(meanings: Sequence[Meaning], dictionary: Dictionary) -> Meaning:
    """Largest amount first; ties by category, then by code, so that the order in the file never matters."""

    def weight(meaning: Meaning) -> tuple[Decimal, int, str, str, int]:
        reason = meaning.reason
        # By what the dictionary says: a reading never decides which reason leads, and so what may be appealed.
        rank = dictionary.category((meaning.unread or meaning).category).tie_rank
        line = reason.unit.line.number if reason.unit.line else 0
        return -reason.amount, rank, reason.entry.code, reason.group, line

    return min(meanings, key=weight)


def _upholding(first: Meaning, prior: Prior | None) -> Meaning:
    """An upheld appeal keeps the category and the owner of the first denial."""
    if not prior or not prior.is_denial or "upholds_earlier_decision" not in first.reason.entry.effects:
        return first
    return replace(
        first,
        category=prior.category or first.category,
        denial_type=prior.denial_type or first.denial_type,
        owner_team=prior.owner_team or first.owner_team,
        because=f"Code {first.reason.entry.code} upholds an earlier decision: the first denial's category and owner "
        "are kept, and the next appeal level applies.",
    )


def _way(case: Case, first: Meaning, effects: frozenset[str]) -> Way:
    return way_forward(
        first,
        effects,
        patient_billable=case.scope.dictionary.group(first.reason.group).patient_may_be_billed,
        needs_notice=not NOTICE_PAYERS.isdisjoint({case.scope.payer_kind, case.scope.payer_key}),
    )


def _never_taken_in(case: Case, first: Meaning) -> bool:
    """Some payers send status 4 for any denial; only with its own category was the patient not recognised."""
    category = (first.unread or first).category
    return case.status.outcome is Outcome.FULL_DENIAL and category == case.status.category


def _units(reasons: Sequence[Reason]) -> Decimal | None:
    counted = [reason.quantity for reason in reasons if reason.quantity is not None]
    return total(counted) if counted else None


def _unexplained(case: Case) -> Decimal:
    """The charge less what was paid and adjusted; the whole charge when nothing else is left."""
    parts = [case.claim.adjustments, *(line.adjustments for line in case.claim.lines)]
    explained = total(amount_of(one.amount) for part in parts for one in part)
    left = case.found.charge - case.found.paid - explained
    return max(left if left > 0 else case.found.charge, ZERO)


def _sentences(case: Case, reasons: Sequence[Reason], first: Meaning) -> tuple[str, ...]:
    said = [_sentence(reason) for reason in reasons]
    said += [f"{r.name} on {r.place} repeats the denial of the whole claim: counted once." for r in case.found.repeated]
    if len(reasons) > 1:
        said.append(f"{first.reason.name} leads: the largest denied amount, ties by category.")
    said.append(first.because)
    said.append(f"Paid on the claim: {dollars(case.found.paid)}. At risk is the denied amount as billed.")
    return tuple(said)


def _sentence(reason: Reason) -> str:
    entry = reason.entry
    title = f" ({entry.title})" if entry.title else ""
    why = RULE_WORDS[entry.denial_rule]
    said = f"{reason.name}{title} on {reason.place}, {dollars(reason.amount)}: a denial, because {why}."
    if not entry.is_known:
        return said + " The code is not in the dictionary, so it counts as a denial until somebody maps it."
    if entry.is_retired:
        return said + " The code is retired, so it counts as a denial and is flagged."
    return said
