"""Gives work its place in the order: what a minute of it is expected to bring, and the day as of which it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import DateField, Func, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from denials.models import Claim, Denial
from worklists.domain.chances import PAYER_LEVEL, Estimate, Facts, age_of, careful, path
from worklists.domain.priority import HIGHEST, LOWEST, SHORTEST, Weights, Worth, rank_key
from worklists.models import Experience, OrderWeights, WorkItem
from worklists.models.items import DEADLINE_RUNS


class LaneEnds(Func):
    """The last day of the deadline lane, read by the query that asks for it."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()

    def __init__(self, today: date) -> None:
        of_site = OrderWeights.objects.order_by("pk").values("lane_days")[:1]
        days = Coalesce(Subquery(of_site), Value(Weights().lane_days), output_field=IntegerField())
        super().__init__(Cast(Value(today), DateField()), days)


def in_lane(today: date, lane_days: int | None = None) -> Q:
    """As `worklists.domain.priority.in_lane`, of work whose deadline runs; `lane_days` instead of the site's."""
    return by_days_in_lane(today, lane_days) & DEADLINE_RUNS


def by_days_in_lane(today: date, lane_days: int | None = None) -> Q:
    """The same of any item: whether it is in the lane, or would be if its deadline ran still."""
    ends = LaneEnds(today) if lane_days is None else today + timedelta(days=lane_days)
    return Q(last_safe_on__lte=ends, deadline__gte=today)


def in_small_lane(today: date) -> Q:
    """The same, told so that PostgreSQL looks for it by its last safe day. It knows the days of open work only together
    with those of all that is closed, and so takes the lane for most of what is open; a stretch between two days of
    which it does not know one it takes for short, as the lane is.
    """
    return Q(last_safe_on__gte=date.min) & in_lane(today)


def not_in_lane(today: date) -> Q:
    """The rest, also where no day is known or runs."""
    undated = Q(last_safe_on__isnull=True) | Q(deadline__isnull=True) | ~DEADLINE_RUNS
    return undated | Q(last_safe_on__gt=LaneEnds(today)) | Q(deadline__lt=today)


RANKED = ["chance", "expected_amount", "expected_minutes", "is_thin", "rank_key"]
"""The columns of a work item that its place in the order rests on."""
REORDER = "reorder"
"""The job that ranks all open work again."""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Place:
    """The values of `RANKED`."""

    chance: float
    expected_amount: Decimal
    expected_minutes: float
    is_thin: bool
    rank_key: float


def current_weights() -> OrderWeights:
    return weights_from(weights_rows())


def weights_rows() -> QuerySet[OrderWeights]:
    """What `weights_from` is made of."""
    return OrderWeights.objects.order_by("pk")[:1]


def weights_from(rows: Iterable[OrderWeights]) -> OrderWeights:
    """The site's weights, or the shipped ones while none are kept."""
    return next(iter(rows), None) or OrderWeights()


def as_weights(row: OrderWeights) -> Weights:
    return Weights(
        tau_days=float(row.tau_days),
        reference=float(row.reference_per_minute),
        lane_days=row.lane_days,
        no_deadline_days=row.no_deadline_days,
        thin_share=float(row.thin_share),
        thin_below=row.thin_below,
    )


@dataclass(slots=True)
class Ranker:
    """The weights, and what is known about some denials, as they stood when it was made; make one for each batch."""

    row: OrderWeights
    weights: Weights
    known: dict[str, Experience]
    service_days: dict[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, denials: Sequence[Denial], days: dict[int, date | None] | None = None) -> Ranker:
        """For these denials, in three queries whatever their number; `days` are those of service by claim, if known."""
        row = current_weights()
        if days is None:
            claims = {denial.claim_id for denial in denials}
            days = dict(Claim.objects.filter(pk__in=claims).values_list("pk", "service_from"))
        keys = {key for denial in denials for key in path(facts_of(denial, days.get(denial.claim_id)))}
        return cls(row, as_weights(row), {found.key: found for found in Experience.objects.filter(key__in=keys)}, days)

    def path_of(self, denial: Denial) -> list[Experience]:
        """What is known about the groups of a denial, from the widest to the narrowest."""
        return [self.known[key] for key in self.keys_of(denial) if key in self.known]

    def keys_of(self, denial: Denial) -> list[str]:
        return path(facts_of(denial, self.service_days.get(denial.claim_id)))

    def place(self, denial: Denial, *, amount: Decimal, last_safe_on: date | None, decided_on: date) -> Place:
        return place_of(
            self.path_of(denial),
            self.row,
            self.weights,
            amount=amount,
            last_safe_on=last_safe_on,
            decided_on=decided_on,
        )

    def rank(self, item: WorkItem, denial: Denial) -> None:
        """Gives an item that is not saved yet the place that its amount and days make now."""
        decided_on = item.denied_on or timezone.localdate(item.created_at)
        place = self.place(denial, amount=item.amount_at_risk, last_safe_on=item.last_safe_on, decided_on=decided_on)
        for name in RANKED:
            setattr(item, name, getattr(place, name))


