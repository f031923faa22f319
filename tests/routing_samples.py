"""Random facts and rules for tests of routing: few values, so that rules and items meet often."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from worklists.domain.routing import Facts, Rule

TEAMS, CATEGORIES = ["coding", "billing", "prior_auth"], ["authorization", "coding", "documentation"]
PAYERS, NPIS, PROVIDERS = ["aetna", "cigna"], ["1900000001", "1900000002"], ["", "1000000012", "1000000020"]
LINES, PRODUCTS = ["", "radiology", "surgery"], ["", "Commercial", "Medicare Advantage"]
REMARKS, REASONS, GROUPS = ["N54", "M15", "MA130"], ["50", "197", "97"], ["CO", "PR"]
EVIDENCE, MODIFIERS = ["remit", "operative or visit notes", "attachment control number"], ["25", "26", "TC"]
PROCEDURES = ["70553", "70450", "99213", "C8908", "7055"]
PATTERNS = ["70553", "7055*", "70540-70559", "99211-99215", "C89*", "7*", "7050-7060"]
URGENCIES = ["missed", "critical", "high", "medium", "low", "none"]
KINDS = ["commercial", "medicare_advantage"]


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


facts = st.builds(
    Facts,
    owner_team=st.sampled_from(TEAMS),
    category=st.sampled_from(CATEGORIES),
    group=st.sampled_from(GROUPS),
    carc=st.sampled_from(REASONS),
    remarks=some(REMARKS),
    codes=some([*REASONS, *(f"{group}-{code}" for group in GROUPS for code in REASONS), *REMARKS]),
    exceptions=some(["unknown_code", "retired_code"]),
    evidence=some(EVIDENCE),
    payer_key=st.sampled_from(PAYERS),
    payer_kind=st.sampled_from(KINDS),
    product=st.sampled_from(PRODUCTS),
    facility_npi=st.sampled_from(NPIS),
    service_line=st.sampled_from(LINES),
    rendering_npi=st.sampled_from(PROVIDERS),
    procedures=some(PROCEDURES),
    modifiers=some(MODIFIERS),
    amount_at_risk=st.decimals(min_value="0", max_value="9999", places=2),
    days_left=st.none() | st.integers(min_value=-40, max_value=60),
    age_days=st.none() | st.integers(min_value=0, max_value=60),
    round=st.integers(min_value=1, max_value=4),
)


def between(low: int, high: int) -> st.SearchStrategy[dict[str, str]]:
    """A least, a most, or both."""
    ends = st.lists(st.integers(min_value=low, max_value=high), min_size=2, max_size=2).map(sorted)
    return st.builds(
        lambda ends, kept: {name: str(end) for name, end in zip(("min", "max"), ends, strict=True) if name in kept},
        ends,
        st.sampled_from([("min",), ("max",), ("min", "max")]),
    )


ASKED = {
    "owner_team": TEAMS, "category": CATEGORIES, "group": GROUPS, "carc": REASONS, "remarks": REMARKS,
    "together": [*REASONS, "CO-50", "PR-197", "N54"], "exceptions": ["unknown_code"], "evidence": EVIDENCE,
    "payer_key": PAYERS, "payer_kind": KINDS, "product": PRODUCTS[1:], "facility_npi": NPIS, "service_line": LINES[1:],
    "rendering_npi": PROVIDERS[1:], "modality": ["mri", "ct"], "procedure": PATTERNS, "modifier": MODIFIERS,
    "urgency": URGENCIES,
}  # fmt: skip
SINGLE = {
    **{name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True) for name, values in ASKED.items()},
    "amount_at_risk": between(0, 9000),
    "days_left": between(-40, 60),
    "age_days": between(0, 60),
    "round": between(1, 4),
}
conditions: st.SearchStrategy[dict[str, Any]] = st.lists(
    st.sampled_from(sorted(SINGLE)), max_size=3, unique=True
).flatmap(lambda names: st.fixed_dictionaries({name: SINGLE[name] for name in names}))
"""One to three conditions, as most rules have; sometimes none."""
rulebooks = st.lists(conditions, max_size=12).map(
    lambda rows: [Rule(n, f"Rule {n}", 1, row, f"queue-{n}") for n, row in enumerate(rows, start=1)]
)
