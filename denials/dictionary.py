"""The code dictionary in the database: loaded from the shipped lists, kept as the site edited it, read as one value.

A load may run at any time: official records follow the shipped lists, our own handling of a code is seeded once and
never reset where a person edited it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from denials import codes
from denials.domain.dictionary import Dictionary
from denials.domain.entries import OVERRIDABLE
from denials.models import Category, Code, CodeHandling, CodeReading, CodeSystem
from denials.versions import last_changes

HANDLED = (
    "denial_rule", "category", "denial_type", "preventable", "appealable", "usual_resolution", "owner_team",
    "next_action", "root_cause", "upstream_owner", "escalation_path",
)  # fmt: skip
OFFICIAL = (
    "title", "meaning", "is_alert", "requires_remark", "satisfies_required_remark", "appeal_effect", "is_active",
    "started_on", "modified_on", "deactivated_on", "replaced_by", "list_version", "details",
)  # fmt: skip
LISTS = {
    CodeSystem.CARC: ("carc", "code", "title"),
    CodeSystem.RARC: ("rarc", "code", "title"),
    CodeSystem.GROUP: ("group_codes", "group_code", "own_name"),
    CodeSystem.STATUS: ("claim_status_codes", "clp02", "own_name"),
    CodeSystem.PLB: ("plb_codes", "plb03_1", "own_name"),
}

_latest: tuple[str, Dictionary] | None = None


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
    changes = (*last_changes(CodeHandling, CodeReading, Category), Code.objects.count())
    digest = hashlib.sha256(".".join(map(str, changes)).encode()).hexdigest()
    return f"{codes.VERSION}+{digest[:12]}"


@transaction.atomic
def load() -> int:
    """Brings the shipped lists into the database. Returns how many codes it read."""
    official = [record for system in CodeSystem for record in _records(system)]
    Code.objects.bulk_create(
        official, update_conflicts=True, unique_fields=["system", "code"], update_fields=list(OFFICIAL), batch_size=500
    )
    _seed_handling()
    Category.objects.bulk_create(
        [Category(**_category(row)) for row in codes.rows("categories")], ignore_conflicts=True
    )
    CodeReading.objects.bulk_create([_reading(row) for row in codes.rows("readings")], ignore_conflicts=True)
    return len(official)


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
            started_on=_day(row.get("start_date")),
            modified_on=_day(row.get("last_modified")),
            deactivated_on=_day(row.get("deactivated_date")),
            replaced_by=row.get("replaced_by", ""),
            list_version=codes.VERSION,
            details=row,
        )


def _seed_handling() -> None:
    edited = set(CodeHandling.objects.filter(is_edited=True).values_list("code_id", flat=True))
    fresh = [
        CodeHandling(code=code, **_handling(code))
        for code in Code.objects.filter(system__in=[CodeSystem.CARC, CodeSystem.RARC])
        if code.pk not in edited
    ]
    known = CodeHandling.objects.exclude(code__in=edited).in_bulk(field_name="code_id")
    changed = [row for row in fresh if row.code_id in known and _differs(row, known[row.code_id])]
    for row in changed:
        row.pk = known[row.code_id].pk
        row.version = known[row.code_id].version + 1
    CodeHandling.objects.bulk_update(changed, [*HANDLED, "evidence", "version"], batch_size=500)
    new = [row for row in fresh if row.code_id not in known]
    CodeHandling.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


def _handling(code: Code) -> dict[str, Any]:
    row = code.details
    if code.system == CodeSystem.RARC:
        row = {**row, **{name.removesuffix("_hint"): value for name, value in row.items() if name.endswith("_hint")}}
    values: dict[str, Any] = {name: row.get(name, "") for name in HANDLED}
    return values | {"evidence": [part for part in row.get("evidence", "").split(";") if part]}


def _differs(row: CodeHandling, other: CodeHandling) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in (*HANDLED, "evidence"))


def _category(row: dict[str, str]) -> dict[str, Any]:
    return {"key": row["category"], **{name: row[name] for name in row if name != "category"}}


def _reading(row: dict[str, str]) -> CodeReading:
    return CodeReading(
        carc=row["carc"],
        group=row["group"],
        payer_kind=row["payer_kind"],
        payer_key=row["payer_key"],
        overrides={name: row[name] for name in OVERRIDABLE if row.get(name)},
        reason=row["reason"],
        source=row["source"],
        is_active=row["active"] == "yes",
    )


def _build(version: str) -> Dictionary:
    by_system: dict[str, list[dict[str, Any]]] = {system: [] for system in CodeSystem}
    for code in Code.objects.select_related("handling"):
        by_system[code.system].append(_row(code))
    return Dictionary.from_rows(
        carc=by_system[CodeSystem.CARC],
        rarc=by_system[CodeSystem.RARC],
        groups=by_system[CodeSystem.GROUP],
        statuses=by_system[CodeSystem.STATUS],
        categories=[{**row, "category": row["key"]} for row in Category.objects.values()],
        readings=[
            {**reading.overrides, **_scope(reading), "active": reading.is_active}
            for reading in CodeReading.objects.all()
        ],
        version=version,
    )


def _scope(reading: CodeReading) -> dict[str, str]:
    return {name: getattr(reading, name) for name in ("carc", "group", "payer_kind", "payer_key", "reason")}


def _row(code: Code) -> dict[str, Any]:
    """The shipped row, with our own handling over it: what a person edited wins."""
    handling = getattr(code, "handling", None)
    details: dict[str, Any] = code.details
    if handling is None:
        return details
    suffix = "_hint" if code.system == CodeSystem.RARC else ""
    ours = {f"{name}{suffix}": getattr(handling, name) for name in (*HANDLED, "evidence")}
    return {**details, **ours}


def _day(value: str | None) -> date | None:
    """Shipped lists may say in words that a date is not established; that is no date."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
