"""Runs every benchmark, prints one table, and keeps the numbers: `python -m bench`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from bench import board, importing, pages, priority, reading, replay, routing, taking

LATEST = Path(__file__).resolve().parent / "latest.json"
BENCHMARKS = {
    "reading": reading,
    "import": importing,
    "routing": routing,
    "replay": replay,
    "order": priority,
    "next": taking,
    "board": board,
    "pages": pages,
}


def main() -> int:
    """Exit code 0 when every goal is met."""
    results: dict[str, Any] = {}
    for name, benchmark in BENCHMARKS.items():
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        results[name] = benchmark.measure()
    results["load"] = os.getloadavg()[0]
    LATEST.write_text(json.dumps(results, indent=2) + "\n", encoding="ascii")
    print(f"{'':8} {'measured':58} goal")
    for name, benchmark in BENCHMARKS.items():
        is_met = "met" if results[name]["goals_met"] else "MISSED"
        print(f"{name:8} {benchmark.in_short(results[name]):58} {benchmark.GOAL}: {is_met}")
    print(f"\nMore in bench/{LATEST.name}. Load at the end: {results['load']:.1f} on {os.cpu_count()} processors.")
    return 0 if all(results[name]["goals_met"] for name in BENCHMARKS) else 1


if __name__ == "__main__":
    sys.exit(main())
