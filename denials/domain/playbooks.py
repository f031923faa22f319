"""Which playbook a denial gets: the binding that asks for most of its facts wins, and says why. Pure.

What decides is what we concluded, not a remark alone: an alert such as N381 never is the reason of a denial, and a
reading that was approved for a payer moves the playbook with the category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WORDS = {
    "carc": "reason code",
    "category": "category",
    "rarc": "remark",
    "service_line": "service line",
    "payer_kind": "kind of payer",
    "group": "adjustment group",
    "status": "claim status",
}
"""Every fact that a binding may ask for, and what people call it. Of two bindings that ask for as many facts, the one
that asks for an earlier one of these wins: the reason code says more than a remark beside it."""

Wanted = Mapping[str, Sequence[str]]
"""By fact, the values of which one must be so. A fact that is left out is not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a binding may ask about a denial; `remarks` are asked for as `rarc`."""

    carc: str = ""
    remarks: tuple[str, ...] = ()
    group: str = ""
    category: str = ""
    payer_kind: str = ""
    service_line: str = ""
    status: str = ""

    def values(self, fact: str) -> tuple[str, ...]:
        return self.remarks if fact == "rarc" else (getattr(self, fact),)


@dataclass(frozen=True, slots=True)
class Binding:
    """One way in which a denial comes to a playbook."""

    playbook: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Match:
    """A playbook that speaks of a denial, by the most specific of its bindings that do."""

    playbook: str
    binding: Binding
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The playbook of a denial, if there is one, and the others that speak of it, most specific first."""

    won: Match | None = None
    lost: tuple[Match, ...] = ()


def choose(asked: Asked, bindings: Iterable[Binding]) -> Choice:
    """The most specific binding that fits; two alike go by the key of their playbook, so the answer never wavers."""
    best: dict[str, Binding] = {}
    for binding in bindings:
        if not fits(asked, binding.wanted):
            continue
        known = best.get(binding.playbook)
        if known is None or specificity(binding.wanted) > specificity(known.wanted):
            best[binding.playbook] = binding
    ranked = sorted(best.values(), key=lambda each: each.playbook)
    ranked.sort(key=lambda each: specificity(each.wanted), reverse=True)
    matches = [Match(each.playbook, each, _because(asked, each.wanted)) for each in ranked]
    return Choice(matches[0], tuple(matches[1:])) if matches else Choice()


def fits(asked: Asked, wanted: Wanted) -> bool:
    """Whether all of what is wanted is so. What asks for nothing fits nothing."""
    return bool(wanted) and all(set(asked.values(fact)) & set(values) for fact, values in wanted.items())


def specificity(wanted: Wanted) -> tuple[int, list[bool]]:
    """More facts before fewer, then by the order of `WORDS`."""
    return len(wanted), [fact in wanted for fact in WORDS]


def uncovered(codes: Iterable[tuple[str, str]], bindings: Sequence[Binding]) -> list[tuple[str, str]]:
    """Of these codes ("CARC", "197"), those that no binding names by themselves, in the order given."""
    named = {
        (system, value)
        for binding in bindings
        for system, fact in (("CARC", "carc"), ("RARC", "rarc"))
        for value in binding.wanted.get(fact, ())
    }
    return [code for code in codes if code not in named]


def check(wanted: Mapping[str, object]) -> list[str]:
    """What is wrong with a binding that somebody wrote, one sentence each."""
    faults = [f'There is no fact "{fact}" to ask for.' for fact in wanted if fact not in WORDS]
    return faults if wanted else ["A binding that asks for nothing would take every denial."]


def described(wanted: Wanted) -> str:
    """In words: "reason code 16 or 31, and remark N382"."""
    return ", and ".join(f"{WORDS[fact]} {_either(wanted[fact])}" for fact in WORDS if fact in wanted)


def _because(asked: Asked, wanted: Wanted) -> str:
    met = {fact: [value for value in asked.values(fact) if value in values] for fact, values in wanted.items()}
    return described(met)


def _either(values: Sequence[str]) -> str:
    words = [value.replace("_", " ") for value in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
