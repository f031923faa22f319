"""The function in the database that chooses, locks and takes items for one person; `worklists/taking.py` asks it.

It goes step by step, because most steps have nothing to do: one statement for all of them costs the server several
times as much to begin as to run. Its plans are kept with the connection and know no values (`plan_cache_mode`).

A change of this text needs a migration that runs `CREATE` again.
"""

from __future__ import annotations

from worklists.domain.priority import Weights

SHIPPED = Weights()
AWAKE = """coalesce(i.postponed_until, '0001-01-01') <= today
            AND (facilities IS NULL OR i.facility_id = ANY (facilities))"""
"""As the indexes write it: those who sleep are passed over without reading their rows."""
FREE = f"i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND {AWAKE}"
IN_LANE = "i.last_safe_on <= lane_ends AND i.deadline >= today"
"""As `worklists.domain.priority.in_lane`."""
KEEP = """LOOP
            chosen := chosen || found.id;
            states := states || found.status::text;
        END LOOP;"""
MISSING = "wanted - cardinality(chosen)"


def _best_of_each(queues: str, condition: str, most: str) -> str:
    """Free items of these queues, locked on the way: what somebody else is taking now is passed over.

    Each queue is asked for its own best, which its index knows at once; more than are needed stay locked for the
    moment that the statement takes.
    """
    return f"""
        SELECT best.id, best.status FROM unnest({queues}) AS mine (queue_id)
        CROSS JOIN LATERAL (
            SELECT i.id, i.status, i.rank_key FROM worklists_workitem i
            WHERE i.queue_id = mine.queue_id AND {FREE} AND i.id <> ALL (chosen) AND {condition}
            ORDER BY i.rank_key, i.id LIMIT {most} FOR NO KEY UPDATE SKIP LOCKED
        ) AS best
        ORDER BY best.rank_key, best.id LIMIT {most}
    """


HANDED = f"""FROM worklists_workitem i
        WHERE i.is_open AND i.assignee_id = taker AND i.status IN ('new', 'postponed') AND {AWAKE}
            AND i.queue_id <> ALL (full_queues) AND (asked_queue IS NULL OR i.queue_id = asked_queue)"""
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
    lane_ends date := today + {SHIPPED.lane_days};
    share float8 := {SHIPPED.thin_share};
    chosen bigint[] := '{{}}';  -- in the order in which to work them
    states text[] := '{{}}';  -- in which each was
    facilities bigint[];  -- NULL: all
    lanes bigint[];  -- of the queues, those that have something in the lane
    found record;
    number bigint;
    thin int := 0;
    pressing int;
BEGIN
    IF NOT everywhere THEN
        facilities := ARRAY(SELECT facility_id FROM accounts_user_facilities WHERE user_id = taker);
    END IF;
    FOR found IN SELECT lane_days, thin_share FROM worklists_orderweights LOOP
        lane_ends := today + found.lane_days;
        share := found.thin_share;
    END LOOP;

    IF EXISTS (SELECT {HANDED}) THEN
        FOR found IN SELECT i.id, i.status {HANDED}
            ORDER BY NOT coalesce({IN_LANE}, false), i.rank_key, i.id LIMIT wanted FOR NO KEY UPDATE SKIP LOCKED {KEEP}
    END IF;

    IF cardinality(chosen) < wanted THEN
        -- Asked first: where nothing is in the lane, all of the queue would be passed over in search of it.
        lanes := ARRAY(SELECT mine.queue_id FROM unnest(queues) AS mine (queue_id) WHERE (
            SELECT true FROM worklists_workitem i WHERE i.queue_id = mine.queue_id AND {FREE} AND {IN_LANE} LIMIT 1));
        IF lanes <> '{{}}' THEN
            -- By rank as well: the index knows the days, so that what the lane does not hold is passed over there.
            FOR found IN {_best_of_each("lanes", IN_LANE, MISSING)} {KEEP}
        END IF;
    END IF;

    pressing := cardinality(chosen);
    -- As worklists.domain.priority.is_thin_turn; the sequence counts what is given out beside the lane.
    FOR place IN pressing + 1 .. wanted LOOP
        number := nextval('worklists_pull');
        thin := thin + (floor(number * share / 100) > floor((number - 1) * share / 100))::int;
    END LOOP;
    IF thin > 0 THEN
        FOR found IN {_best_of_each("queues", "i.is_thin", "thin")} {KEEP}
    END IF;
    IF cardinality(chosen) < wanted THEN
        FOR found IN {_best_of_each("queues", "true", MISSING)} {KEEP}
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
    taker bigint, everywhere boolean, queues bigint[], full_queues bigint[], asked_queue bigint, today date,
    wanted int, moment timestamptz
) RETURNS bigint[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_sort = off AS $take${BODY}$take$
"""
DROP = "DROP FUNCTION worklists_take"
THEIRS = """q.is_active AND (q.id IN (SELECT link.queue_id FROM worklists_queue_teams link
        JOIN accounts_user_teams mine ON mine.team_id = link.team_id WHERE mine.user_id = %(user)s)
        OR NOT EXISTS (SELECT FROM accounts_user_teams WHERE user_id = %(user)s))"""
"""Of a queue: in use, and of one of the person's teams; without a team every queue in use is theirs."""
TAKE = """worklists_take(
    %(user)s::bigint, %(everywhere)s::boolean, {queues}::bigint[], {full_queues}::bigint[], {queue}::bigint,
    %(today)s::date, %(count)s::int, %(now)s::timestamptz
)"""
CALL = "SELECT " + TAKE.format(queues="%(queues)s", full_queues="%(full_queues)s", queue="%(queue)s")
NO_LIMIT = """NOT EXISTS (SELECT FROM worklists_queue WHERE most_taken IS NOT NULL)
        AND NOT EXISTS (SELECT FROM worklists_workprofile WHERE user_id = %(user)s AND most_taken IS NOT NULL)"""
_ASKED = "CASE WHEN %(queue_key)s::text <> '' THEN first END"
_TAKE_PLAIN = TAKE.format(queues="queues", full_queues="'{}'", queue=_ASKED)
CALL_ONCE = f"""
WITH plain AS (
    SELECT coalesce(array_agg(q.id) FILTER (WHERE q.handing_out <> 'push'), '{{}}') AS queues, min(q.id) AS first
    FROM worklists_queue q WHERE CASE %(queue_key)s::text WHEN '' THEN {THEIRS} ELSE q.key = %(queue_key)s::text END
    HAVING bool_and(q.skills = '[]') AND {NO_LIMIT}
), given AS MATERIALIZED (
    SELECT ({_TAKE_PLAIN})[1] AS pk
    FROM plain
)
INSERT INTO accounts_formsubmission (user_id, key, fingerprint, location, submitted_at)
SELECT %(user)s, %(key)s, %(fingerprint)s, %(before)s || pk || %(after)s, now() FROM given WHERE pk IS NOT NULL
RETURNING location
"""
"""Where nothing is asked of a person but who they are: no limit of items, and no skills. The form is written down after
the item is taken: where another one with its key was first, neither is done.
"""
