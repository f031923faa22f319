"""The questions behind each kind of exception, as SQL over what was recorded (r, c, a) and concluded (d).

Each answers with the columns of `finding.Found`. `_select` fills the columns that most of them share: one claim
payment is the thing that is held up, and the dollars are those that its conclusion denies or tracks.
"""

from __future__ import annotations

from denials import recoveries
from denials.domain.exception_kinds import Kind

_SHAPE = """
SELECT {kind}, {cause}, {thing}, {system}, {code}, r.payer_id, {usual_days}, r.facility_id, r.id, {claim}, {plb},
    {claims}, {amount} FROM denials_remittance r """
_CONCLUDED = " r.id = ANY(%(remittances)s::bigint[]) AND r.state <> ALL(%(only_read)s::text[]) "
_CLAIMS = " JOIN denials_remittedclaim c ON c.remittance_id = r.id "
_CONCLUSION = " JOIN denials_denial d ON d.remitted_claim_id = c.id "
_ADJUSTMENTS = " JOIN denials_adjustment a ON a.remitted_claim_id = c.id "
_DENIED = (
    "coalesce((SELECT d.denied_amount + d.tracked_amount FROM denials_denial d WHERE d.remitted_claim_id = c.id), 0)"
)
_DAY = "coalesce({0}.payment_date, {0}.production_date)"


def _select(kind: Kind | str, **columns: str) -> str:
    usual = {"cause": "c.id::text", "thing": "'claim:' || c.id", "system": "''", "code": "''",
             "usual_days": "NULL::integer", "claim": "c.id", "plb": "NULL::bigint", "claims": "1",
             "amount": _DENIED}  # fmt: skip
    return _SHAPE.format(kind=f"'{kind}'" if isinstance(kind, Kind) else kind, **{**usual, **columns})


def _by_adjustment(column: str, system: str, known: str) -> str:
    code = f"upper(btrim(a.{column}))"
    return (
        _select(Kind.UNKNOWN_CODE, cause=f"'{system}:' || {code}", system=f"'{system}'", code=code,
                amount="greatest(sum(a.amount), 0)")
        + _CLAIMS + _ADJUSTMENTS
        + f"WHERE {_CONCLUDED} AND {code} <> ALL(%({known})s::text[]) GROUP BY r.id, c.id, {code}"
    )  # fmt: skip


_REMARKS = """ CROSS JOIN LATERAL (
    SELECT upper(btrim(said)) AS code FROM unnest(c.remarks) said
    UNION SELECT upper(btrim(said)) FROM denials_remittedline l, unnest(l.remarks) said WHERE l.remitted_claim_id = c.id
) remark """
_STATUS = "ltrim(btrim(c.status), '0')"
_PLB = "upper(btrim(p.code))"
_RETIRED = """ JOIN unnest(%(retired)s::text[], %(retired_on)s::date[]) gone(code, last_day)
    ON gone.code = upper(btrim(a.code)) """
_REASON = "d.primary_group || '-' || d.primary_code"
_SUSPECT = """(SELECT s."group" || '-' || upper(btrim(s.code))
    FROM denials_adjustment s WHERE s.remitted_claim_id = c.id AND upper(btrim(s.code)) = ANY(%(hiding)s::text[])
    ORDER BY s.amount DESC NULLS LAST, s.ordinal LIMIT 1)"""
_ANSWERED = f"""EXISTS (
    SELECT 1 FROM denials_remittedclaim later JOIN denials_remittance lr ON lr.id = later.remittance_id
    WHERE later.claim_id = c.claim_id AND lr.id <> r.id AND lr.state <> ALL(%(only_read)s::text[])
    AND {_DAY.format("lr")} >= {_DAY.format("r")})"""
_SUMS = """ CROSS JOIN LATERAL (
    SELECT sum(l.charge) AS charged, count(*) AS lines, bool_or(l.charge IS NULL OR l.paid IS NULL) AS is_unknown
    FROM denials_remittedline l WHERE l.remitted_claim_id = c.id) line
CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount) FILTER (WHERE a.line_id IS NULL), 0) AS on_claim,
        coalesce(sum(a.amount) FILTER (WHERE a.line_id IS NOT NULL), 0) AS on_lines,
        coalesce(bool_or(a.amount IS NULL), false) AS is_unknown
    FROM denials_adjustment a WHERE a.remitted_claim_id = c.id) adjusted """
_IS_UNBALANCED = """ c.charge IS NOT NULL AND c.paid IS NOT NULL AND NOT adjusted.is_unknown
    AND NOT coalesce(line.is_unknown, false)
    AND ((line.lines > 0 AND line.charged <> c.charge)
        OR (c.charge - on_claim - on_lines <> c.paid
            AND NOT (on_claim <> 0 AND on_lines <> 0 AND c.paid IN (c.charge - on_claim, c.charge - on_lines)))) """
