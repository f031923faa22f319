"""The function in the database that chooses, locks and takes items for one person; `worklists/taking.py` asks it.

It goes step by step, because most steps have nothing to do: one statement for all of them costs the server several
times as much to begin as to run. Its plans are kept with the connection and know no values (`plan_cache_mode`).

A change of this text needs a migration that runs `CREATE` again.
"""

from __future__ import annotations

AWAKE = """coalesce(i.postponed_until, '0001-01-01') <= today
            AND (everywhere OR i.facility_id = ANY (facilities))"""
"""As the indexes write it: those who sleep are passed over without reading their rows."""
FREE = f"i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND {AWAKE}"
IN_LANE = "i.last_safe_on <= lane_ends AND i.deadline >= today"
"""As `worklists.domain.priority.in_lane`."""
KEEP = """LOOP
            chosen := chosen || found.id;
            states := states || found.status::text;
        END LOOP;"""
MISSING = "wanted - cardinality(chosen)"
SAMPLE = 40
"""Items of the lane that are looked at to learn below which rank the next one stands."""


def _best_of_each_queue(condition: str, most: str) -> str:
    """Free items of the person's queues, locked on the way: what somebody else is taking now is passed over.

    Each queue is asked for its own best, which its index knows at once; more than are needed stay locked for the
    moment that the statement takes.
    """
    return f"""
        SELECT best.id, best.status FROM unnest(queues) AS mine (queue_id)
        CROSS JOIN LATERAL (
            SELECT i.id, i.status, i.rank_key FROM worklists_workitem i
            WHERE i.queue_id = mine.queue_id AND {FREE} AND i.id <> ALL (chosen) AND {condition}
            ORDER BY i.rank_key, i.id LIMIT {most} FOR NO KEY UPDATE SKIP LOCKED
        ) AS best
        ORDER BY best.rank_key, best.id LIMIT {most}
    """


HANDED = f"""
        SELECT i.id, i.status FROM worklists_workitem i
        WHERE i.is_open AND i.assignee_id = taker AND i.status IN ('new', 'postponed') AND {AWAKE}
            AND i.queue_id <> ALL (full_queues) AND (asked_queue IS NULL OR i.queue_id = asked_queue)
        ORDER BY NOT coalesce({IN_LANE}, false), i.rank_key, i.id
        LIMIT wanted FOR NO KEY UPDATE SKIP LOCKED
"""
BOUND = f"""
        SELECT count(*) > 0, CASE WHEN count(*) < {SAMPLE} THEN 'infinity'
            ELSE (array_agg(near.rank_key ORDER BY near.rank_key))[wanted + 1] END
        INTO lane_goes_on, bound
        FROM (
            SELECT i.rank_key FROM worklists_workitem i
            WHERE i.queue_id = ANY (queues) AND {FREE} AND {IN_LANE} LIMIT {SAMPLE}
        ) AS near
"""
LANE = f"""
            SELECT i.id, i.status FROM worklists_workitem i
            WHERE i.queue_id = ANY (queues) AND {FREE} AND i.id <> ALL (chosen) AND {IN_LANE} AND i.rank_key <= bound
            ORDER BY i.rank_key, i.id LIMIT {MISSING} FOR NO KEY UPDATE SKIP LOCKED
"""
WRITE = """
        WITH taken AS (
            UPDATE worklists_workitem SET status = 'taken', assignee_id = taker, taken_at = moment,
                postponed_until = NULL, postponed_because = '', follow_up_on = NULL, version = version + 1,
                updated_at = moment
            WHERE id = ANY (chosen)
        )
        INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
        SELECT old.id, 'take', taker, moment, old.status, 'taken', '', '{}'
        FROM unnest(chosen, states) AS old (id, status)
"""
BODY = f"""
DECLARE
    lane_ends date;
    share float8;
    chosen bigint[] := '{{}}';  -- in the order in which to work them
    states text[] := '{{}}';  -- in which each was
    found record;
    lane_goes_on boolean;
    bound float8;
    number bigint;
    thin int := 0;
    pressing int;
BEGIN
    SELECT today + lane_days, thin_share INTO lane_ends, share FROM worklists_orderweights;
    lane_ends := coalesce(lane_ends, today + shipped_lane_days);
    share := coalesce(share, shipped_thin_share);

    FOR found IN {HANDED} {KEEP}

    IF cardinality(chosen) < wanted THEN
        -- The lane is no order of an index. Some of its items tell the rank that the best ones do not exceed, so that
        -- few rows are read and sorted; what others are taking now may hide these, and then all are read.
        {BOUND};
        WHILE lane_goes_on LOOP
            FOR found IN {LANE} {KEEP}
            lane_goes_on := cardinality(chosen) < wanted AND bound < 'infinity';
            bound := 'infinity';
        END LOOP;
    END IF;

    pressing := cardinality(chosen);
    -- As worklists.domain.priority.is_thin_turn; the sequence counts what is given out beside the lane.
    FOR place IN pressing + 1 .. wanted LOOP
        number := nextval('worklists_pull');
        thin := thin + (floor(number * share / 100) > floor((number - 1) * share / 100))::int;
    END LOOP;
    IF thin > 0 THEN
        FOR found IN {_best_of_each_queue("i.is_thin", "thin")} {KEEP}
    END IF;
    IF cardinality(chosen) < wanted THEN
        FOR found IN {_best_of_each_queue("true", MISSING)} {KEEP}
    END IF;

    IF cardinality(chosen) > 0 THEN {WRITE};
    END IF;
    IF thin > 0 AND cardinality(chosen) > pressing + 1 THEN
        RETURN chosen[:pressing] || ARRAY(
            SELECT i.id FROM worklists_workitem i WHERE i.id = ANY (chosen[pressing + 1:]) ORDER BY i.rank_key, i.id
        );
    END IF;
    RETURN chosen;
END
"""
CREATE = f"""
CREATE OR REPLACE FUNCTION worklists_take(
    taker bigint, everywhere boolean, facilities bigint[], queues bigint[], full_queues bigint[], asked_queue bigint,
    today date, shipped_lane_days int, shipped_thin_share float8, wanted int, moment timestamptz
) RETURNS bigint[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $take${BODY}$take$
"""
DROP = "DROP FUNCTION worklists_take"
CALL = """
SELECT worklists_take(
    %(user)s::bigint, %(everywhere)s, %(facilities)s::bigint[], %(queues)s::bigint[], %(full_queues)s::bigint[],
    %(queue)s::bigint, %(today)s::date, %(shipped_lane_days)s::int, %(shipped_thin_share)s::float8, %(count)s::int,
    %(now)s::timestamptz
)
"""
