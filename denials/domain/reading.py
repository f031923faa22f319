"""What one denied adjustment means together with its remarks: category, owner, evidence, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from denials.domain.conclusion import ExceptionCode, ReadBy, in_words
from denials.domain.dictionary import Dictionary
from denials.domain.entries import DenialRule, RarcEntry
from denials.domain.readings import RULE, Reading, Verdict
from denials.domain.recognise import Reason, Scope

NOT_WORK = frozenset({"", "patient_responsibility", "information_only"})
"""Categories that say nothing about who works a denial."""
APPEAL_ENDS = frozenset({"no_appeal_right", "appeal_window_closed"})
NEW_CLAIM = frozenset({"new_claim", "split_and_rebill"})
SEND_AGAIN = NEW_CLAIM | {"send_item_to_reopen"}
REPLACEMENT = frozenset({"corrected_claim", "wait_then_replace"})
PAYER_REDOES = frozenset({"do_not_resubmit", "auto_reprocess"})
MAY_NOT_BILL = frozenset({"no_patient_billing", "nsa_open_negotiation"})
NOTICE_GIVEN = frozenset({"patient_agreed_to_pay", "patient_notice_not_needed"})
NOTICE_MODIFIERS = frozenset({"GA", "GX", "GY"})
NEEDS_NOTICE = frozenset({"medical_necessity", "noncovered_benefit"})
GENERAL_TEAM = "denials_general"


@dataclass(slots=True, frozen=True)
class Meaning:
    """One denied adjustment, read with its remarks."""

    reason: Reason
    category: str
    denial_type: str
    owner_team: str
    resolution: str
    evidence: tuple[str, ...]
    because: str
    next_action: str
    root_cause: str
    preventable: str
    escalation: str
    exception: ExceptionCode | None = None
    verdict: Verdict | None = None
    """The reading that was laid over it, and those that lost."""
    unread: Meaning | None = None
    """What it would be without that reading."""


READ_AS = {
    "category": "category", "denial_type": "denial_type", "usual_resolution": "resolution", "owner_team": "owner_team",
    "next_action": "next_action", "evidence": "evidence", "root_cause": "root_cause", "preventable": "preventable",
    "escalation_path": "escalation",
}  # fmt: skip
"""What a reading overrides, and where it stands in a meaning."""


def read(reason: Reason, scope: Scope) -> Meaning:
    """What the dictionary says about the reason with its remarks, and over it the most specific reading that fits."""
    plain = _read_plain(reason, scope.dictionary)
    verdict = scope.verdict(reason)
    if verdict is None:
        return plain
    changes = {READ_AS[name]: value for name, value in verdict.won.overrides.items() if name in READ_AS}
    official = replace(reason, entry=scope.dictionary.carc(reason.entry.code))
    unread = _read_plain(official, scope.dictionary)
    because = f"{plain.because} {_told(verdict)}"
    return replace(plain, **changes, because=because, verdict=verdict, unread=unread)


def readings_of(meanings: Sequence[Meaning]) -> tuple[ReadBy, ...]:
    """Every reading that fitted, each once: those that won first."""
    won = [_winner(meaning, meaning.verdict) for meaning in meanings if meaning.verdict]
    lost = [
        ReadBy(other.id, other.version, other.name, _title(other), False, meaning.verdict.why_lost(other))
        for meaning in meanings
        if meaning.verdict
        for other in meaning.verdict.lost
    ]
    once: dict[tuple[int, str, str, bool], ReadBy] = {}
    for each in [*won, *lost]:
        once.setdefault((each.id, each.code, each.title, each.won), each)
    return tuple(once.values())


def _winner(meaning: Meaning, verdict: Verdict) -> ReadBy:
    reading, unread = verdict.won, meaning.unread
    changes = {
        name: (_plain(getattr(unread, name)), _plain(getattr(meaning, name)))
        for name in READ_AS.values()
        if getattr(unread, name) != getattr(meaning, name)
    }
    if RULE in reading.overrides and unread:
        changes[RULE] = (unread.reason.entry.denial_rule, meaning.reason.entry.denial_rule)
    return ReadBy(reading.id, reading.version, reading.name, _title(reading), True, verdict.why_won, changes)


def _title(reading: Reading) -> str:
    return reading.title or f"Reading of {reading.name}"


def _told(verdict: Verdict) -> str:
    others = "".join(f' Also fitted: "{_title(other)}". {verdict.why_lost(other)}' for other in verdict.lost)
    return f'Read by "{_title(verdict.won)}": {verdict.won.reason}{others}'


def _plain(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _read_plain(reason: Reason, dictionary: Dictionary) -> Meaning:
    """Let the remark decide where the code says so, else the code. Nobody but the general team can read a gap."""
    entry = reason.entry
    remarks = [dictionary.rarc(code) for code in reason.unit.remarks]
    telling = next((remark for remark in remarks if not remark.alert_only and remark.category not in NOT_WORK), None)
    if entry.denial_rule is DenialRule.REMARK and telling:
        return _read_by_remark(reason, telling, dictionary)
    if _lacks_remark(reason, remarks):
        return _read_without_remark(reason, remarks, dictionary)
    if entry.denial_rule is DenialRule.REMARK and any(not remark.is_known for remark in remarks):
        because = f"Code {entry.code} takes its category from a remark, and the one sent is not in the dictionary."
        plain = _read_by_code(reason, dictionary, because)
        return replace(plain, owner_team=GENERAL_TEAM, resolution="escalation")
    because = (
        f"Code {entry.code} ({entry.title or 'not in the dictionary'}) sets the category {in_words(entry.category)}."
    )
    plain = _read_by_code(reason, dictionary, because)
    if entry.denial_rule is DenialRule.DUPLICATE:
        # The code's own way (write it off) fits only when the first claim was found settled.
        return replace(plain, resolution=dictionary.category(entry.category).usual_resolution)
    return plain


def _read_by_code(reason: Reason, dictionary: Dictionary, because: str) -> Meaning:
    entry = reason.entry
    return Meaning(
        reason=reason,
        category=entry.category,
        denial_type=_denial_type(entry.denial_type, entry.category, dictionary),
        owner_team=entry.owner_team,
        resolution=entry.usual_resolution,
        evidence=entry.evidence,
        because=because,
        next_action=entry.next_action,
        root_cause=entry.root_cause,
        preventable=entry.preventable,
        escalation=entry.escalation,
    )


def _read_by_remark(reason: Reason, remark: RarcEntry, dictionary: Dictionary) -> Meaning:
    """When the remark names another category than the code's own, that category's usual way of resolving applies."""
    entry, defaults = reason.entry, dictionary.category(remark.category)
    usual = defaults.next_action
    same = remark.category == entry.category
    return Meaning(
        reason=reason,
        category=remark.category,
        denial_type=_denial_type(remark.denial_type, remark.category, dictionary),
        owner_team=remark.owner_team or defaults.owner_team,
        resolution=remark.usual_resolution or (entry.usual_resolution if same else defaults.usual_resolution),
        evidence=tuple(dict.fromkeys(remark.evidence + entry.evidence)),
        next_action=remark.next_action or (f"{remark.title}. {usual}" if usual else entry.next_action),
        root_cause=remark.root_cause or entry.root_cause,
        preventable=remark.preventable or entry.preventable,
        escalation=remark.escalation or entry.escalation,
        because=f"Code {entry.code} takes its category from the first remark that is no alert: {remark.code} "
        f"({remark.title}) says {in_words(remark.category)}.",
    )


def _read_without_remark(reason: Reason, remarks: list[RarcEntry], dictionary: Dictionary) -> Meaning:
    """An alert cannot explain, yet one that names an owner may choose the queue."""
    because = f"Code {reason.entry.code} needs a remark that is no alert, and the payer sent none: ask the payer."
    return replace(
        _read_by_code(reason, dictionary, because),
        owner_team=owner_by_alert(remarks),
        resolution="escalation",
        exception=ExceptionCode.MISSING_REQUIRED_REMARK,
    )


def owner_by_alert(remarks: list[RarcEntry]) -> str:
    """The team that an alert points to (N381: contracting), else the general one."""
    return next((remark.owner_team for remark in remarks if remark.alert_only and remark.owner_team), GENERAL_TEAM)


def _lacks_remark(reason: Reason, remarks: list[RarcEntry]) -> bool:
    """A remark we do not know may well be newer than our list: it is flagged elsewhere, not called missing."""
    needed = reason.entry.requires_remark or reason.entry.denial_rule is DenialRule.REMARK
    return needed and not reason.unit.has_reject_code and all(remark.alert_only for remark in remarks)


def _denial_type(stated: str, category: str, dictionary: Dictionary) -> str:
    """A denial is never of the type "not a denial", whatever a retired entry says."""
    for candidate in (stated, dictionary.category(category).denial_type):
        if candidate and candidate != "not_a_denial":
            return candidate
    return "administrative"


class Way(NamedTuple):
    """How to resolve, whether an appeal is open, and the sentences that say why."""

    resolution: str
    appeal_allowed: bool
    because: tuple[str, ...]


def way_forward(meaning: Meaning, effects: frozenset[str], *, patient_billable: bool, needs_notice: bool) -> Way:
    """The resolution that the codes leave open.

    `effects` are those of every remark on the denied lines and the claim, and of the codes on it. `patient_billable`
    says that the group puts the amount on the patient; `needs_notice` that the payer asks for a notice beforehand.
    """
    entry = meaning.reason.entry
    allowed = entry.appealable != "no" and not effects & APPEAL_ENDS
    resolution, because = meaning.resolution, []
    if not allowed:
        said = f"code {entry.code}" if entry.appealable == "no" else "a remark"
        because.append(f"No appeal: {said} takes it away.")
    if meaning.exception is ExceptionCode.MISSING_REQUIRED_REMARK:
        return Way("escalation", allowed, tuple(because))
    if effects & SEND_AGAIN:
        resolution = "resubmission"
        because.append("A remark asks for a new claim or for the missing item.")
    elif effects & REPLACEMENT:
        resolution = "correction"
        because.append("A remark asks for a corrected claim.")
    elif effects & PAYER_REDOES and resolution in {"resubmission", "correction"}:
        resolution = "escalation"
        because.append("A remark says not to send it again: follow it up with the payer.")
    if resolution == "patient_bill":
        obstacle = _billing_obstacle(meaning, effects, patient_billable, needs_notice)
        if obstacle:
            resolution = "appeal" if allowed else "adjustment"
            because.append(obstacle)
    if resolution == "appeal" and not allowed:
        resolution = "escalation"
    return Way(resolution, allowed, tuple(because))


def _billing_obstacle(meaning: Meaning, effects: frozenset[str], patient_billable: bool, needs_notice: bool) -> str:
    if not patient_billable:
        return f"Group {meaning.reason.group or 'not stated'} does not put the amount on the patient."
    if effects & MAY_NOT_BILL:
        return "A code forbids billing the patient for this amount."
    line = meaning.reason.unit.line
    noticed = effects & NOTICE_GIVEN or (line and NOTICE_MODIFIERS.intersection(line.modifiers))
    if needs_notice and meaning.category in NEEDS_NOTICE and not noticed:
        return "No sign of an advance notice to the patient, so the patient may not be billed."
    return ""
