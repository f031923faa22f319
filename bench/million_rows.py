"""The SQL behind `bench.million`: draws each denial once, then writes it to every table that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from worklists.domain.priority import HIGHEST, LOWEST, Weights

DAYS = 1095
SHARES = {"recent": 0.95, "older": 0.0517, "owned": 0.4, "postponed": 0.1}
"""Of the last 120 days so many are open, of the older ones so many: 15 of 100 in all."""
NAMES = {
    "begins": [
        "Made", "Sham", "Mock", "Samp", "Fict", "Inven", "Pret", "Quaz", "Zorb", "Vell", "Tand", "Rust", "Plum",
        "Nold", "Marl", "Lund", "Kest", "Jask", "Hurl", "Gand",
    ],
    "middles": [
        "", "a", "e", "o", "er", "in", "al", "ov", "ish", "um", "el", "yn", "ard", "ont", "ick", "och",
    ],
    "ends": [
        "by", "ton", "well", "sen", "man", "ski", "field", "worth", "ley", "son", "ford", "berg", "stein", "wood",
        "mont", "dale",
    ],
    "firsts": [
        "Ada", "Bo", "Cy", "Dee", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Max", "Nan", "Oz", "Pam",
        "Quin", "Rex", "Sue", "Ty", "Una", "Val", "Wes", "Xena", "Yan", "Zoe",
    ],
}  # fmt: skip
"""Of which patients' names are put together: some 5,000 last names; one of twenty people is called Fictional."""


def draw(
    cursor: Any, denials: int, today: date, *, payers: Sequence[int], facilities: Sequence[int], people: Sequence[int]
) -> None:
    """One row for each denial with everything about it that is left to chance; the same for the same numbers."""
    values = {
        "denials": denials,
        "today": today,
        "days": DAYS,
        "payers": list(payers),
        "facilities": list(facilities),
        "people": list(people),
        **SHARES,
        **NAMES,
    }
    cursor.execute("SELECT setseed(0.835)")
    cursor.execute(CODES, {})
    cursor.execute(DRAWN, values)
    cursor.execute(PAYMENTS)


def set_homes(cursor: Any, homes: Iterable[tuple[Any, ...]]) -> None:
    cursor.execute(
        "CREATE UNLOGGED TABLE bench_home (team text, payer_id bigint, queue_id bigint, rule_id bigint,"
        " rule_version int, because text, PRIMARY KEY (team, payer_id))"
    )
    cursor.executemany("INSERT INTO bench_home VALUES (%s, %s, %s, %s, %s, %s)", list(homes))
    cursor.execute(OWNERS)


def write(cursor: Any, denials: int, today: date) -> dict[str, int]:
    weights = Weights()
    values: dict[str, Any] = {"today": today, "lowest": LOWEST, "highest": HIGHEST}
    values |= {"tau": weights.tau_days, "reference": weights.reference}
    for table in ("file", "remittance", "claim", "remittedclaim", "remittedline"):
        name = "denials_remittancefile" if table == "file" else f"denials_{table}"
        values[f"{table}_ids"] = _room(cursor, name, denials)
    values["denial_ids"] = _room(cursor, "denials_denial", denials)
    values["item_ids"] = _room(cursor, "worklists_workitem", denials)
    made = {}
    for table, statement in STATEMENTS.items():
        cursor.execute(statement, values)
        made[table] = cursor.rowcount
    cursor.execute("DROP TABLE bench_pick, bench_code, bench_home, bench_owner, bench_payment")
    return made


def _room(cursor: Any, table: str, rows: int) -> int:
    """The last id before so many that nobody else gets."""
    cursor.execute(
        "SELECT setval(of_table, last + %s) - %s FROM pg_get_serial_sequence(%s, 'id') AS of_table,"
        " LATERAL (SELECT nextval(of_table) AS last) AS drawn",
        [rows, rows, table],
    )
    return int(cursor.fetchone()[0])


