"""Reads on while the one who asked is busy elsewhere, such as waiting for the database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")
AT_A_TIME = 500


def ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """The same items in the same order, each few hundred fetched by a thread while the ones before are used.

    No more than two such portions are held. What `items` raises is raised here, in its place.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as reader:
        coming = reader.submit(_portion, items)
        while portion := coming.result():
            coming = reader.submit(_portion, items)
            yield from portion


def _portion(items: Iterator[_Item]) -> list[_Item]:
    return list(islice(items, AT_A_TIME))
