"""Scoped readings: which one wins, what it may change, and what it never touches."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.codes import shipped_dictionary
from denials.domain.classify import conclude
from denials.domain.conclusion import Conclusion
from denials.domain.dictionary import Dictionary
from denials.domain.readings import OPERATIONAL, PARTNERS, SCOPES, Setting, choose, reading_from
from denials.domain.scoping import check_procedure, procedure_fits
from tests.domain.claims import claim as claim_of
from tests.domain.claims import line, one_line

HERE = {
    "payer_key": "aetna", "payer_kind": "commercial", "product": "PPO", "facility": "1000000001",
    "specialty": "radiology", "group": "CO", "partner_carc": "45", "partner_remark": "M127", "procedure": "70553",
    "modifier": "26", "revenue": "0450",
}  # fmt: skip
SETTING = Setting(
    payer_key="aetna",
    payer_kind="commercial",
    product="PPO",
    facility="1000000001",
    specialty="Radiology",
    group="CO",
    carcs=frozenset({"16", "45"}),
    remarks=frozenset({"M127", "N4"}),
    procedure="70553",
    modifiers=frozenset({"26", "59"}),
    revenue="0450",
    decided_on=date(2026, 11, 2),
)
AMOUNTS = ("denied_amount", "amount_at_risk", "tracked_amount", "recovered_amount")
UNTOUCHED = (
    *AMOUNTS, "outcome", "is_denial", "primary_group", "primary_code", "liability", "appeal_allowed", "needs_new_claim",
    "remarks", "denied_lines", "denied_units", "pending_lines", "exceptions", "linked_claim", "appeal_result",
)  # fmt: skip
scopes = st.dictionaries(st.sampled_from(sorted(HERE)), st.none(), max_size=6).map(
    lambda names: {name: HERE[name] for name in names}
)


def reading(**row: Any) -> Any:
    found = reading_from({"code": "16", "reason": "Ours.", **row}, row.get("order", 0))
    assert found is not None
    return found


def shipped_with(*rows: dict[str, Any]) -> Dictionary:
    readings = [reading_from({"reason": "Ours.", **row}, order) for order, row in enumerate(rows)]
    by_code: dict[tuple[str, str], Any] = {}
    for each in filter(None, readings):
        by_code[each.system, each.code] = (*by_code.get((each.system, each.code), ()), each)
    return replace(shipped_dictionary(), readings=by_code, remarks_read=any(system == "RARC" for system, _ in by_code))


def read(reported: Any, dictionary: Dictionary, payer: str = "aetna", **more: Any) -> Conclusion:
    return conclude(reported, dictionary, payer_key=payer, payer_kind="commercial", **more)


@given(scopes, st.data())
def test_the_narrower_reading_always_wins(wide: dict[str, str], data: st.DataObject) -> None:
    more = data.draw(st.sampled_from(sorted(set(HERE) - set(wide)))) if set(HERE) - set(wide) else None
    if more is None:
        return
    narrow = {**wide, more: HERE[more]}
    pair = [reading(**wide, title="wide", order=0), reading(**narrow, title="narrow", order=1)]

    verdict = choose(pair, SETTING)

    assert verdict is not None
    assert verdict.won.title == "narrow"
    assert [each.title for each in verdict.lost] == ["wide"]
    assert verdict.why_lost(verdict.lost[0]).startswith("Less specific")


@given(st.lists(scopes, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_readings_are_kept_never_matters(each: list[dict[str, str]], chance: random.Random) -> None:
    readings = [reading(**scope, title=str(number), order=number) for number, scope in enumerate(each)]
    first = choose(readings, SETTING)
    chance.shuffle(readings)

    again = choose(readings, SETTING)

    assert first is not None
    assert again is not None
    assert (again.won, again.lost) == (first.won, first.lost)
    assert len(again.lost) == len(readings) - 1


@pytest.mark.parametrize("name", sorted(HERE))
def test_a_scope_that_is_not_met_or_not_known_keeps_a_reading_away(name: str) -> None:
    other = {"group": "PR", "procedure": "70554", "revenue": "0451"}.get(name, "other")

    assert choose([reading(**{name: HERE[name]})], SETTING) is not None
    assert choose([reading(**{name: other})], SETTING) is None
    assert choose([reading(**{name: HERE[name]})], Setting()) is None


def test_every_scope_has_a_place_in_the_order() -> None:
    assert set(HERE) == {*SCOPES, *PARTNERS}


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ({"payer_key": "aetna", "facility": "1000000001", "product": "PPO"}, {"payer_key": "aetna"}),
        ({"payer_key": "aetna"}, {"facility": "1000000001"}),
        ({"facility": "1000000001"}, {}),
        ({"payer_key": "aetna"}, {"payer_kind": "commercial"}),
        ({"partner_remark": "M127"}, {"payer_key": "aetna", "facility": "1000000001"}),
        ({"procedure": "70553"}, {"procedure": "70540-70559"}),
        ({"procedure": "70540-70559"}, {"procedure": "7055*"}),
        ({"procedure": "7055*"}, {"procedure": "70*"}),
        ({"valid_from": date(2026, 7, 1)}, {"valid_from": date(2026, 1, 1)}),
    ],
)
def test_who_wins(strong: dict[str, Any], weak: dict[str, Any]) -> None:
    for order in (0, 1):
        pair = [reading(**weak, title="weak", order=order), reading(**strong, title="strong", order=1 - order)]
        verdict = choose(pair, SETTING)
        assert verdict is not None
        assert verdict.won.title == "strong"


def test_a_reading_holds_for_decisions_of_its_days_only() -> None:
    dated = reading(valid_from=date(2026, 11, 2), valid_to="2026-11-30")

    fits = [day for day in (1, 2, 30) if dated.fits(replace(SETTING, decided_on=date(2026, 11, day)))]

    assert fits == [2, 30]
    assert not dated.fits(replace(SETTING, decided_on=date(2026, 12, 1)))
    assert not dated.fits(replace(SETTING, decided_on=None))
    assert reading().fits(replace(SETTING, decided_on=None))


@pytest.mark.parametrize(
    ("wanted", "code", "fits"),
    [
        ("70553", "70553", True), ("70553", "7055", False), ("7055*", "70559", True), ("7055*", "", False),
        ("70450-70498", "70498", True), ("70450-70498", "70499", False), ("70450-70498", "704501", False),
    ],
)  # fmt: skip
def test_how_a_scope_names_procedures(wanted: str, code: str, fits: bool) -> None:
    assert check_procedure(wanted) == ""
    assert procedure_fits(wanted, code) is fits


@pytest.mark.parametrize("wanted", ["70498-70450", "7045-70498", "70 553", "*", "70450-"])
def test_a_scope_that_names_no_procedures_is_refused_in_words(wanted: str) -> None:
    assert check_procedure(wanted)


def test_a_combination_beats_a_single_code_and_the_conclusion_says_so() -> None:
    entries = shipped_with(
        {"code": "16", "payer_key": "aetna", "owner_team": "billing", "title": "Aetna"},
        {
            "code": "16",
            "partner_remark": "M127",
            "category": "documentation",
            "owner_team": "him_records",
            "title": "D",
        },
    )
    denied = one_line("CO-16 100", remarks=["M127"])

    found = read(denied, entries)

    assert (found.owner_team, found.category) == ("him_records", "documentation")
    assert [(each.title, each.won) for each in found.readings] == [("D", True), ("Aetna", False)]
    assert "names fewer codes" in found.readings[1].why
    assert any('Read by "D"' in sentence and 'Also fitted: "Aetna"' in sentence for sentence in found.because)
    assert read(one_line("CO-16 100", remarks=["N382"]), entries).owner_team == "billing"


def test_a_remark_has_readings_of_its_own() -> None:
    entries = shipped_with({"system": "RARC", "code": "N382", "usual_resolution": "appeal", "owner_team": "clinical"})

    found = read(one_line("CO-16 100", remarks=["N382"]), entries)

    assert (found.owner_team, found.category) == ("clinical", "registration")
    assert not found.appeal_allowed
    assert found.readings[0].changes["resolution"] == ("correction", "appeal")
    assert found.resolution == "escalation", "CARC 16 allows no appeal, whatever a reading says"
    assert read(one_line("CO-197 100"), entries).readings == ()


def test_a_reading_by_procedure_reads_its_line_only() -> None:
    entries = shipped_with({"code": "197", "procedure": "70*", "owner_team": "imaging"})
    of_line = line(1, "100", "0", "CO-197 100", procedure="70553")

    assert read(claim_of(of_line), entries).owner_team == "imaging"
    assert read(one_line("CO-197 100"), entries).owner_team == "prior_auth"


def test_the_shipped_reading_makes_capitation_a_denial_and_a_site_cannot_undo_it() -> None:
    ours = {"code": "24", "payer_key": "medicare_ffs", "group": "CO", "facility": "1", "owner_team": "billing"}
    rows = [
        {
            "key": "shipped",
            "code": "24",
            "payer_key": "medicare_ffs",
            "denial_rule": "D_ALWAYS",
            "category": "eligibility",
        },
        ours,
    ]
    denied = one_line("CO-24 100")

    found = read(denied, shipped_with(*rows), payer="medicare_ffs", facility="1")

    assert (found.is_denial, found.category, found.owner_team) == (True, "eligibility", "billing")
    assert not read(
        denied, shipped_with(ours | {"denial_rule": "D_ALWAYS"}), payer="medicare_ffs", facility="1"
    ).is_denial


overrides = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(sorted(shipped_dictionary().categories)),
        "denial_type": st.sampled_from(["technical", "clinical", "administrative", "not_a_denial"]),
        "usual_resolution": st.sampled_from(["correction", "resubmission", "appeal", "adjustment", "patient_bill"]),
        "owner_team": st.sampled_from(["billing", "coding"]),
        "next_action": st.just("Do this."),
        "evidence": st.just("a;b"),
        "appealable": st.sampled_from(["yes", "no"]),
        "requires_remark": st.just("no"),
        "denial_rule": st.sampled_from(["N_INFO", "D_ALWAYS", "P_PEND"]),
    },
)
CODES = ["16", "24", "45", "50", "97", "197", "252", "133", "18", "1", "22", "A1", "ZZ9"]
REMARKS = ["M127", "N382", "N381", "MA130", "N40", "QQ1"]
rows_of_a_site = st.lists(
    st.tuples(
        st.sampled_from([*(("CARC", code) for code in CODES), *(("RARC", code) for code in REMARKS)]),
        overrides,
        st.sampled_from([{}, {"payer_key": "aetna"}, {"group": "CO"}, {"partner_remark": "M127"}]),
    ).map(lambda each: {"system": each[0][0], "code": each[0][1], **each[1], **each[2]}),
    min_size=1,
    max_size=5,
)
triplets = st.lists(
    st.tuples(st.sampled_from(["CO", "PR", "OA"]), st.sampled_from(CODES), st.sampled_from(["100", "40", "60"])),
    min_size=1,
    max_size=3,
).map(lambda each: [f"{group}-{code} {amount}" for group, code, amount in each])


@given(rows_of_a_site, triplets, st.lists(st.sampled_from(REMARKS), max_size=2), st.sampled_from(["1", "4", "22"]))
def test_no_reading_of_a_site_changes_what_was_denied_or_may_be_appealed(
    rows: list[dict[str, Any]], said: list[str], remarks: list[str], status: str
) -> None:
    reported = one_line(*said, remarks=remarks, status=status)

    plain, ours = read(reported, shipped_with()), read(reported, shipped_with(*rows))

    for name in UNTOUCHED:
        assert getattr(ours, name) == getattr(plain, name), name


def test_what_a_reading_may_override_is_none_of_what_it_must_leave_alone() -> None:
    from denials.domain.readings import NEVER

    assert not set(OPERATIONAL) & set(NEVER)
