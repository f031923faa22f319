"""The causes planted in a practice that end in a denial."""

from __future__ import annotations

from denials.practice.causes import Cause, Fate, Scope, Verdict

APPEALED = {Fate.OPEN: 5, Fate.OVERTURNED: 3, Fate.PARTLY: 1, Fate.UPHELD: 2}
RESENT = {Fate.OPEN: 4, Fate.CORRECTED: 5, Fate.UPHELD: 1}
IGNORED = {Fate.OPEN: 1}
KNOWN_COMMERCIAL = ("aetna", "cigna", "uhc", "anthem", "humana", "bcbs_tx", "tricare", "placeholder_regional")
"""Payers that neither sequester nor read CO-24 as a denial."""


def _all_lines(group: str, code: str, *remarks: str, category: str) -> Verdict:
    return Verdict(Scope.ALL_LINES, group, code, remarks, category=category)


def _last_line(group: str, code: str, *remarks: str, category: str) -> Verdict:
    return Verdict(Scope.LAST_LINE, group, code, remarks, category=category)


DENIALS = (
    Cause(
        "auth_missing_imaging",
        "Scans done without the authorization that one payer began to ask for",
        _all_lines("CO", "197", "N54", category="authorization"),
        share=0.4,
        least=2,
        facilities=("imaging",),
        payers=("aetna",),
        oldest=75,
        fates=APPEALED,
    ),
    Cause(
        "images_not_sent",
        "Radiology images not sent along",
        _all_lines("CO", "252", "N40", category="documentation"),
        share=0.14,
        least=1,
        facilities=("imaging",),
        payers=("humana", "medicaid_tx", "tricare"),
        fates=RESENT,
    ),
    Cause(
        "member_id_typed_wrong",
        "Member numbers mistyped at front desk 2 of the family practice",
        Verdict(Scope.ALL_LINES, "CO", "16", ("N382",), ("MA130",), category="registration"),
        share=0.13,
        least=2,
        facilities=("primary",),
        payers=("medicare_ffs", "bcbs_tx", "cigna", "uhc"),
        desk=2,
        fates={Fate.OPEN: 4, Fate.CORRECTED: 6},
    ),
    Cause(
        "therapy_notes_thin",
        "Behavioral notes without progress and plan: level of service not supported",
        _all_lines("CO", "150", "N706", category="medical_necessity"),
        share=0.08,
        least=1,
        facilities=("behavioral",),
        payers=("uhc", "bcbs_tx", "cigna"),
        fates=APPEALED,
    ),
    Cause(
        "therapy_notes_missing",
        "Behavioral progress notes not received",
        _all_lines("CO", "252", "N393", category="documentation"),
        share=0.10,
        least=1,
        facilities=("behavioral",),
        payers=("humana", "medicaid_tx", "anthem"),
        fates=RESENT,
    ),
    Cause(
        "modifier_conflict",
        "Modifier conflicts with the procedure",
        _last_line("CO", "4", "N519", category="coding"),
        share=0.04,
        least=1,
        facilities=("surgery", "primary"),
        needs="lines",
        fates=RESENT,
    ),
    Cause(
        "bundled_extra",
        "Small service billed beside the one that includes it",
        _last_line("CO", "97", "M15", category="bundling"),
        share=0.025,
        least=1,
        needs="lines",
        fates={Fate.OPEN: 6, Fate.CORRECTED: 2, Fate.UPHELD: 2},
    ),
    Cause(
        "other_payer_first",
        "Another payer is primary",
        Verdict(Scope.CLAIM, "CO", "22", (), ("N36",), category="coordination_of_benefits"),
        share=0.006,
        least=1,
        fates=RESENT,
    ),
    Cause(
        "primary_eob_missing",
        "Sent to the secondary without the primary's remittance",
        Verdict(Scope.ALL_LINES, "CO", "252", ("N479",), status="2", category="coordination_of_benefits"),
        share=0.006,
        least=1,
        payers=KNOWN_COMMERCIAL,
        fates=RESENT,
    ),
    Cause(
        "coverage_ended",
        "Coverage had ended before the visit",
        _all_lines("PR", "27", category="eligibility"),
        share=0.006,
        least=1,
        fates=IGNORED,
    ),
    Cause(
        "patient_unknown",
        "Payer cannot find the patient",
        Verdict(Scope.CLAIM, "PR", "31", status="4", category="eligibility"),
        share=0.006,
        least=1,
        fates=RESENT,
    ),
    Cause(
        "visits_used_up",
        "Benefit maximum reached",
        _all_lines("PR", "119", "N640", category="benefit_limit"),
        share=0.04,
        least=1,
        facilities=("behavioral",),
        payers=("cigna", "aetna", "anthem", "placeholder_regional"),
        fates=IGNORED,
    ),
    Cause(
        "not_necessary_by_policy",
        "Not medically necessary under a local coverage policy",
        Verdict(Scope.ALL_LINES, "CO", "50", ("N115",), ("MA01",), category="medical_necessity"),
        share=0.05,
        least=1,
        facilities=("imaging", "surgery"),
        payers=("medicare_ffs",),
        fates=APPEALED,
    ),
    Cause(
        "units_cut",
        "More units than the record supports",
        Verdict(Scope.UNITS, "CO", "151", ("N362",), category="medical_necessity"),
        share=0.04,
        least=1,
        facilities=("surgery", "behavioral", "primary"),
        payers=("medicare_ffs", "medicaid_tx", "humana", "tricare"),
        needs="units",
        fates=APPEALED,
    ),
    Cause(
        "plan_excludes",
        "Service excluded by the plan",
        _all_lines("PR", "204", category="noncovered_benefit"),
        share=0.006,
        least=1,
        payers=KNOWN_COMMERCIAL,
        fates=IGNORED,
    ),
    Cause(
        "plan_rules_not_met",
        "Not covered, see the plan's rules",
        _last_line("CO", "96", "N130", category="noncovered_benefit"),
        share=0.012,
        least=1,
        facilities=("primary", "surgery"),
        needs="lines",
        fates=APPEALED,
    ),
    Cause(
        "clinician_not_enrolled",
        "New clinician billed before the payer had enrolled her",
        _all_lines("CO", "B7", category="provider_enrollment"),
        share=0.35,
        least=1,
        facilities=("primary",),
        payers=("anthem", "humana", "bcbs_tx", "aetna", "uhc"),
        clinician="Template",
        oldest=105,
        newest=30,
        fates={Fate.OPEN: 3, Fate.CORRECTED: 2},
    ),
    Cause(
        "code_never_seen",
        "Reason code that no dictionary knows",
        _last_line("CO", "999", category="payer_processing"),
        share=0.001,
        least=1,
        needs="lines",
        fates=IGNORED,
    ),
    Cause(
        "remark_missing",
        "Data missing, but the payer does not say which",
        _all_lines("CO", "16", category="registration"),
        share=0.002,
        least=1,
        payers=("bcbs_tx", "uhc", "tricare"),
        fates=IGNORED,
    ),
    Cause(
        "plan_switched",
        "Medicare member had joined a Medicare Advantage plan",
        _all_lines("CO", "24", category="eligibility"),
        share=0.008,
        least=1,
        payers=("medicare_ffs",),
        fates=IGNORED,
    ),
    Cause(
        "payer_never_seen",
        "First claims of a payer that the practice has no record of",
        _all_lines("CO", "197", category="authorization"),
        share=0.10,
        least=1,
        payers=("unheard_of",),
        fates=IGNORED,
    ),
)

OUTAGE = Cause(
    "billing_outage",
    "A week's claims held by a billing outage and sent after the filing limit",
    _all_lines("CO", "29", category="timely_filing"),
    fates={Fate.OPEN: 4, Fate.OVERTURNED: 1, Fate.UPHELD: 1},
)
DUPLICATE = Cause(
    "sent_twice",
    "Sent again although the first one was paid",
    Verdict(Scope.ALL_LINES, "OA", "18", outcome="duplicate_closed", category="duplicate"),
)
DUPLICATE_UNFOUNDED = Cause(
    "called_duplicate",
    "Called a duplicate, but there is no other claim",
    _all_lines("OA", "18", category="duplicate"),
    share=0.001,
    least=1,
)