CODES = """
CREATE UNLOGGED TABLE bench_code AS
SELECT row_number() OVER (ORDER BY md5(c.code)) AS nr, c.code, h.category, h.denial_type, h.owner_team,
    coalesce(nullif(h.usual_resolution, ''), 'appeal') AS resolution, h.appealable <> 'no' AS appeal_allowed,
    h.next_action, h.evidence, h.root_cause, h.preventable, h.escalation_path,
    (ARRAY['N54', 'N115', 'M127', 'N381', 'N130', 'N40'])[1 + abs(hashtext(c.code)) %% 6] AS remark
FROM denials_codehandling h JOIN denials_code c ON c.id = h.code_id
WHERE c.system = 'CARC' AND c.is_active AND h.denial_rule LIKE 'D\\_%%' AND h.owner_team <> ''
"""
DRAWN = """
CREATE UNLOGGED TABLE bench_pick AS
WITH drawn AS (
    SELECT n, ((n - 1) * %(days)s / %(denials)s)::int AS day_nr,
        (1 + floor(cardinality(%(payers)s::bigint[]) * power(random(), 2.5)))::int AS payer_nr,
        (1 + floor(cardinality(%(facilities)s::bigint[]) * power(random(), 1.5)))::int AS facility_nr,
        (1 + floor((SELECT count(*) FROM bench_code) * power(random(), 3)))::int AS code_nr,
        least(1 + exp(ln(243.0) + 1.2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())), 900000) AS dollars,
        random() AS open_draw, random() AS owner_draw, random() AS person_draw, random() AS state_draw,
        random() AS day_draw, random() AS remark_draw
    FROM generate_series(1::bigint, %(denials)s::bigint) AS n
), dated AS (
    SELECT *, least(%(today)s::date, %(today)s::date - %(days)s + day_nr / 7 * 7 + (payer_nr * 5 + facility_nr) %% 7)
        AS decided_on
    FROM drawn
), opened AS (
    SELECT *, open_draw < CASE WHEN %(today)s::date - decided_on <= 120 THEN %(recent)s ELSE %(older)s END AS is_open,
        decided_on + (ARRAY[60, 90, 120, 180, 365])[1 + payer_nr %% 5] AS limit_on
    FROM dated
)
SELECT n, (%(payers)s::bigint[])[payer_nr] AS payer_id, (%(facilities)s::bigint[])[facility_nr] AS facility_id,
    (%(people)s::bigint[])[1 + floor(cardinality(%(people)s::bigint[]) * power(person_draw, 2))::int] AS person_id,
    (day_nr / 7 * 100 + payer_nr) * 100 + facility_nr AS payment, code_nr, round(dollars::numeric, 2) AS amount,
    decided_on, is_open, person_draw, day_draw, remark_draw < 0.6 AS has_remark, last,
    (%(firsts)s::text[])[1 + (b / 89) %% cardinality(%(firsts)s::text[])] AS first,
    CASE WHEN is_open AND limit_on <= %(today)s::date THEN %(today)s::date - 2 + floor(day_draw * 120)::int
        ELSE limit_on END AS deadline,
    is_open AND owner_draw < %(owned)s AS is_owned, is_open AND state_draw < %(postponed)s AS is_postponed,
    CASE WHEN NOT is_open THEN least(%(today)s::date, decided_on + 5 + floor(day_draw * 110)::int) END AS closed_on
FROM opened, LATERAL (SELECT abs(hashint8(n)) AS a, abs(hashint8(n * 31 + 7)) AS b) AS hashed,
    LATERAL (SELECT CASE WHEN a %% 20 = 0 THEN 'Fictional'
        ELSE (%(begins)s::text[])[1 + a %% cardinality(%(begins)s::text[])]
            || (%(middles)s::text[])[1 + b %% cardinality(%(middles)s::text[])]
            || (%(ends)s::text[])[1 + (a / 97) %% cardinality(%(ends)s::text[])] END AS last) AS named
"""
PAYMENTS = """
CREATE UNLOGGED TABLE bench_payment AS
SELECT payment, row_number() OVER (ORDER BY payment) AS nr, min(payer_id) AS payer_id, min(facility_id) AS facility_id,
    min(decided_on) AS decided_on, count(*) AS claims, sum(amount) AS charged
FROM bench_pick GROUP BY payment
"""
OWNERS = """
CREATE UNLOGGED TABLE bench_owner AS
SELECT q.queue_id, array_agg(DISTINCT t.user_id) AS people
FROM worklists_queue_teams q JOIN accounts_user_teams t ON t.team_id = q.team_id GROUP BY q.queue_id
"""
STATEMENTS = {
    "files": """
INSERT INTO denials_remittancefile (id, sha256, name, size, content, kind, state, refusal, preview, received_at,
    recorded_at)
VALUES (%(file_ids)s + 1, repeat('0', 64), 'made-up.835', 0, '', 'remittance', 'recorded', '', '{}', now(), now())
""",
    "remittances": """
INSERT INTO denials_remittance (id, file_id, entered_from, transaction, control_number, interchange, payer_id,
    facility_id, payer_name, payer_identifier, payee_npi, trace, amount, method, payment_date, production_date, claims,
    charged, paid, difference, segment_from, segment_to, state, hold_reason, decision_reason)
SELECT %(remittance_ids)s + nr, %(file_ids)s + 1, '', nr, nr::text, '', payer_id, facility_id, 'Example Health Plan',
    '', '', 'TRACE' || nr, 0, 'CHK', decided_on, decided_on, claims, charged, 0, 0, 1, 2, 'settled', '', ''
FROM bench_payment
""",
    "claims": """
INSERT INTO denials_claim (id, payer_id, facility_id, matching_key, number, payer_control_number, patient_last,
    patient_first, member_id, service_from, service_to, charge)
SELECT %(claim_ids)s + n, payer_id, facility_id, 'MADE' || n, 'MADE' || n, 'PCN' || n, last, first,
    'W' || lpad(n::text, 9, '0'), decided_on - 21, decided_on - 21, amount
FROM bench_pick
""",
    "names": """
INSERT INTO denials_patientname (facility_id, word)
SELECT DISTINCT facility_id, upper(word) FROM bench_pick, unnest(ARRAY[last, first]) AS word
""",
    "remitted claims": """
INSERT INTO denials_remittedclaim (id, remittance_id, position, claim_id, facility_id, claim_number, status, charge,
    paid, patient_share, filing_code, payer_control_number, facility_code, frequency, patient_last, patient_first,
    patient_middle, member_id, subscriber_last, subscriber_first, rendering_npi, rendering_name, crossover_name,
    corrected_payer_name, contract, medical_record, service_from, service_to, received_on, remarks, segment_from,
    segment_to)
SELECT %(remittedclaim_ids)s + n, %(remittance_ids)s + nr, n, %(claim_ids)s + n, p.facility_id, 'MADE' || n, '1',
    amount, 0, 0, '12', 'PCN' || n, (ARRAY['11', '22', '23'])[1 + n %% 3], '1', last, first, '',
    'W' || lpad(n::text, 9, '0'), '', '', '1000' || lpad((code_nr * 7 + n %% 40)::text, 6, '0'), '', '', '', '', '',
    p.decided_on - 21, p.decided_on - 21, p.decided_on - 14, '{}', 1, 2
FROM bench_pick p JOIN bench_payment USING (payment)
""",
    "lines": """
INSERT INTO denials_remittedline (id, remitted_claim_id, number, qualifier, procedure, modifiers, revenue_code, charge,
    paid, units_paid, units_billed, submitted_procedure, service_from, service_to, allowed, control_number, policy,
    remarks, reject_codes, segment_from, segment_to)
SELECT %(remittedline_ids)s + n, %(remittedclaim_ids)s + n, 1, 'HC',
    (ARRAY['70551', '71260', '72148', '76700', '77067', '78452', '90837', '99213', '99285', '27447'])[1 + n %% 10],
    CASE WHEN n %% 4 = 0 THEN '{26}'::varchar[] ELSE '{}' END, '', amount, 0, 0, 1, '', decided_on - 21,
    decided_on - 21, 0, '', '', CASE WHEN has_remark THEN ARRAY[remark] ELSE '{}' END, '{}', 1, 2
FROM bench_pick JOIN bench_code ON nr = code_nr
""",
    "adjustments": """
INSERT INTO denials_adjustment (remitted_claim_id, line_id, ordinal, "group", code, amount, segment)
SELECT %(remittedclaim_ids)s + n, %(remittedline_ids)s + n, 1, 'CO', code, amount, 1
FROM bench_pick JOIN bench_code ON nr = code_nr
""",
    "denials": """
INSERT INTO denials_denial (id, remitted_claim_id, claim_id, facility_id, payer_id, payer_kind, product, outcome,
    is_denial, denied_amount,
    amount_at_risk, tracked_amount, category, denial_type, primary_group, primary_code, remarks, fault_codes,
    fault_procedures, fault_provider, liability, owner_team, resolution, appeal_allowed, needs_new_claim, denied_lines,
    pending_lines, watch, exceptions, next_action, evidence, root_cause, preventable, escalation_path, because,
    readings, deadline, last_safe_on, deadline_rule, deadline_is_default, deadline_because, decided_on,
    dictionary_version, concluded_at)
SELECT %(denial_ids)s + n, %(remittedclaim_ids)s + n, %(claim_ids)s + n, facility_id, payer_id,
    (SELECT kind FROM denials_payer y WHERE y.id = payer_id), '', 'full_denial', true,
    amount, amount, 0, category, denial_type, 'CO', code, CASE WHEN has_remark THEN ARRAY[remark] ELSE '{}' END,
    'CO-' || code || CASE WHEN has_remark THEN ' ' || remark ELSE '' END,
    (ARRAY['70551', '71260', '72148', '76700', '77067', '78452', '90837', '99213', '99285', '27447'])[1 + n %% 10]
        || CASE WHEN n %% 4 = 0 THEN '-26' ELSE '' END,
    '1000' || lpad((code_nr * 7 + n %% 40)::text, 6, '0'),
    'provider', owner_team, resolution, appeal_allowed, false, '{1}', '{}', '', '{}', next_action, evidence, root_cause,
    preventable, escalation_path, ARRAY['CO-' || code || ' on line 1 is a denial.'], '[]', deadline,
    deadline - 2 - (payer_id %% 4)::int, 'MADE-UP', false, '', decided_on, 'made-up',
    least(decided_on + time '06:00', now())
FROM bench_pick JOIN bench_code ON nr = code_nr
""",
    "clocks": """
INSERT INTO denials_clock (denial_id, kind, level, name, state, rule_id, basis, basis_on, waits_for, "window",
    presumption_days, non_business_day_rule, last_day, last_safe_day, is_default, is_binding, others)
SELECT %(denial_ids)s + n, 'appeal', 1, 'Appeal', 'running', 'MADE-UP', 'payment_date', decided_on, '',
    'made up', 0, 'none', deadline, deadline - 2 - (payer_id %% 4)::int, false, true, '[]'
FROM bench_pick WHERE is_open
""",
    "items": """
INSERT INTO worklists_workitem (id, claim_id, denial_id, round, facility_id, payer_id, queue_id, rule_id, rule_version,
    routed_because, status, assignee_id, taken_at, postponed_until, postponed_because, follow_up_on, category, reason,
    modalities, provider,
    denied_amount, amount_at_risk, deadline, last_safe_on, chance, expected_amount, expected_minutes, is_thin, rank_key,
    denied_on, resolution, settlement, root_cause, recovered_amount, resolved_at, resolved_by_id, created_at,
    updated_at, version)
SELECT %(item_ids)s + n, %(claim_ids)s + n, %(denial_ids)s + n, 1, p.facility_id, p.payer_id, h.queue_id, h.rule_id,
    h.rule_version, h.because,
    CASE WHEN closed_on IS NOT NULL THEN 'resolved' WHEN is_postponed THEN 'postponed'
        WHEN is_owned AND day_draw < 0.15 THEN 'waiting' WHEN is_owned THEN 'taken' ELSE 'new' END,
    owner, CASE WHEN owner IS NOT NULL THEN least(decided_on + 2 + time '09:00', now()) END,
    CASE WHEN is_postponed THEN %(today)s::date + 1 + floor(day_draw * 30)::int END,
    CASE WHEN is_postponed THEN 'Waiting for a record.' ELSE '' END,
    CASE WHEN is_owned AND NOT is_postponed AND day_draw < 0.15 THEN %(today)s::date + 14 END,
    category, 'CO-' || code || CASE WHEN has_remark THEN ' ' || remark ELSE '' END,
    (ARRAY['{mri}', '{ct}', '{mri}', '{ultrasound}', '{mammography}', '{nuclear}', '{}', '{}', '{}', '{}'])[1 + n %% 10]
    ::varchar[], '1000' || lpad((code_nr * 7 + n %% 40)::text, 6, '0'), amount, amount, deadline,
    safe_on, chance, amount, minutes, code_nr %% 20 = 0, safe_on - date '0001-01-01' + 1
        - %(tau)s * ln(least(greatest(chance * amount::float8 / minutes, %(lowest)s), %(highest)s) / %(reference)s),
    decided_on, CASE WHEN closed_on IS NULL THEN '' ELSE resolution END,
    CASE WHEN closed_on IS NULL THEN '' WHEN day_draw < 0.55 THEN 'overturned' ELSE 'upheld' END, '',
    CASE WHEN closed_on IS NULL THEN NULL WHEN day_draw < 0.55 THEN amount ELSE 0 END,
    CASE WHEN closed_on IS NOT NULL THEN least(closed_on + time '15:00', now()) END,
    CASE WHEN closed_on IS NOT NULL THEN owner END, least(decided_on + time '07:00', now()),
    least(coalesce(closed_on, decided_on) + time '15:00', now()), 1
FROM bench_pick p JOIN bench_code c ON c.nr = p.code_nr
JOIN bench_home h ON h.team = c.owner_team AND h.payer_id = p.payer_id
LEFT JOIN bench_owner o ON o.queue_id = h.queue_id
CROSS JOIN LATERAL (SELECT CASE WHEN is_owned OR closed_on IS NOT NULL THEN
    coalesce(o.people[1 + floor(cardinality(o.people) * person_draw * person_draw)::int], person_id)
    END AS owner) AS who
CROSS JOIN LATERAL (SELECT
    deadline - 2 - (p.payer_id %% 4)::int AS safe_on,
    (25 + (code_nr * 7 + p.payer_id) %% 50)::float8 / 100 AS chance,
    (6 + code_nr * 5 %% 30)::float8 AS minutes) AS worth
""",
    "activities": """
INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
SELECT i.id, step.kind, step.actor, step.at, step.was, step.becomes, step.text, step.facts
FROM worklists_workitem i
CROSS JOIN LATERAL (VALUES
    ('opened', NULL, i.created_at, '', 'new', 'Made up.', jsonb_build_object('denial', i.denial_id)),
    ('routed', NULL, i.created_at, '', '', i.routed_because,
        jsonb_build_object('queue', i.queue_id, 'rule', i.rule_id, 'rule_version', i.rule_version)),
    ('take', i.assignee_id, i.taken_at, 'new', 'taken', '', '{}'::jsonb),
    ('resolve', i.assignee_id, i.resolved_at, 'taken', 'resolved', '', '{}'::jsonb)
) AS step (kind, actor, at, was, becomes, text, facts)
WHERE i.id > %(item_ids)s AND (step.kind IN ('opened', 'routed')
    OR step.kind = 'take' AND i.assignee_id IS NOT NULL OR step.kind = 'resolve' AND i.resolved_at IS NOT NULL)
ORDER BY i.id, step.at
""",
}
