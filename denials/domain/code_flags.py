"""Short flags of a code's handling, for lists and figures: what they are where nobody set them."""

from __future__ import annotations

FLAGS = ("is_payer_delay", "is_documentation", "is_coding", "is_authorization")


def flags_of(category: str, denial_rule: str) -> dict[str, bool]:
    """A code that pends delays; the others follow the category. Bundling is decided by how a service was coded."""
    return {
        "is_payer_delay": denial_rule == "P_PEND",
        "is_documentation": category == "documentation",
        "is_coding": category in {"coding", "bundling"},
        "is_authorization": category == "authorization",
    }
