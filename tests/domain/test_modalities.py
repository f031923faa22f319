"""Which procedures belong to which modality, as ranges and counted out."""

from __future__ import annotations

import pytest

from worklists.domain.modalities import PROCEDURES, codes_of, modality_of


@pytest.mark.parametrize("modality", PROCEDURES)
def test_the_codes_counted_out_are_those_of_the_ranges(modality: str) -> None:
    codes = codes_of(modality)
    assert {modality_of(code) for code in codes} == {modality}
    ends = {end for each in PROCEDURES[modality] for end in each.split("-")}
    assert ends <= set(codes)
    assert len(codes) == len(set(codes)) == sum(map(_size, PROCEDURES[modality]))


def _size(codes: str) -> int:
    first, _, last = codes.partition("-")
    return int(last.lstrip("CG")) - int(first.lstrip("CG")) + 1 if last else 1
