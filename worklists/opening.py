"""Third stage: denials of a remittance become work, one open item per claim in exactly one queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from denials.course import day_of
from denials.models import Claim, Denial, Remittance
from worklists.changes import BATCH
from worklists.denial_facts import modalities_of_each, reason_of, to_work
from worklists.models import Activity, WorkItem
from worklists.ranking import RANKED, Ranker
from worklists.rounds import deny_again
from worklists.routing.router import Router


def open_items(remittance: Remittance) -> None:
    """Opens an item for each denial of the remittance, or takes it to the claim's open item as its next round.

    Expects the caller's transaction. Run again it changes nothing: a denial that was worked once is left alone.
    """
    denials = _denials_of(remittance).iterator(chunk_size=BATCH)
    while batch := list(islice(denials, BATCH)):
        open_denials(batch, day_of(remittance))


def open_denials(denials: Sequence[Denial], day: date) -> None:
    """The same for these denials, each with its payer and facility; `day` ranks what has no day of its own."""
    router = Router.current()
    for wave in _one_per_claim(denials):
        _open(wave, router, day)


def _denials_of(remittance: Remittance) -> QuerySet[Denial]:
    return (
        to_work(Denial.objects.filter(remitted_claim__remittance=remittance))
        .select_related("payer", "facility")
        .order_by("remitted_claim__position")
    )


def _one_per_claim(denials: Sequence[Denial]) -> Iterable[list[Denial]]:
    """Parts a batch so that a claim's second denial is handled when its first one has become an item."""
    while denials:
        first = {denial.claim_id: denial for denial in reversed(denials)}
        wave = [denial for denial in denials if first[denial.claim_id] is denial]
        denials = [denial for denial in denials if first[denial.claim_id] is not denial]
        yield wave


def _open(denials: list[Denial], router: Router, day: date) -> None:
    claims = [denial.claim_id for denial in denials]
    # The claims are locked before their items, so that two remittances about one claim take turns.
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk"))
    known = handled(claims)
    fresh = [denial for denial in denials if denial.pk not in known]
    open_now = {
        item.claim_id: item
        for item in WorkItem.objects.open()
        .filter(claim__in=[denial.claim_id for denial in fresh])
        .select_related("assignee")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    }
    deny_again([(open_now[d.claim_id], d) for d in fresh if d.claim_id in open_now], router)
    _insert([d for d in fresh if d.claim_id not in open_now], router, day)


def handled(claims: Sequence[int]) -> set[int]:
    """Denials of these claims that became work before, also those whose item has moved on to a later denial."""
    kinds = [Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN]
    rows = Activity.objects.filter(item__claim__in=claims, kind__in=kinds).values_list("facts__denial", flat=True)
    items = WorkItem.objects.filter(claim__in=claims).values_list("denial", flat=True)
    return {*rows, *items}


def _insert(denials: list[Denial], router: Router, day: date) -> None:
    """New items with their first two activities in one statement: what was recognised, and where it went."""
    if not denials:
        return
    rounds = _last_rounds(denials)
    router.look_up(denials)
    nth = [rounds.get(denial.claim_id, 0) + 1 for denial in denials]
    places = [router.place(denial, round) for denial, round in zip(denials, nth, strict=True)]
    ranker = Ranker.of(denials)
    ranks = [
        ranker.place(
            denial, amount=denial.amount_at_risk, last_safe_on=denial.last_safe_on, decided_on=denial.decided_on or day
        )
        for denial in denials
    ]
    imaged = modalities_of_each(denials)
    columns: list[list[object]] = [
        [denial.pk for denial in denials],
        list(nth),
        [place.queue_id for place in places],
        [place.rule_id for place in places],
        [place.rule_version for place in places],
        [place.because for place in places],
        [place.assignee_id for place in places],
        [reason_of(denial) for denial in denials],
        [" ".join(imaged[denial.pk]) for denial in denials],
        *([getattr(rank, name) for rank in ranks] for name in RANKED),
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [router.rule_set_id, router.on, now, now, *columns, now])


def _last_rounds(denials: list[Denial]) -> dict[int, int]:
    claims = [denial.claim_id for denial in denials]
    rows = WorkItem.objects.filter(claim__in=claims).values("claim").annotate(last=Max("round"))
    return {row["claim"]: row["last"] for row in rows}


INSERT = """
WITH opened AS (
    INSERT INTO worklists_workitem (
        claim_id, denial_id, round, facility_id, payer_id, queue_id, rule_id, rule_version, routed_because, rule_set_id,
        routed_on, assignee_id, status, category, reason, modalities, provider, denied_amount, amount_at_risk, deadline,
        last_safe_on, chance, expected_amount, expected_minutes, is_thin, rank_key, denied_on,
        postponed_because, resolution, settlement, root_cause, created_at, updated_at, version
    )
    SELECT d.claim_id, d.id, t.round, d.facility_id, d.payer_id, t.queue_id, t.rule_id, t.rule_version, t.because, %s,
        %s, t.assignee_id, 'new', d.category, t.reason, string_to_array(t.modalities, ' '),
        d.fault_provider, d.denied_amount, d.amount_at_risk, d.deadline, d.last_safe_on,
        t.chance, t.expected_amount, t.expected_minutes, t.is_thin, t.rank_key, d.decided_on,
        '', '', '', '', %s, %s, 1
    FROM unnest(
        %s::bigint[], %s::int[], %s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::bigint[], %s::text[],
        %s::text[], %s::float8[], %s::numeric[], %s::float8[], %s::bool[], %s::float8[]
    ) AS t (denial_id, round, queue_id, rule_id, rule_version, because, assignee_id, reason, modalities,
        chance, expected_amount, expected_minutes, is_thin, rank_key)
    JOIN denials_denial d ON d.id = t.denial_id
    RETURNING id, denial_id, queue_id, rule_id, rule_version, routed_because, rule_set_id, routed_on, assignee_id
)
INSERT INTO worklists_activity (item_id, kind, at, status_from, status_to, text, facts)
SELECT o.id, step.kind, %s, '', step.status_to, step.text, step.facts
FROM opened o
JOIN denials_denial d ON d.id = o.denial_id
CROSS JOIN LATERAL (VALUES
    (1, 'opened', 'new', array_to_string(d.because, ' '), jsonb_build_object(
        'denial', d.id, 'remitted_claim', d.remitted_claim_id,
        'denied_amount', d.denied_amount::text, 'amount_at_risk', d.amount_at_risk::text)),
    (2, 'routed', '', o.routed_because, jsonb_build_object(
        'queue', o.queue_id, 'rule', o.rule_id, 'rule_version', o.rule_version, 'rule_set', o.rule_set_id,
        'on', o.routed_on)
        || CASE WHEN o.assignee_id IS NULL THEN '{}' ELSE jsonb_build_object('to', o.assignee_id) END)
) AS step (step, kind, status_to, text, facts)
ORDER BY o.id, step.step
"""
