"""Runs every benchmark, prints one table each, and keeps the numbers: `python -m bench`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import importing, reading

LATEST = Path(__file__).resolve().parent / "latest.json"
BENCHMARKS = {"reading": reading, "importing": importing}


def main() -> int:
    """Exit code 0 when every goal is met."""
    results = {}
    for name, benchmark in BENCHMARKS.items():
        results[name] = benchmark.measure()
        print(benchmark.table(results[name]), flush=True)
        print()
    LATEST.write_text(json.dumps(results, indent=2) + "\n", encoding="ascii")
    return 0 if all(result["goals_met"] for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
