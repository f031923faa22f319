"""Reading an 835: claims per second of processor time and peak memory, ours beside oxedi and pyx12 in one run.

Ours keeps everything that a denial needs, as objects, with all findings. oxedi (compiled) parses and its document is
walked; pyx12 only hands out segments. Each reader runs in a process of its own, so that memory is its own.

Run as `python -m bench.reading`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

CLAIMS = 20_000
MORE_CLAIMS = 100_000
CLAIMS_IN_PAYMENT = 1_000
PAID_ON = date(2026, 6, 1)
GOAL_CLAIMS_A_SECOND = 15_000
GOAL_PEAK_MIB = 64.0
GOAL = f"{GOAL_CLAIMS_A_SECOND:,} claims/s, {GOAL_PEAK_MIB:.0f} MiB"
_REASONS = ("50", "197", "29", "97", "16", "B7", "151", "204", "109", "22")
_REMARKS = ("N115", "M127", "N54", "MA04", "N20", "N130")


def measure(rounds: int = 3) -> dict[str, Any]:
    """Run all readers over the same file, best of `rounds`, and ours over a file five times as large.

    Returns `readers` (name, claims, claims_a_second, peak_mib), `peak_mib_more` for the larger file, and `goals_met`.
    """
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.835"), Path(folder, "large.835")
        write_sample(small, CLAIMS)
        write_sample(large, MORE_CLAIMS)
        readers = [_best(name, small, rounds) for name in READERS]
        more = _best("overturn", large, 1)
        size = small.stat().st_size
    ours = readers[0]
    met = ours["claims_a_second"] >= GOAL_CLAIMS_A_SECOND and more["peak_mib"] <= GOAL_PEAK_MIB
    return {"bytes": size, "readers": readers, "peak_mib_more": more["peak_mib"], "goals_met": met}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    ours, *others = result["readers"]
    beside = ", ".join(f"{other['name']} {other['claims_a_second']:,.0f}" for other in others)
    return f"{ours['claims_a_second']:,.0f} claims/s ({beside}), {result['peak_mib_more']:.0f} MiB"


def table(result: dict[str, Any]) -> str:
    """Lay the result out for a terminal."""
    rows = [
        f"Reading 835: {CLAIMS:,} claims, {result['bytes'] / 1e6:.1f} MB",
        f"{'':10} {'claims/s':>9} {'peak MiB':>9}",
    ]
    rows += [f"{each['name']:10} {each['claims_a_second']:9,.0f} {each['peak_mib']:9.1f}" for each in result["readers"]]
    rows.append(f"overturn, {MORE_CLAIMS:,} claims: peak {result['peak_mib_more']:.1f} MiB")
    goal = f"goal {GOAL_CLAIMS_A_SECOND:,} claims/s and {GOAL_PEAK_MIB:.0f} MiB at any size"
    return "\n".join([*rows, f"{goal}: {'met' if result['goals_met'] else 'MISSED'}"])


def write_sample(path: Path, claims: int, seed: int = 835, paid_on: date = PAID_ON) -> None:
    """Write a balanced 835 with `claims` claims of one to five lines, the same for the same seed and day."""
    random = Random(seed)
    day = f"{paid_on:%Y%m%d}"
    with path.open("w", encoding="ascii", newline="") as file:
        file.write(
            "ISA*00*          *00*          *ZZ*BENCHPAYER     *ZZ*BENCHCLINIC    "
            f"*{day[2:]}*0800*^*00501*000000001*0*T*:~\n"
            f"GS*HP*BENCHPAYER*BENCHCLINIC*{day}*0800*1*X*005010X221A1~\n"
        )
        payments = range(0, claims, CLAIMS_IN_PAYMENT)
        for number, first in enumerate(payments, 1):
            file.writelines(_payment(random, number, first, min(first + CLAIMS_IN_PAYMENT, claims), paid_on))
        file.write(f"GE*{len(payments)}*1~\nIEA*1*000000001~\n")


def _payment(random: Random, number: int, first: int, last: int, paid_on: date) -> Iterator[str]:
    paid, body = 0, []
    for claim in range(first, last):
        cents, segments = _claim(random, claim, paid_on)
        paid += cents
        body += segments
    segments = [
        f"ST*835*{number:04d}",
        f"BPR*I*{_money(paid)}*C*CHK************{paid_on:%Y%m%d}",
        f"TRN*1*BENCH{number:06d}*1999999999",
        f"DTM*405*{paid_on:%Y%m%d}",
        "N1*PR*BENCH PAYER*XV*99999",
        "N3*1 EXAMPLE ROAD",
        "N4*ANYTOWN*TX*750010000",
        "N1*PE*BENCH CLINIC*XX*1234567893",
        "REF*TJ*123456789",
        "LX*1",
        *body,
    ]
    yield from (f"{segment}~\n" for segment in segments)
    yield f"SE*{len(segments) + 1}*{number:04d}~\n"


def _claim(random: Random, number: int, paid_on: date) -> tuple[int, list[str]]:
    charged = paid = share = 0
    day = paid_on - timedelta(days=32 - random.randint(1, 28))
    lines: list[str] = []
    for line in range(1, random.randint(1, 5) + 1):
        charge = random.randint(2_000, 90_000)
        written_off = random.randint(0, charge // 3)
        own = random.randint(0, charge // 5) if random.random() < 0.3 else 0
        denied = charge - written_off - own if random.random() < 0.15 else 0
        pays = charge - written_off - own - denied
        second = f"*{random.choice(_REASONS)}*{_money(denied)}" if denied else ""
        lines.append(f"SVC*HC:{random.randint(99202, 99499)}:25*{_money(charge)}*{_money(pays)}**1")
        lines.append(f"DTM*472*{day:%Y%m%d}")
        lines.append(f"CAS*CO*45*{_money(written_off)}*{second}")
        if own:
            lines.append(f"CAS*PR*1*{_money(own)}")
        lines += [f"REF*6R*L{number}X{line}", f"AMT*B6*{_money(charge - written_off)}"]
        if denied:
            lines.append(f"LQ*HE*{random.choice(_REMARKS)}")
        charged, paid, share = charged + charge, paid + pays, share + own
    opening = [
        f"CLP*BENCH{number}*1*{_money(charged)}*{_money(paid)}*{_money(share)}*12*PCN{number}*11*1",
        f"NM1*QC*1*EXAMPLE{number % 997}*ANN*M***MI*W{number:09d}",
        "NM1*82*1*TEST*DOCTOR****XX*1234567893",
        "MOA***MA01",
        "REF*EA*MR" + str(number),
        f"DTM*050*{paid_on - timedelta(days=2):%Y%m%d}",
    ]
    return paid, [*opening, *lines]


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _read_with_overturn(path: Path) -> int:
    from denials.domain.facts import ReportedClaim
    from denials.domain.remittance import read_remittances

    with path.open("rb") as file:
        return sum(isinstance(event, ReportedClaim) for event in read_remittances(file))


def _read_with_oxedi(path: Path) -> int:
    import oxedi

    document = oxedi.parse(path.read_bytes()).document
    read = ((segment.id, segment.elements) for segment in (document[at] for at in range(len(document))))
    return sum(name == b"CLP" and bool(elements) for name, elements in read)


def _read_with_pyx12(path: Path) -> int:
    from pyx12.x12file import X12Reader

    return sum(segment.get_seg_id() == "CLP" for segment in X12Reader(str(path)))


READERS: dict[str, Callable[[Path], int]] = {
    "overturn": _read_with_overturn,
    "oxedi": _read_with_oxedi,
    "pyx12": _read_with_pyx12,
}


def _best(name: str, path: Path, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.reading", name, str(path)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(rounds)
    ]
    return {**max(runs, key=lambda run: run["claims_a_second"]), "peak_mib": max(run["peak_mib"] for run in runs)}


def _run_one(name: str, path: Path) -> dict[str, Any]:
    read = READERS[name]
    began = time.process_time()
    claims = read(path)
    taken = time.process_time() - began
    return {"name": name, "claims": claims, "claims_a_second": claims / taken, "peak_mib": _peak_mib()}


def _peak_mib() -> float:
    """This process's own high-water mark; getrusage would count what the parent held before exec."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(_run_one(sys.argv[1], Path(sys.argv[2]))))
    else:
        print(table(measure()))
