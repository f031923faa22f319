"""What holds for every claim payment, however odd: nothing denied is lost, nothing is invented, nothing crashes."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from denials.codes import shipped_dictionary
from denials.domain.conclusion import Conclusion, Outcome
from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.history import EarlierState, Prior
from tests.domain.claims import Known, claim, concluded, line

DICTIONARY = shipped_dictionary()
ALERTS = sorted(code for code, entry in DICTIONARY.rarcs.items() if entry.alert_only)
DECIDED_BY_ADJUSTMENTS = ("1", "2", "3", "4", "19", "20", "21", "27", "77")

cents = st.integers(-50_000, 100_000).map(lambda value: Decimal(value) / 100)
garbled = st.sampled_from([None, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")])
amounts = cents | garbled
carcs = st.sampled_from([*sorted(DICTIONARY.carcs), "ZZ1", "", "N40"])
rarcs = st.sampled_from([*sorted(DICTIONARY.rarcs), "N9999", ""])
groups = st.sampled_from(["CO", "PR", "OA", "PI", "CR", "", "XX"])
triplets = st.builds(ReportedAdjustment, groups, carcs, amounts, st.none() | amounts, st.just(0))
readable = st.builds(ReportedAdjustment, groups, carcs, cents, st.none(), st.just(0))


@st.composite
def lines_of(
    draw: st.DrawFn, one: st.SearchStrategy[ReportedAdjustment], money: st.SearchStrategy[Decimal | None]
) -> ReportedLine:
    drawn = line(draw(st.integers(1, 9)), "0", "0")
    drawn.charge, drawn.paid = draw(money), draw(money)
    drawn.adjustments = draw(st.lists(one, max_size=4))
    drawn.remarks = draw(st.lists(rarcs, max_size=3))
    drawn.reject_codes = draw(st.lists(st.just("75"), max_size=1))
    return drawn


@st.composite
def claims_of(
    draw: st.DrawFn,
    one: st.SearchStrategy[ReportedAdjustment],
    money: st.SearchStrategy[Decimal | None],
    statuses: st.SearchStrategy[str],
) -> ReportedClaim:
    drawn = claim(status=draw(statuses))
    drawn.charge, drawn.paid = draw(money), draw(money)
    drawn.lines = draw(st.lists(lines_of(one, money), max_size=3))
    drawn.adjustments = draw(st.lists(one, max_size=3))
    drawn.remarks = draw(st.lists(rarcs, max_size=3))
    return drawn


any_claim = claims_of(triplets, amounts, st.sampled_from([*sorted(DICTIONARY.statuses), "", "77", "01"]))
readable_claim = claims_of(readable, cents, st.sampled_from(DECIDED_BY_ADJUSTMENTS))
histories = st.builds(
    Known,
    st.sampled_from(EarlierState),
    st.none() | st.builds(Prior, st.booleans(), cents.map(abs), cents.map(abs)),
)
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def all_adjustments(reported: ReportedClaim) -> list[ReportedAdjustment]:
    return reported.adjustments + [one for each in reported.lines for one in each.adjustments]


def gist(result: Conclusion) -> tuple[object, ...]:
    """What staff act on."""
    return (
        result.outcome,
        result.category,
        result.denial_type,
        result.primary_reason,
        result.denied_amount,
        result.amount_at_risk,
        result.tracked_amount,
        result.owner_team,
        result.resolution,
    )


@thorough
@given(any_claim, any_claim, histories, st.sampled_from(["commercial", "medicare_ffs", ""]))
def test_every_claim_payment_gets_a_conclusion(
    reported: ReportedClaim, sibling: ReportedClaim, history: Known, kind: str
) -> None:
    result = concluded(reported, kind=kind, history=history, siblings=[reported, sibling])
    assert result.because
    assert result.owner_team
    assert result.resolution
    assert min(result.denied_amount, result.tracked_amount, result.recovered_amount, result.amount_at_risk) >= 0


@thorough
@given(any_claim)
def test_no_more_is_denied_than_the_payer_took_off(reported: ReportedClaim) -> None:
    result = concluded(reported)
    amounts_off = [one.amount for one in all_adjustments(reported) if one.amount is not None and one.amount.is_finite()]
    taken_off = sum((amount for amount in amounts_off if amount > 0), Decimal(0))
    assert result.denied_amount <= taken_off or result.primary_reason is None
    assert result.is_denial or result.denied_amount == 0


@thorough
@given(any_claim)
def test_a_denial_is_full_only_when_nothing_was_paid(reported: ReportedClaim) -> None:
    result = concluded(reported)
    if reported.paid is not None and reported.paid.is_finite() and result.primary_reason:
        assert result.outcome is not (Outcome.FULL_DENIAL if reported.paid > 0 else Outcome.PARTIAL_DENIAL)


@thorough
@given(readable_claim, cents.filter(lambda value: value > 0), st.data())
def test_an_unknown_code_never_makes_a_denial_vanish(
    reported: ReportedClaim, amount: Decimal, data: st.DataObject
) -> None:
    mutated = deepcopy(reported)
    places = [mutated.adjustments, *(each.adjustments for each in mutated.lines)]
    data.draw(st.sampled_from(places)).append(ReportedAdjustment("CO", "Q99", amount, None, 0))
    result = concluded(mutated)
    assert result.is_denial
    assert result.denied_amount > 0
    assert "unknown_code" in result.exceptions


@thorough
@given(readable_claim, st.data())
def test_a_denial_whose_code_is_mangled_stays_a_denial(reported: ReportedClaim, data: st.DataObject) -> None:
    positive = [one for one in all_adjustments(reported) if one.amount is not None and one.amount > 0]
    if positive and concluded(reported).is_denial:
        data.draw(st.sampled_from(positive)).code = "Q99"
        assert concluded(reported).is_denial


@thorough
@given(any_claim, st.randoms(use_true_random=False))
def test_the_order_of_adjustments_changes_nothing(reported: ReportedClaim, random: object) -> None:
    before = gist(concluded(reported))
    for place in (reported.adjustments, *(each.adjustments for each in reported.lines)):
        random.shuffle(place)  # type: ignore[attr-defined]
    assert gist(concluded(reported)) == before


@thorough
@given(any_claim, st.lists(st.sampled_from(ALERTS), min_size=1, max_size=3), st.data())
def test_an_alert_never_changes_what_a_claim_payment_is(
    reported: ReportedClaim, alerts: list[str], data: st.DataObject
) -> None:
    before = concluded(reported)
    place = data.draw(st.sampled_from([reported.remarks, *(each.remarks for each in reported.lines)]))
    place[:0] = alerts
    after = concluded(reported)
    assert gist(after)[:7] == gist(before)[:7]
