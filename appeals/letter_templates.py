"""Letter templates: the shipped ones, loaded once and kept as the site edited them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from appeals.models import Appeal, LetterTemplate

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


def drafts_of(template: LetterTemplate) -> int:
    """How many letters that began from it are not sent yet."""
    return Appeal.objects.filter(template=template, status=Appeal.Status.DRAFT).count()