def facts_of(denial: Denial, service_on: date | None) -> Facts:
    return Facts(
        category=denial.category,
        code=denial.primary_reason,
        remarks=tuple(denial.remarks),
        payer=str(denial.payer_id),
        action=denial.resolution,
        age=age_of(service_on, denial.decided_on),
    )


def place_of(
    known: Sequence[Experience],
    row: OrderWeights,
    weights: Weights,
    *,
    amount: Decimal,
    last_safe_on: date | None,
    decided_on: date,
) -> Place:
    """The narrowest group that is known decides; where none is, what the site assumes."""
    best = known[-1] if known else assumed(row)
    expected = (amount * Decimal(str(best.share))).quantize(CENT, ROUND_HALF_UP)
    worth = Worth(best.chance, expected, best.minutes)
    return Place(
        chance=best.chance,
        expected_amount=expected,
        expected_minutes=best.minutes,
        is_thin=sum(each.decided for each in known if each.level == PAYER_LEVEL) < weights.thin_below,
        rank_key=rank_key(last_safe_on, worth, decided_on=decided_on, weights=weights),
    )


def assumed(row: OrderWeights) -> Estimate:
    """What a site assumes about a denial of which nothing at all is known."""
    mean = row.default_chance / 100
    return Estimate(mean, careful(mean, 0, row.prior_strength), 1.0, row.default_minutes)


RANK = f"""
    (coalesce(i.last_safe_on, coalesce(i.denied_on, (i.created_at AT TIME ZONE %(zone)s)::date) + %(no_deadline_days)s)
        - DATE '0001-01-01') + 1
    - %(tau_days)s * ln(least(greatest(
        i.chance * i.expected_amount::float8 / greatest(i.expected_minutes, {SHORTEST}), {LOWEST}), {HIGHEST})
        / %(reference)s)
"""
"""`worklists.domain.priority.rank_key` of the stored parts, for many rows at once."""
MOVES = f"""
SELECT count(*) FILTER (WHERE moved <= -1), count(*) FILTER (WHERE moved >= 1)
FROM (SELECT {RANK} - i.rank_key AS moved FROM worklists_workitem i WHERE i.is_open) AS ranked
"""
REWRITE = f"""
UPDATE worklists_workitem i SET rank_key = {RANK}
WHERE i.id = ANY (%(ids)s) AND i.is_open AND abs({RANK} - i.rank_key) > 1e-6
"""
BATCH = 5000


def moves(weights: Weights) -> tuple[int, int]:
    """How many open items these weights would have count as due a day or more earlier, and later."""
    with connection.cursor() as cursor:
        cursor.execute(MOVES, _values(weights))
        earlier, later = cursor.fetchone()
    return earlier, later


def rewrite_keys(weights: Weights) -> int:
    """Ranks every open item anew by its stored parts, in batches. Returns how many keys changed."""
    changed = 0
    for ids in _open_ids():
        with connection.cursor() as cursor:
            cursor.execute(REWRITE, _values(weights) | {"ids": ids})
            changed += cursor.rowcount
    return changed


def _open_ids() -> Iterable[list[int]]:
    last = 0
    while ids := list(WorkItem.objects.open().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


def _values(weights: Weights) -> dict[str, Any]:
    return {
        "zone": timezone.get_current_timezone_name(),
        "tau_days": weights.tau_days,
        "reference": weights.reference,
        "no_deadline_days": weights.no_deadline_days,
    }
