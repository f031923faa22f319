"""Short flags of a code's handling, for lists and figures: what they are where nobody set them."""

from __future__ import annotations

FLAG_WORDS = {
    "is_payer_delay": "the payer delays",
    "is_documentation": "documents are missing",
    "is_coding": "about coding",
    "is_authorization": "about authorization",
}
FLAGS = tuple(FLAG_WORDS)


def flags_of(category: str, denial_rule: str) -> dict[str, bool]:
    """A code that pends delays; the others follow the category. Bundling is decided by how a service was coded."""
    return {
        "is_payer_delay": denial_rule == "P_PEND",
        "is_documentation": category == "documentation",
        "is_coding": category in {"coding", "bundling"},
        "is_authorization": category == "authorization",
    }
