"""How many pages a file has, where its bytes say so plainly. Pure.

Path not taken: a reader of PDF. Where the pages of a PDF stand in compressed objects, or the file was changed after it
was made, nothing is counted, and the person says how many there are.
"""

from __future__ import annotations

import re
import struct

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_LINEAR = re.compile(rb"/Linearized\s[^>]{0,200}?/N\s+(\d{1,6})\b")
_HEAD = 2048
_ENDS_AT_ONCE, _ENDS_LINEAR = 1, 2
_MOST_PAGES = 10_000


def pages_in(content: bytes, ending: str) -> int | None:
    """Pages of a PDF, PNG, JPEG or TIFF; None where the bytes do not say it plainly."""
    if ending == "pdf":
        return _of_pdf(content)
    return _of_tiff(content) if ending == "tif" else 1


def _of_pdf(content: bytes) -> int | None:
    ends = content.count(b"%%EOF")
    if linear := _LINEAR.search(content[:_HEAD]):
        return int(linear[1]) if ends <= _ENDS_LINEAR else None
    if ends > _ENDS_AT_ONCE or b"/ObjStm" in content:
        return None
    return len(_PAGE.findall(content)) or None


def _of_tiff(content: bytes) -> int | None:
    """Follows the chain of directories, one a page. None where it is broken or leads back."""
    order = "<" if content.startswith(b"II") else ">"
    seen: set[int] = set()
    try:
        (place,) = struct.unpack_from(f"{order}I", content, 4)
        while place:
            if place in seen or len(seen) >= _MOST_PAGES:
                return None
            seen.add(place)
            (entries,) = struct.unpack_from(f"{order}H", content, place)
            (place,) = struct.unpack_from(f"{order}I", content, place + 2 + 12 * entries)
    except struct.error:
        return None
    return len(seen) or None
