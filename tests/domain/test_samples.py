"""The sample files are what the generator writes."""

from __future__ import annotations

from tests.samples.make import FOLDER, make


def test_the_samples_are_up_to_date() -> None:
    made = make()
    kept = {path.name: path.read_bytes() for path in [*FOLDER.glob("*.835"), FOLDER / "truth.json"]}
    assert kept == made


def test_the_samples_stay_small() -> None:
    assert all(len(content) < 4_000 for name, content in make().items() if name.endswith(".835"))
