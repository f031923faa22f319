"""The order of work: what a night writes, whether days disturb the order, and dollars an hour against other orders.

The first two run on a database of a million denials (`bench.million`): what the job of the next night writes, when a
day has passed and the outcomes of the oldest day count no more. The last is pure Python: one stream of denials
with a planted truth (chance by payer and code, minutes by code, deadlines by payer), worked by the same hands in five
orders. Ours starts without knowing anything and learns from what it decides, as `worklists.experience` does by night.
Outcomes are drawn once for each denial, so every order meets the same luck.

Run as `python -m bench.priority`, with a number of denials for a smaller database, or `--quick` for none.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from statistics import mean
from typing import Any

from bench.stacks import on_many_denials
from worklists.domain.chances import PAYER_LEVEL, Estimate, Facts, Prior, Tally, careful, estimates, path
from worklists.domain.priority import Weights, Worth, in_lane, is_thin_turn, rank_key

DENIALS = 1_000_000
DAYS_AHEAD = (0, 46, 185)
GOAL_WRITTEN = 0.05
SEEDS = (1, 2, 3, 4, 5)
START = date(2026, 1, 5)
DAYS, WARM = 540, 200
"""Days of the stream; dollars are counted from `WARM` on, when even the longest limits have begun to run out. Counted
from the first day, largest first would look better than it is: it brings early what the others would bring later."""
ARRIVALS = 40
MINUTES_A_DAY = 300.0
"""About half of what comes in can be worked: the order decides what is lost."""
PAYERS, CODES = 8, 12
ANSWER_DAYS = 30
GOAL = f"{GOAL_WRITTEN:.0%} written, 0 inversions, ahead of the rest"


@dataclass(slots=True)
class Denied:
    """One denial of the stream, with the truth that no order sees."""

    number: int
    came: date
    last_safe_on: date
    deadline: date
    at_risk: float
    payer: int
    code: int
    pays: float
    """Dollars that it brings if it is worked in time; 0 when the payer says no."""
    minutes: float
    key: float = 0.0
    is_thin: bool = True

    @property
    def facts(self) -> Facts:
        return Facts(str(self.code % 4), str(self.code), (), str(self.payer), "appeal")


def stream(seed: int) -> list[Denied]:
    """The denials of one seed, in the order in which they come."""
    random = Random(f"stream {seed}")
    of_code = [random.uniform(0.05, 0.9) for _ in range(CODES)]
    of_pair = {
        (payer, code): min(0.97, max(0.02, of_code[code] + random.gauss(0, 0.2)))
        for payer in range(PAYERS)
        for code in range(CODES)
    }
    shares = [random.uniform(0.4, 1.0) for _ in range(CODES)]
    takes = [math.exp(random.gauss(math.log(14), 0.7)) for _ in range(CODES)]
    windows = [random.choice((45, 60, 90, 120, 180)) for _ in range(PAYERS)]
    made: list[Denied] = []
    for day in range(DAYS):
        came = START + timedelta(days=day)
        for _ in range(ARRIVALS if came.weekday() < 5 else 0):
            payer, code = int(PAYERS * random.random() ** 2), int(CODES * random.random() ** 1.5)
            at_risk = min(math.exp(random.gauss(math.log(243), 1.2)), 50_000)
            deadline = came + timedelta(days=windows[payer] - random.randint(5, 40))
            won = random.random() < of_pair[payer, code]
            made.append(
                Denied(
                    number=len(made),
                    came=came,
                    last_safe_on=deadline - timedelta(days=random.choice((0, 3, 5))),
                    deadline=deadline,
                    at_risk=at_risk,
                    payer=payer,
                    code=code,
                    pays=at_risk * shares[code] * won,
                    minutes=max(2.0, takes[code] * math.exp(random.gauss(0, 0.35))),
                )
            )
    return made


class Order:
    """An order of work."""

    def come(self, each: Denied) -> None:
        """A denial came in."""

    def learn(self, answered: list[Denied], gone: list[Denied], today: date) -> None:
        """The night after a day, with what payers answered and what was worked or lost that day."""

    def plan(self, waiting: list[Denied], today: date) -> Iterator[Denied]:
        """What to work today, one after the other."""
        raise NotImplementedError


@dataclass(slots=True)
class By(Order):
    """The smallest of one value first."""

    value: Callable[[Denied], Any]

    def plan(self, waiting: list[Denied], today: date) -> Iterator[Denied]:
        return iter(sorted(waiting, key=self.value))


@dataclass(slots=True)
class Ours(Order):
    """Deadline lane, then expected dollars a minute by what was learned so far; a few of little-known groups."""

    weights: Weights = field(default_factory=Weights)
    prior: Prior = field(default_factory=Prior)
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    known: dict[str, Estimate] = field(default_factory=dict)
    open: dict[int, Denied] = field(default_factory=dict)
    given: int = 0

    def come(self, each: Denied) -> None:
        self.open[each.number] = each
        self._rank(each)

    def learn(self, answered: list[Denied], gone: list[Denied], today: date) -> None:
        for each in answered:
            for key in path(each.facts):
                tally = self.tallies[key]
                tally.decided += 1
                if each.pays:
                    tally.paid += 1
                    tally.amounts += 1
                    tally.shares += each.pays / each.at_risk
                tally.timed += 1
                tally.minutes += each.minutes
        for each in gone:
            self.open.pop(each.number)
        if self.tallies and today.weekday() == 6:  # practices count each night; once a week learns as much here
            self.known = estimates(self.tallies, self.prior)
            for each in self.open.values():
                self._rank(each)

    def plan(self, waiting: list[Denied], today: date) -> Iterator[Denied]:
        lane = [each for each in waiting if in_lane(each.last_safe_on, each.deadline, today, self.weights)]
        yield from sorted(lane, key=lambda each: each.key)
        pressing = {each.number for each in lane}
        ranked = sorted((each for each in waiting if each.number not in pressing), key=lambda each: each.key)
        thin = [each for each in ranked if each.is_thin]
        taken: set[int] = set()
        while len(taken) < len(ranked):
            self.given += 1
            of = thin if thin and is_thin_turn(self.given, self.weights.thin_share) else ranked
            each = next((each for each in of if each.number not in taken), None) or next(
                each for each in ranked if each.number not in taken
            )
            taken.add(each.number)
            yield each

    def _rank(self, each: Denied) -> None:
        keys = path(each.facts)
        best = next((self.known[key] for key in reversed(keys) if key in self.known), None) or Estimate(
            self.prior.chance,
            careful(self.prior.chance, 0, self.prior.strength),
            self.prior.share,
            self.prior.minutes,
        )
        each.is_thin = self.tallies.get(keys[PAYER_LEVEL], Tally()).decided < self.weights.thin_below
        worth = Worth(best.chance, Decimal(f"{each.at_risk * best.share:.2f}"), best.minutes)
        each.key = rank_key(each.last_safe_on, worth, decided_on=each.came, weights=self.weights)


ORDERS: dict[str, Callable[[], Order]] = {
    "ours": Ours,
    "oldest first": lambda: By(lambda each: each.came),
    "largest first": lambda: By(lambda each: -each.at_risk),
    "deadline first": lambda: By(lambda each: each.deadline),
    "at random": lambda: By(lambda each: Random(each.number).random()),
}


@dataclass(slots=True)
class Worked:
    """What one order brought."""

    dollars: float = 0.0
    hours: float = 0.0
    items: int = 0
    expired: int = 0
    expired_dollars: float = 0.0

    @property
    def an_hour(self) -> float:
        return self.dollars / self.hours


def work(seed: int, order: Order) -> Worked:
    """One stream, worked in one order by the same hands. What passed its deadline is lost and leaves the list."""
    by_day: dict[date, list[Denied]] = defaultdict(list)
    for each in stream(seed):
        by_day[each.came].append(each)
    answers: dict[date, list[Denied]] = defaultdict(list)
    waiting: list[Denied] = []
    result = Worked()
    for day in range(DAYS):
        today, counts = START + timedelta(days=day), day >= WARM
        for each in by_day[today]:
            waiting.append(each)
            order.come(each)
        lost = [each for each in waiting if each.deadline < today]
        waiting = [each for each in waiting if each.deadline >= today]
        result.expired += len(lost) * counts
        result.expired_dollars += sum(each.pays for each in lost) * counts
        left = MINUTES_A_DAY if today.weekday() < 5 else 0.0
        done = []
        for each in order.plan(waiting, today) if left else ():
            if left <= 0:
                break
            done.append(each)
            left -= each.minutes
            answers[today + timedelta(days=ANSWER_DAYS)].append(each)
            if counts:
                result.items += 1
                result.hours += each.minutes / 60
                result.dollars += each.pays
        worked = {each.number for each in done}
        waiting = [each for each in waiting if each.number not in worked]
        order.learn(answers.pop(today, []), [*done, *lost], today)
    return result


def back_test() -> dict[str, list[Worked]]:
    """By order what each seed brought."""
    return {name: [work(seed, make()) for seed in SEEDS] for name, make in ORDERS.items()}


def measure() -> dict[str, Any]:
    worked = back_test()
    hours = {name: [each.an_hour for each in results] for name, results in worked.items()}
    rest = [name for name in ORDERS if name != "ours"]
    night = on_many_denials("bench.priority", DENIALS)
    wins = all(hours["ours"][at] > hours[name][at] for name in rest for at in range(len(SEEDS)))
    met = night["written_share"] <= GOAL_WRITTEN and not any(night["inversions"]) and wins
    return {
        **night,
        "dollars_an_hour": {name: [round(each, 2) for each in found] for name, found in hours.items()},
        "expired": {name: [each.expired for each in results] for name, results in worked.items()},
        "goals_met": met,
    }


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    hours = {name: mean(found) for name, found in result["dollars_an_hour"].items()}
    best = max(amount for name, amount in hours.items() if name != "ours")
    return (
        f"{result['written_share']:.1%} written, {sum(result['inversions'])} inversions,"
        f" ${hours['ours']:,.0f} an hour, {hours['ours'] / best:.2f}× the next"
    )


def table(worked: dict[str, list[Worked]]) -> str:
    """The back-test for a terminal: dollars an hour by seed."""
    lines = [
        f"{ARRIVALS} denials a working day, {MINUTES_A_DAY:.0f} minutes to work them, {DAYS - WARM} days counted",
        f"{'dollars an hour':16}" + "".join(f"{f'seed {seed}':>10}" for seed in SEEDS) + f"{'mean':>10}{'expired':>10}",
    ]
    for name, results in worked.items():
        hours = [each.an_hour for each in results]
        lines.append(
            f"{name:16}"
            + "".join(f"{each:10,.2f}" for each in hours)
            + f"{mean(hours):10,.2f}{mean(each.expired for each in results):10,.0f}"
        )
    return "\n".join(lines)


def _run() -> dict[str, Any]:
    """On the built database: what the passing of a day writes, and the stored order against the formula."""
    from django.db import connection
    from django.utils import timezone

    from worklists import experience
    from worklists.models import WorkItem

    weights, today = Weights(), timezone.localdate()
    open_rows = WorkItem.objects.open().count()
    experience.recount(today)
    written = experience.recount(today + timedelta(days=1)).items
    inversions = []
    with connection.cursor() as cursor:
        for ahead in DAYS_AHEAD:
            cursor.execute(INVERSIONS, {"today": today + timedelta(days=ahead), "tau": weights.tau_days})
            inversions.append(cursor.fetchone()[0])
        cursor.execute(CROSSING, {"today": today, "lane": weights.lane_days})
        crossing = cursor.fetchone()[0]
    return {
        "open": open_rows,
        "written": written,
        "written_share": written / open_rows,
        "entering_the_lane_tomorrow": crossing,
        "inversions": inversions,
    }


INVERSIONS = """
WITH scored AS (
    SELECT rank_key, ln(least(greatest(chance * expected_amount::float8 / greatest(expected_minutes, 0.5), 0.01), 1e5))
        - (last_safe_on - %(today)s::date) / %(tau)s::float8 AS score
    FROM worklists_workitem WHERE is_open AND last_safe_on IS NOT NULL
), ordered AS (SELECT score, lag(score) OVER (ORDER BY rank_key) AS before FROM scored)
SELECT count(*) FROM ordered WHERE score > before + 1e-9
"""
CROSSING = """
SELECT count(*) FROM worklists_workitem
WHERE is_open AND last_safe_on = %(today)s::date + 1 + %(lane)s AND deadline >= %(today)s::date
"""


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        import django

        django.setup()
        print(json.dumps(_run()))
    elif sys.argv[1:] == ["--quick"]:
        print(table(back_test()))
    else:
        print(table(back_test()))
        denials = int(sys.argv[1]) if len(sys.argv) > 1 else DENIALS
        print(json.dumps(on_many_denials("bench.priority", denials), indent=2))
