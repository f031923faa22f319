"""A believable practice that never was: 835 files with known truth, for the demo, for tests and for benchmarks."""

from denials.practice.generation import SIZES, Practice, generate

__all__ = ["SIZES", "Practice", "generate"]
