"""Letter templates: the shipped ones, loaded once and kept as the site edited them, and what admins do with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusal import Conflict, Refused
from appeals.domain.letters import check_template
from appeals.models import LetterTemplate

FOLDER = Path(__file__).parent / "letters"


def load() -> int:
    """Brings the shipped templates into the database; what a person edited stays. Returns how many were read."""
    files = sorted(FOLDER.glob("*.txt"))
    edited = set(LetterTemplate.objects.filter(version__gt=1).values_list("key", flat=True))
    for path in files:
        values = read(path)
        row = LetterTemplate.objects.filter(key=path.stem).first()
        if row is None:
            LetterTemplate.objects.create(key=path.stem, **values)
        elif path.stem not in edited and any(getattr(row, name) != value for name, value in values.items()):
            LetterTemplate.objects.filter(pk=row.pk).update(**values)
    return len(files)


def read(path: Path) -> dict[str, Any]:
    """One template file: header lines, an empty line, the letter."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    lines = (line.partition(":") for line in head.splitlines())
    header = {name: value.strip() for name, _, value in lines}
    return {
        "name": header["name"],
        "codes": header["codes"].split(),
        "category": header["category"],
        "subject": header["subject"],
        "enclosures": [part.strip() for part in header["enclosures"].split(";") if part.strip()],
        "body": body.strip(),
    }


@transaction.atomic
def add(user: User, key: str, values: Mapping[str, Any]) -> LetterTemplate:
    """A template of the site's own. It counts as edited, so no load ever touches it."""
    _must_administer(user)
    _must_merge(values)
    if LetterTemplate.objects.filter(key=key).exists():
        raise Refused("Nothing was saved: another template has this key. Choose another one.")
    return LetterTemplate.objects.create(key=key, version=2, **values)


@transaction.atomic
def change(
    template: LetterTemplate, user: User, values: Mapping[str, Any], *, expected_version: int | None = None
) -> LetterTemplate:
    """Saves an edited template. Letters drafted before keep their text."""
    row = _hold(template, user, expected_version)
    _must_merge(values)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    return _save(row, *values)


@transaction.atomic
def switch(template: LetterTemplate, user: User, *, on: bool) -> LetterTemplate:
    """Offers a template for new letters, or no longer."""
    row = _hold(template, user, None)
    row.is_active = on
    return _save(row, "is_active")


def _hold(template: LetterTemplate, user: User, expected_version: int | None) -> LetterTemplate:
    _must_administer(user)
    row = LetterTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
    if expected_version not in (None, row.version):
        raise Conflict("Somebody changed this template after you opened it. Nothing was overwritten.")
    return row


def _save(row: LetterTemplate, *names: str) -> LetterTemplate:
    row.version += 1
    row.save(update_fields=[*names, "version"])
    return row


def _must_administer(user: User) -> None:
    if not (user.is_active and user.may_administer):
        raise Refused("Nothing was changed: only administrators change letter templates.")


def _must_merge(values: Mapping[str, Any]) -> None:
    texts = [values.get("subject", ""), values.get("body", ""), *values.get("enclosures", [])]
    if wrong := check_template("\n".join(texts)):
        raise Refused(f"Nothing was saved. {' '.join(wrong[:5])}")
