"""The code dictionary in the database: loaded from the shipped lists, kept as the site edited it, read as one value.

A load may run at any time: official records follow the shipped lists, our own handling of a code is seeded once and
never reset where a person edited it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from denials import codes
from denials.domain.cells import as_date
from denials.domain.code_flags import FLAGS, flags_of
from denials.domain.dictionary import Dictionary
from denials.domain.readings import OPERATIONAL, PARTNERS, RULE, SCOPES
from denials.models import Category, Code, CodeHandling, CodeReading, CodeSystem, CodeValidity
from denials.versions import last_changes

HANDLED = (
    "denial_rule", "category", "denial_type", "preventable", "appealable", "usual_resolution", "owner_team",
    "next_action", "call_asks", "root_cause", "upstream_owner", "escalation_path",
)  # fmt: skip
SEEDED = (*HANDLED, "evidence", *FLAGS)
OFFICIAL = (
    "title", "meaning", "is_alert", "requires_remark", "satisfies_required_remark", "appeal_effect", "is_active",
    "started_on", "modified_on", "deactivated_on", "replaced_by", "list_version", "list_date", "details",
)  # fmt: skip
LISTS = {
    CodeSystem.CARC: ("carc", "code", "title"),
    CodeSystem.RARC: ("rarc", "code", "title"),
    CodeSystem.GROUP: ("group_codes", "group_code", "own_name"),
    CodeSystem.STATUS: ("claim_status_codes", "clp02", "own_name"),
    CodeSystem.PLB: ("plb_codes", "plb03_1", "own_name"),
}

SCOPE = {"facility": "facility_npi"} | {name: name for name in (*SCOPES, *PARTNERS) if name != "facility"}
"""Scopes of a reading, and the columns that hold them."""

_latest: tuple[str, Dictionary] | None = None
_loaded: str | None = None
"""The stamp that our last load left."""


def current() -> Dictionary:
    """The dictionary as it stands now, built once per change; `version` names the list and our last edits."""
    global _latest
    version = stamp()
    if _latest is None or _latest[0] != version:
        _latest = (version, _build(version))
    return _latest[1]


def stamp() -> str:
    """Changes whenever a row that decides about claims changes: each leaves an event.

    Names the shipped list, then a digest of our changes, so that it stays as short as a denial can keep however many
    there were.
    """
    changes = last_changes(Code, CodeHandling, CodeReading, Category)
    digest = hashlib.sha256(".".join(map(str, changes)).encode()).hexdigest()
    return f"{codes.VERSION}+{digest[:12]}"


@transaction.atomic
def load() -> int:
    """Brings the shipped lists into the database. Returns how many codes it read.

    A code that a later list, imported here, speaks about stays as that list has it. What is the same already is not
    written: it would stand in the history as changed, and have the dictionary built again.
    """
    global _loaded
    if stamp() != _loaded:
        _load()
        _loaded = stamp()
    return Code.objects.filter(list_version=codes.VERSION).count()


def _load() -> None:
    official = [record for system in CodeSystem for record in _records(system)]
    known = {(code.system, code.code): code for code in Code.objects.defer("licensed_text")}
    imported = {name for name, code in known.items() if code.list_date and code.list_date > codes.LIST_DATE}
    Code.objects.bulk_create(
        [record for record in official if _is_news(record, known.get((record.system, record.code)))],
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=list(OFFICIAL),
        batch_size=500,
    )
    _seed_periods(imported)
    _seed_handling()
    Category.objects.bulk_create(
        [Category(**_category(row)) for row in codes.rows("categories")], ignore_conflicts=True
    )
    _seed_readings()


def _is_news(record: Code, known: Code | None) -> bool:
    """Whether the list that we ship says something else, and is not older than what stands there."""
    if known is None:
        return True
    is_later = known.list_date is not None and known.list_date > codes.LIST_DATE
    return not is_later and any(getattr(record, name) != getattr(known, name) for name in OFFICIAL)


def _records(system: CodeSystem) -> Iterator[Code]:
    name, key, title = LISTS[system]
    for row in codes.rows(name):
        yield Code(
            system=system,
            code=row[key],
            title=row[title],
            meaning=row.get("plain_meaning") or row.get("handling") or row.get("notes") or "",
            is_alert=row.get("alert_only") == "yes",
            requires_remark=row.get("requires_remark") == "yes",
            satisfies_required_remark=row.get("can_satisfy_required_remark") == "yes",
            appeal_effect=row.get("appeal_effect", ""),
            is_active=row.get("status", "active") == "active",
            started_on=as_date(row.get("start_date")),
            modified_on=as_date(row.get("last_modified")),
            deactivated_on=as_date(row.get("deactivated_date")),
            replaced_by=row.get("replaced_by", ""),
            list_version=codes.VERSION,
            list_date=codes.LIST_DATE,
            details=row,
        )


def _seed_periods(imported: set[tuple[str, str]]) -> None:
    """When each code was in use. Codes that came back have their periods in a list of their own."""
    known: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in codes.rows("code_periods"):
        known.setdefault((row["system"], row["code"]), []).append(row)
    have = set(CodeValidity.objects.values_list("code_id", flat=True))
    CodeValidity.objects.bulk_create(
        [
            period
            for code in Code.objects.filter(system__in=[CodeSystem.CARC, CodeSystem.RARC]).defer("licensed_text")
            if code.pk not in have and (code.system, code.code) not in imported
            for period in _periods(code, known.get((code.system, code.code), []))
        ],
        batch_size=500,
    )


def _periods(code: Code, told: list[dict[str, str]]) -> Iterator[CodeValidity]:
    for row in told:
        yield CodeValidity(
            code=code,
            started_on=as_date(row["started_on"]),
            ended_on=as_date(row["ended_on"]),
            ended_words=row["ended_words"],
            list_version=code.list_version,
        )
    if not told:
        words = "" if code.is_active or code.deactivated_on else "a day that no list establishes"
        yield CodeValidity(
            code=code,
            started_on=code.started_on,
            ended_on=code.deactivated_on,
            ended_words=words,
            list_version=code.list_version,
        )


def _seed_readings() -> None:
    """The shipped readings; one that a person changed stays as it is."""
    known = dict(CodeReading.objects.filter(key__isnull=False).values_list("key", "version"))
    shipped = [_reading(row) for row in codes.rows("readings")]
    CodeReading.objects.bulk_create([row for row in shipped if row.key not in known], ignore_conflicts=True)


def _seed_handling() -> None:
    edited = set(CodeHandling.objects.filter(is_edited=True).values_list("code_id", flat=True))
    fresh = [
        CodeHandling(code=code, **_handling(code))
        for code in Code.objects.filter(system__in=[CodeSystem.CARC, CodeSystem.RARC])
        if code.pk not in edited and code.details
    ]
    known = CodeHandling.objects.exclude(code__in=edited).in_bulk(field_name="code_id")
    changed = [row for row in fresh if row.code_id in known and _differs(row, known[row.code_id])]
    for row in changed:
        row.pk = known[row.code_id].pk
        row.version = known[row.code_id].version + 1
    CodeHandling.objects.bulk_update(changed, [*SEEDED, "version"], batch_size=500)
    new = [row for row in fresh if row.code_id not in known]
    CodeHandling.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


def _handling(code: Code) -> dict[str, Any]:
    row = code.details
    if code.system == CodeSystem.RARC:
        row = {**row, **{name.removesuffix("_hint"): value for name, value in row.items() if name.endswith("_hint")}}
    values: dict[str, Any] = {name: row.get(name, "") for name in HANDLED}
    flags = flags_of(values["category"], values["denial_rule"])
    return values | flags | {"evidence": [part for part in row.get("evidence", "").split(";") if part]}


def _differs(row: CodeHandling, other: CodeHandling) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in SEEDED)


def _category(row: dict[str, str]) -> dict[str, Any]:
    return {"key": row["category"], **{name: row[name] for name in row if name != "category"}}


def _reading(row: dict[str, str]) -> CodeReading:
    conflict = {name: row[name] for name in ("article_says", "list_says", "effect") if row[name]}
    return CodeReading(
        **{name: row[name] for name in ("key", "system", "code", "title", "reason", "source")},
        **{column: row[name] for name, column in SCOPE.items() if name in row},
        overrides={name: row[name] for name in (*OPERATIONAL, RULE) if row.get(name)},
        conflict=conflict,
        confidence=CodeReading.Confidence.LOW if conflict else CodeReading.Confidence.HIGH,
        is_active=row["active"] == "yes",
        is_suggestion=row["active"] != "yes",
    )


def _build(version: str) -> Dictionary:
    by_system: dict[str, list[dict[str, Any]]] = {system: [] for system in CodeSystem}
    for code in Code.objects.select_related("handling").defer("licensed_text"):
        by_system[code.system].append(_row(code))
    return Dictionary.from_rows(
        carc=by_system[CodeSystem.CARC],
        rarc=by_system[CodeSystem.RARC],
        groups=by_system[CodeSystem.GROUP],
        statuses=by_system[CodeSystem.STATUS],
        categories=[{**row, "category": row["key"]} for row in Category.objects.values()],
        readings=[reading_row(reading) for reading in CodeReading.objects.filter(is_active=True).order_by("pk")],
        version=version,
    )


def reading_row(reading: CodeReading) -> dict[str, Any]:
    """A reading as the rules read it."""
    told = ("id", "version", "key", "system", "code", "title", "reason", "valid_from", "valid_to")
    scope = {name: getattr(reading, column) for name, column in SCOPE.items()}
    return {
        **reading.overrides,
        **scope,
        **{name: getattr(reading, name) for name in told},
        "active": reading.is_active,
    }


def _row(code: Code) -> dict[str, Any]:
    """The shipped row with the official record over it, and our own handling over both: what a person edited wins."""
    handling = getattr(code, "handling", None)
    details: dict[str, Any] = code.details
    if code.system in (CodeSystem.CARC, CodeSystem.RARC):
        details = {**details, **_official(code)}
    if handling is None:
        return details
    suffix = "_hint" if code.system == CodeSystem.RARC else ""
    ours = {f"{name}{suffix}": getattr(handling, name) for name in (*HANDLED, "evidence")}
    return {**details, **ours}


def _official(code: Code) -> dict[str, Any]:
    """What a list may have changed since it was shipped."""
    return {
        "code": code.code,
        "title": code.title,
        "status": "active" if code.is_active else "deactivated",
        "deactivated_date": code.deactivated_on,
        "requires_remark": code.requires_remark,
        "alert_only": code.is_alert,
        "can_satisfy_required_remark": code.satisfies_required_remark,
    }
