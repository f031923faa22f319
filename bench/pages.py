"""The worklist page and the item page beside their floors: session, person, one raw statement, the same bytes.

A floor passes the same middleware, is looked up first, and joins its bytes of pieces (`bench.page_floors`). The two
pages, of another item each time, and their floors are asked in turns, by one browser on one line, of the web server as
production runs it but with one worker. How pages grow is asked of both sizes in turns, each with a database and a web
server of its own. The order is drawn anew for each round: after a page that reads much, the next one finds the
processor's caches full of it, and no way should always follow the same one. Before each round somebody else does
something, as they would.

"own change" is the page right after this person did something, when every number is counted anew; "first time" is the
page in a process that has kept nothing yet, asked for after all else: it happens once in the life of one; "planned
once" is the floor whose statement PostgreSQL has planned already, as it has those of the list. Then the list is asked
again while files of the day are imported beside it, and while a process beside it only counts: of two processors that
one takes its own, and what is lost to it no import can give back. Also said: what PostgreSQL uses of the processor for
the list, by the kernel's count, beside the web server.

    python -m bench.pages            100,000 and a million denials
    python -m bench.pages 100000     one size, without the growth
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from random import Random
from typing import Any

from bench.page_sites import FORGET, PERSON, Environment, Site, counts_beside, imports_beside, site
from bench.serving import took
from bench.stacks import copy_with

SIZES = (100_000, 1_000_000)
BESIDE_FLOORS = ("list", "floor", "item", "item floor")
ROUNDS = 100
"""Of so many the 95th in 100 no longer hangs on two of them."""
ROUNDS_BEFORE = 15
"""Each thread of the server has a connection of its own, which plans a statement five times before it keeps it."""
ROUNDS_OF_FILTERS = 15
"""Of five, the middle one lay above the goal for one filter or two, and for others in each run."""
ROUNDS_BESIDE = 1000
"""While whole files pass: a tenth of that falls on one stage of an import or on another."""
GOALS = {
    "p50": 1.6, "p95": 2.0, "grows": 1.15, "each_grows": 2.0, "deep": 1.5, "postgres": 0.35, "import": 1.5,
}  # fmt: skip
GOAL = "1.6x and 2x the floor, 1.15x growth, 35 % PostgreSQL"


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    found = _on_copies(sizes)
    last, first = found[str(sizes[-1])], found[str(sizes[0])]
    figures = figures_of(last, first)
    return {"sizes": found, "figures": figures, "goals_met": all(figure["met"] for figure in figures.values())}


def figures_of(last: dict[str, Any], first: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each figure with its goal, of the largest size and of what became of the smallest one."""
    grows = {way: last["p50"][way] / first["p50"][way] for way in last["p50"]}
    search = max((way for way in grows if way.startswith("search ")), key=lambda way: grows[way])
    of_filters = {
        kind: {way: last[kind][way] / first[kind][way] for way in last[kind]} for kind in ("filters", "filters_anew")
    }
    kept, anew = (max(found, key=lambda way: found[way]) for found in of_filters.values())
    ratios = {
        f"{page} {each}": (last["beside"][each][page] / last["beside"][each][floor], GOALS[each])
        for page, floor in (("list", "floor"), ("item", "item floor"))
        for each in ("p50", "p95")
    }
    figures = ratios | {
        "list grows": (grows["list"], GOALS["grows"]),
        "item grows": (grows["item"], GOALS["grows"]),
        f"{search} grows most": (grows[search], GOALS["each_grows"]),
        f"filter {kept} grows most": (of_filters["filters"][kept], GOALS["each_grows"]),
        f"filter {anew}, counted anew, grows most": (of_filters["filters_anew"][anew], GOALS["each_grows"]),
        "filters that grow more": (sum(each > GOALS["each_grows"] for each in of_filters["filters"].values()), 0),
        "filters that grow more, counted anew": (
            sum(each > GOALS["each_grows"] for each in of_filters["filters_anew"].values()),
            0,
        ),
        "deep page / first": (last["p50"]["deep"] / last["p50"]["list"], GOALS["deep"]),
        "share of PostgreSQL": (last["postgres"], GOALS["postgres"]),
        "p95 during an import / idle": (last["during_import"], GOALS["import"]),
    }
    return {name: {"is": found, "goal": goal, "met": found <= goal} for name, (found, goal) in figures.items()}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    figures = {name: figure["is"] for name, figure in result["figures"].items()}
    return (
        f"{figures['list p50']:.2f}x and {figures['list p95']:.2f}x the floor, item {figures['item p50']:.2f}x, "
        f"growth {figures['list grows']:.2f}, PostgreSQL {figures['share of PostgreSQL']:.0%}"
    )


def table(result: dict[str, Any]) -> str:
    figures = [
        f"{name:32} {figure['is']:6.2f}  goal {figure['goal']:.2f}: {'met' if figure['met'] else 'MISSED'}"
        for name, figure in result["figures"].items()
    ]
    return "\n".join([*map(_of_size, result["sizes"], result["sizes"].values()), *figures])


