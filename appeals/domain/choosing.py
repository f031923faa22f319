"""Which letter template fits a denial best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Choosable(Protocol):
    """What decides whether a template fits; empty codes, category or payer mean any."""

    @property
    def codes(self) -> Sequence[str]: ...

    @property
    def category(self) -> str: ...

    @property
    def payer_id(self) -> int | None: ...


T = TypeVar("T", bound=Choosable)


def choose(templates: Iterable[T], *, codes: Sequence[str], category: str, payer_id: int) -> list[T]:
    """The templates that fit a denial, most specific first: code before payer before category before general.

    `codes` are the reason code and the remark codes of the denial, the reason first.
    """

    def fits(template: T) -> bool:
        return (
            (not template.codes or bool(set(template.codes) & set(codes)))
            and template.payer_id in (None, payer_id)
            and template.category in ("", category)
        )

    def weight(template: T) -> tuple[int, bool, bool]:
        places = [codes.index(code) for code in template.codes if code in codes]
        return (len(codes) - min(places) if places else 0, template.payer_id is not None, bool(template.category))

    return sorted(filter(fits, templates), key=weight, reverse=True)
