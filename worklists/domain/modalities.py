"""Which procedure codes belong to which modality. A remittance names no modality, so the procedure has to say. Pure.

Numbers only, read off the sections of the radiology chapter as fee schedules publish them; what is left out
(guidance, therapy) is asked for by its procedure code instead. Items keep what this says of them
(`WorkItem.modalities`): with a change of it comes a migration that fills them anew, as 0031 does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from string import digits

NAMES = {
    "mri": "MRI",
    "ct": "CT",
    "pet": "PET",
    "nuclear": "Nuclear medicine",
    "ultrasound": "Ultrasound",
    "echo": "Echocardiography",
    "mammography": "Mammography",
    "bone_density": "Bone density",
    "x_ray": "X-ray",
}
PROCEDURES: dict[str, tuple[str, ...]] = {
    "mri": (
        "70336", "70540-70559", "71550-71555", "72141-72159", "72195-72198", "73218-73225", "73718-73725",
        "74181-74185", "74712-74713", "75557-75565", "76390-76391", "77046-77049", "77084", "C8900-C8920",
        "C8931-C8936",
    ),
    "ct": (
        "70450-70498", "71250-71275", "72125-72133", "72191-72194", "73200-73206", "73700-73706", "74150-74178",
        "74261-74263", "75571-75574", "75635", "76380",
    ),
    "pet": ("78429-78434", "78459", "78491-78492", "78608-78609", "78811-78816"),
    "nuclear": (
        "78012-78428", "78445-78458", "78466-78483", "78494-78499", "78579-78607", "78610-78804", "78830-78999",
    ),
    "ultrasound": ("76506-76999", "93880-93998"),
    "echo": ("93303-93356", "C8921-C8930"),
    "mammography": ("77063-77067", "G0279"),
    "bone_density": ("77078", "77080-77083", "77085-77086"),
    "x_ray": (
        "70010-70332", "70350-70390", "71045-71130", "72020-72120", "72170-72190", "72200-72295", "73000-73140",
        "73501-73660", "74018-74022", "77071-77077",
    ),
}  # fmt: skip


@cache
def codes_of(modality: str) -> tuple[str, ...]:
    """Every procedure code of a modality, ranges counted out."""
    return tuple(code for codes in PROCEDURES[modality] for code in _counted_out(codes))


def _counted_out(codes: str) -> Iterator[str]:
    """`C8900-C8902` is `C8900`, `C8901`, `C8902`."""
    first, _, last = codes.partition("-")
    if not last:
        return iter([first])
    letter = first.rstrip(digits)
    width, numbers = len(first) - len(letter), range(int(first[len(letter) :]), int(last[len(letter) :]) + 1)
    return (f"{letter}{number:0{width}}" for number in numbers)


def modalities_of(procedures: Iterable[str]) -> list[str]:
    """The modalities of these procedures, each once, by name."""
    known = _by_code()
    return sorted({known[code] for code in procedures if code in known})


@cache
def _by_code() -> dict[str, str]:
    return {code: key for key in PROCEDURES for code in codes_of(key)}


def modality_of(procedure: str) -> str:
    """The key of the modality of one procedure code; empty for a procedure that is not imaging, or not listed."""
    return _by_code().get(procedure, "")
