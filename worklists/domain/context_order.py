"""In which order the parts of the context stand: what a kind of denial hangs on comes first. Pure."""

from __future__ import annotations

PARTS = ("authorization", "eligibility", "coding", "edits", "submissions", "payments")
FIRST: dict[str, tuple[str, ...]] = {
    "authorization": ("authorization", "eligibility"),
    "eligibility": ("eligibility",),
    "registration": ("eligibility", "edits"),
    "coordination_of_benefits": ("eligibility", "payments"),
    "benefit_limit": ("eligibility", "authorization"),
    "noncovered_benefit": ("eligibility", "authorization"),
    "timely_filing": ("submissions", "edits"),
    "duplicate": ("submissions", "payments"),
    "documentation": ("submissions", "coding"),
    "medical_necessity": ("coding", "authorization"),
    "coding": ("coding", "edits"),
    "bundling": ("coding", "edits"),
    "provider_enrollment": ("edits", "submissions"),
    "contract_payment": ("payments",),
    "payer_processing": ("submissions", "payments"),
    "patient_responsibility": ("payments", "eligibility"),
    "information_only": ("payments",),
}
"""By the category that the code dictionary gives a denial; a category that is not here keeps the usual order."""


def ordered(category: str) -> list[str]:
    """Every part once, those that this category of denial hangs on first."""
    first = FIRST.get(category, ())
    return [*first, *(part for part in PARTS if part not in first)]