_HELD_AS = """CASE WHEN EXISTS (SELECT 1 FROM denials_filefinding f WHERE f.file_id = r.file_id
        AND f.transaction = r.transaction AND f.severity = 'hold'
        AND f.code IN ('cut_transaction', 'rest_not_readable', 'missing_header')) THEN 'cut_file'
    WHEN r.twin_of_id IS NOT NULL THEN 'duplicate_trace'
    WHEN coalesce(r.difference, 1) <> 0 THEN 'unbalanced' ELSE 'held' END"""
_PAIR = " JOIN denials_reversalpair pair ON pair.reversal_id = c.id "
_MIRRORS = f"""(SELECT count(*) FROM denials_remittedclaim o JOIN denials_remittance ro ON ro.id = o.remittance_id
    WHERE o.claim_id = c.claim_id AND o.id <> c.id AND o.charge = -c.charge
    AND coalesce(o.paid, 0) = -coalesce(c.paid, 0)
    AND o.charge > 0 AND ro.state <> ALL(%(only_read)s::text[])
    AND ({_DAY.format("ro")}, o.remittance_id, o.position) < ({_DAY.format("r")}, r.id, c.position)
    AND NOT EXISTS (SELECT 1 FROM denials_reversalpair b WHERE b.reversed_id = o.id AND b.reversal_id <> c.id))"""
_SEVERAL_FIT = " EXISTS (SELECT 1 FROM denials_payer_candidates several WHERE several.from_payer_id = payer.id) "
_NOT_CONFIRMED = """ JOIN denials_payer payer ON payer.id = r.payer_id
WHERE r.id = ANY(%(remittances)s::bigint[]) AND r.state <> 'set_aside' AND NOT payer.is_confirmed AND """
_OF_PAYMENT = {"thing": "'remittance:' || r.id", "claim": "NULL::bigint", "claims": "r.claims"}
_DENIED_IN_ALL = """coalesce((SELECT sum(d.denied_amount + d.tracked_amount) FROM denials_denial d
    JOIN denials_remittedclaim c ON c.id = d.remitted_claim_id WHERE c.remittance_id = r.id), 0)"""

