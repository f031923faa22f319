"""What our own outcomes say is shrunk toward the group above, so that few cases do not shout down many."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.chances import Estimate, Facts, Prior, Tally, above, age_of, estimate, estimates, level_of, path

PRIOR = Prior()
parents = st.builds(
    Estimate,
    mean=st.floats(min_value=0, max_value=1),
    chance=st.just(0.5),
    share=st.floats(min_value=0, max_value=1),
    minutes=st.floats(min_value=1, max_value=240),
)
strengths = st.floats(min_value=1, max_value=200)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    decided = draw(st.integers(min_value=0, max_value=2000))
    paid = draw(st.integers(min_value=0, max_value=decided))
    amounts = draw(st.integers(min_value=0, max_value=paid))
    timed = draw(st.integers(min_value=0, max_value=500))
    shares = amounts * draw(st.floats(min_value=0, max_value=1))
    return Tally(decided, paid, amounts, shares, timed, timed * draw(st.floats(min_value=0.1, max_value=120)))


def siblings(*counts: tuple[int, int]) -> list[Estimate]:
    """Payers of one code, `paid` of `decided` each, with nothing else known."""
    total = Tally(decided=sum(decided for _, decided in counts), paid=sum(paid for paid, _ in counts))
    found = {"all": total, "all|auth": total, "all|auth|CO-197": total, "all|auth|CO-197|": total}
    found |= {f"all|auth|CO-197||{at}": Tally(decided=decided, paid=paid) for at, (paid, decided) in enumerate(counts)}
    counted = estimates(found, PRIOR)
    return [counted[f"all|auth|CO-197||{at}"] for at in range(len(counts))]


def test_three_paid_of_four_do_not_beat_180_of_300() -> None:
    few, many = siblings((3, 4), (180, 300))

    assert few.chance < many.chance


def test_with_as_many_cases_the_better_rate_wins() -> None:
    better, worse = siblings((225, 300), (180, 300))

    assert better.chance > worse.chance


@given(tallies(), parents, strengths)
def test_every_figure_stays_between_what_was_counted_and_the_group_above(
    tally: Tally, parent: Estimate, strength: float
) -> None:
    found = estimate(tally, parent, strength)
    rate = tally.paid / tally.decided if tally.decided else parent.mean

    assert min(rate, parent.mean) - 1e-9 <= found.mean <= max(rate, parent.mean) + 1e-9
    assert 0 <= found.chance <= found.mean <= 1
    assert 0 <= found.share <= 1 + 1e-9
    assert found.minutes > 0


@given(tallies(), parents, strengths)
def test_one_more_paid_outcome_never_lowers_the_chance(tally: Tally, parent: Estimate, strength: float) -> None:
    more = Tally(decided=tally.decided + 1, paid=tally.paid + 1)

    assert estimate(more, parent, strength).chance >= estimate(tally, parent, strength).chance - 1e-12


@given(tallies(), parents, strengths)
def test_one_more_unpaid_outcome_never_raises_the_mean(tally: Tally, parent: Estimate, strength: float) -> None:
    more = Tally(decided=tally.decided + 1, paid=tally.paid)

    assert estimate(more, parent, strength).mean <= estimate(tally, parent, strength).mean + 1e-12


@given(parents, strengths)
def test_a_group_without_cases_takes_its_figures_from_the_group_above(parent: Estimate, strength: float) -> None:
    found = estimate(Tally(), parent, strength)

    assert found.mean == pytest.approx(parent.mean)
    assert found.minutes == pytest.approx(parent.minutes)


def test_while_nothing_is_known_the_assumed_figures_hold() -> None:
    found = estimates({"all": Tally()}, Prior(chance=0.4, share=0.9, minutes=12))["all"]

    assert (found.mean, found.share, found.minutes) == pytest.approx((0.4, 0.9, 12))


def test_groups_nest_from_all_to_the_age_of_the_claim() -> None:
    facts = Facts("authorization", "CO-197", ("N54", "M76"), "12", "appeal", "young")

    keys = path(facts)

    assert keys[4:] == ["all|authorization|CO-197|M76 N54|12", f"{keys[4]}|appeal", f"{keys[4]}|appeal|young"]
    assert [level_of(key) for key in keys] == [0, 1, 2, 3, 4, 5, 6]
    assert [above(key) for key in keys] == ["", *keys[:-1]]


def test_an_outcome_of_which_nobody_knows_the_action_counts_for_the_payer() -> None:
    assert len(path(Facts("authorization", "CO-197", (), "12"))) == 5


@pytest.mark.parametrize(
    ("service_on", "age"),
    [(date(2026, 11, 1), "young"), (date(2026, 9, 1), "middle"), (date(2026, 1, 1), "old"), (None, "")],
)
def test_the_age_is_that_on_the_day_of_the_decision(service_on: date | None, age: str) -> None:
    assert age_of(service_on, date(2026, 11, 23)) == age