def _of_size(size: str, found: dict[str, Any]) -> str:
    """Milliseconds of each way, at half of the rounds and at 95 of 100."""
    beside, ways = (
        [f"{way:16} {of['p50'][way]:8.1f} {of['p95'][way]:8.1f} ms" for way in of["p50"]]
        for of in (found["beside"], found)
    )
    filters = [f"{way:50} {took:8.1f} {found['filters_anew'][way]:8.1f} ms" for way, took in found["filters"].items()]
    told = [f"{int(size):,} denials: pages and floors alone", *beside, "in turns with the other size", *ways]
    counting = f"p95 beside a process that only counts / idle {found['during_counting']:.2f}"
    return "\n".join([*told, "filters, their numbers kept and counted anew", *filters, counting, ""])


def asked_in_turns(environments: Mapping[int, Environment]) -> dict[str, Any]:
    """What `figures_of` and `_of_size` tell, by size."""
    with ExitStack() as served:
        sites = {str(size): served.enter_context(site(each)) for size, each in environments.items()}
        beside = {size: _beside_floors(each) for size, each in sites.items()}
        pages, filters = _in_turns(sites), _filtered(sites)
        return {
            size: {"beside": beside[size], **pages[size], **filters[size], **_disturbed(each)}
            for size, each in sites.items()
        }


def _beside_floors(asked: Site) -> dict[str, dict[str, float]]:
    ways = {name: way for name, way in asked.ways().items() if name in BESIDE_FLOORS}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    order, names = Random(1), list(ways)
    for number in range(ROUNDS_BEFORE + ROUNDS):
        order.shuffle(names)
        asked.somebody_works()
        for name in names:
            milliseconds = took(ways[name])
            if number >= ROUNDS_BEFORE:
                spent[name].append(milliseconds)
    return {f"p{at}": {name: _at(times, at) for name, times in spent.items()} for at in (50, 95)}


def _in_turns(sites: dict[str, Site]) -> dict[str, dict[str, Any]]:
    ways = {size: each.ways() for size, each in sites.items()}
    spent: dict[str, dict[str, list[float]]] = {size: {name: [] for name in of} for size, of in ways.items()}
    for _ in range(ROUNDS_BEFORE):
        for of in ways.values():
            for way in of.values():
                way()
    for each in sites.values():
        each.processors.find()
    order, every = Random(1), next(iter(ways.values()))
    often, once = ([name for name in every if (name in FORGET) is is_once] for is_once in (False, True))
    for names in [often] * ROUNDS + [once] * ROUNDS:
        order.shuffle(names)
        for size, each in sites.items():
            each.somebody_works()
            for name in names:
                if name == "own change":
                    each.somebody_works(PERSON)
                with each.processors if name == "list" else nullcontext():
                    spent[size][name].append(took(ways[size][name]))
    return {
        size: {
            "p50": {name: _at(times, 50) for name, times in of.items()},
            "p95": {name: _at(times, 95) for name, times in of.items()},
            "postgres": sites[size].processors.share_of_postgres(),
        }
        for size, of in spent.items()
    }


def _filtered(sites: dict[str, Site]) -> dict[str, dict[str, dict[str, float]]]:
    """Each filter and order by a common and a rare value: with its numbers kept, and with them counted anew, as for who
    chooses it first.
    """
    kinds = {"filters_anew": "counts", "filters": ""}
    ways = {size: {kind: each.lists(forgotten) for kind, forgotten in kinds.items()} for size, each in sites.items()}
    spent: dict[tuple[str, str, str], list[float]] = {}
    order, names = Random(1), list(next(iter(ways.values()))["filters"])
    for number in range(ROUNDS_OF_FILTERS + 1):
        order.shuffle(names)  # Python collects garbage every so many pages, not always on the same one
        for name in names:
            for kind in kinds:
                for size in sites:
                    milliseconds = took(ways[size][kind][name])
                    if number:  # the first time statements are made
                        spent.setdefault((size, kind, name), []).append(milliseconds)
    found: dict[str, dict[str, dict[str, float]]] = {size: {kind: {} for kind in kinds} for size in sites}
    for (size, kind, name), times in spent.items():
        found[size][kind][name] = _at(times, 50)
    return found


def _at(times: list[float], hundredth: int) -> float:
    return sorted(times)[len(times) * hundredth // 100]


def _disturbed(asked: Site) -> dict[str, float]:
    """The list's p95 while something else goes on, beside that of just before."""
    return {
        "during_import": _slower(asked, imports_beside(asked.environment)),
        "during_counting": _slower(asked, counts_beside()),
    }


def _slower(asked: Site, beside: AbstractContextManager[None]) -> float:
    way = asked.ways()["list"]
    idle = [took(way) for _ in range(ROUNDS_BESIDE)]
    with beside:
        busy = [took(way) for _ in range(ROUNDS_BESIDE)]
    return _at(busy, 95) / _at(idle, 95)


def _on_copies(sizes: tuple[int, ...]) -> dict[str, Any]:
    with ExitStack() as copies:
        return asked_in_turns({size: copies.enter_context(copy_with(size)) for size in sizes})


if __name__ == "__main__":
    match sys.argv[1:]:
        case [size]:
            print(_of_size(size, _on_copies((int(size),))[size]))
        case _:
            print(table(measure()))