QUESTIONS: dict[str, tuple[tuple[Kind, ...], str]] = {
    "reason codes": ((Kind.UNKNOWN_CODE,), _by_adjustment("code", "CARC", "carcs")),
    "groups": ((Kind.UNKNOWN_CODE,), _by_adjustment('"group"', "GROUP", "groups")),
    "remarks": (
        (Kind.UNKNOWN_CODE,),
        _select(Kind.UNKNOWN_CODE, cause="'RARC:' || remark.code", system="'RARC'", code="remark.code")
        + _CLAIMS + _REMARKS + f"WHERE {_CONCLUDED} AND remark.code <> '' AND remark.code <> ALL(%(rarcs)s::text[])",
    ),
    "statuses": (
        (Kind.UNKNOWN_CODE,),
        _select(Kind.UNKNOWN_CODE, cause=f"'STATUS:' || {_STATUS}", system="'STATUS'", code=_STATUS)
        + _CLAIMS + f"WHERE {_CONCLUDED} AND {_STATUS} <> ALL(%(statuses)s::text[])",
    ),
    "provider adjustments": (
        (Kind.UNKNOWN_CODE,),
        _select(Kind.UNKNOWN_CODE, cause=f"'PLB:' || {_PLB}", system="'PLB'", code=_PLB, thing="'plb:' || p.id",
                claim="NULL::bigint", plb="p.id", claims="0", amount="abs(coalesce(p.amount, 0))")
        + " JOIN denials_provideradjustment p ON p.remittance_id = r.id"
        + f" WHERE {_CONCLUDED} AND {_PLB} <> ALL(%(plbs)s::text[])",
    ),
    "retired codes": (
        (Kind.RETIRED_CODE,),
        _select(Kind.RETIRED_CODE, cause="'CARC:' || gone.code", system="'CARC'", code="gone.code",
                amount="greatest(sum(a.amount), 0)")
        + _CLAIMS + _CONCLUSION + _ADJUSTMENTS + _RETIRED
        + f"""WHERE {_CONCLUDED} AND 'retired_code' = ANY(d.exceptions) AND d.is_denial
            AND (gone.last_day IS NULL OR {_DAY.format("r")} > gone.last_day) GROUP BY r.id, c.id, gone.code""",
    ),
    "remarks that are missing": (
        (Kind.MISSING_REMARK,),
        _select(Kind.MISSING_REMARK, cause=f"r.payer_id || ':' || {_REASON}", system="'CARC'", code=_REASON)
        + _CLAIMS + _CONCLUSION
        + f"WHERE {_CONCLUDED} AND 'missing_required_remark' = ANY(d.exceptions) AND NOT {_ANSWERED}",
    ),
    "write-downs of everything": (
        (Kind.SUSPECTED_DENIAL,),
        _select(Kind.SUSPECTED_DENIAL, cause=f"r.payer_id || ':' || coalesce({_SUSPECT}, {_REASON})", system="'CARC'",
                code=f"coalesce({_SUSPECT}, {_REASON})")
        + _CLAIMS + _CONCLUSION
        + f"WHERE {_CONCLUDED} AND 'suspected_denial' = ANY(d.exceptions) AND NOT {_ANSWERED}",
    ),
    "amounts": (
        (Kind.UNREADABLE_AMOUNT,),
        _select(Kind.UNREADABLE_AMOUNT, cause="r.id::text", amount="coalesce(abs(c.charge), 0)")
        + _CLAIMS + f"""WHERE {_CONCLUDED}
            AND EXISTS (SELECT 1 FROM denials_adjustment a WHERE a.remitted_claim_id = c.id AND a.amount IS NULL)""",
    ),
    "balances": (
        (Kind.UNBALANCED,),
        _select(Kind.UNBALANCED, cause="'claims:' || r.id", amount="abs(c.charge - on_claim - on_lines - c.paid)")
        + _CLAIMS + _SUMS + f"WHERE {_CONCLUDED} AND {_IS_UNBALANCED}",
    ),
    "reversals": (
        (Kind.UNMATCHED_REVERSAL,),
        _select(Kind.UNMATCHED_REVERSAL, amount="abs(coalesce(c.paid, 0))")
        + _CLAIMS + _PAIR + f"WHERE {_CONCLUDED} AND pair.reversed_id IS NULL",
    ),
    "reversals of one of several": (
        (Kind.AMBIGUOUS_CLAIM,),
        _select(Kind.AMBIGUOUS_CLAIM, amount="abs(coalesce(c.paid, 0))")
        + _CLAIMS + _PAIR + f"WHERE {_CONCLUDED} AND pair.reversed_id IS NOT NULL AND c.paid <> 0 AND {_MIRRORS} > 1",
    ),
    "takebacks": (
        (Kind.TAKEBACK,),
        _select(Kind.TAKEBACK, amount="d.tracked_amount")
        + _CLAIMS + _CONCLUSION + _PAIR + f"""WHERE {_CONCLUDED} AND d.outcome = 'reversal' AND d.tracked_amount > 0
            AND pair.correction_id IS NULL AND {_DAY.format("r")} + %(takeback_days)s < %(today)s""",
    ),
    "takebacks outside of results": (
        (Kind.TAKEBACK,),
        _select(Kind.TAKEBACK, cause="'plb:' || p.id", thing="'plb:' || p.id", system="'PLB'", code=_PLB, plb="p.id",
                amount=recoveries.AMOUNT)
        + recoveries.ALONE + _CONCLUDED,
    ),
    "pending": (
        (Kind.PENDING_LONG,),
        _select(Kind.PENDING_LONG, cause="r.payer_id::text", usual_days="payer.response_days",
                amount="d.tracked_amount")
        + " JOIN denials_payer payer ON payer.id = r.payer_id" + _CLAIMS + _CONCLUSION
        + f"""WHERE {_CONCLUDED} AND (d.outcome = 'pending' OR d.pending_lines <> '{{}}')
            AND {_DAY.format("r")} + payer.response_days < %(today)s AND NOT {_ANSWERED}""",
    ),
    "payers": (
        (Kind.UNKNOWN_PAYER,),
        _select(Kind.UNKNOWN_PAYER, cause="r.payer_id::text", **_OF_PAYMENT, amount=_DENIED_IN_ALL)
        + _NOT_CONFIRMED + "NOT" + _SEVERAL_FIT,
    ),
    "payers that fit alike": (
        (Kind.AMBIGUOUS_PAYER,),
        _select(Kind.AMBIGUOUS_PAYER, cause="r.payer_id::text", **_OF_PAYMENT, amount=_DENIED_IN_ALL)
        + _NOT_CONFIRMED + _SEVERAL_FIT,
    ),
    "payments held": (
        (Kind.CUT_FILE, Kind.DUPLICATE_TRACE, Kind.UNBALANCED, Kind.HELD),
        _select(_HELD_AS, cause="'remittance:' || r.id", **_OF_PAYMENT, amount="abs(coalesce(r.amount, r.paid, 0))")
        + "WHERE r.id = ANY(%(remittances)s::bigint[]) AND r.state = 'held'",
    ),
}  # fmt: skip
"""What is asked, under a name for its reader, with the kinds that the answer may hold."""
