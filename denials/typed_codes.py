"""Codes that people type where a rule or a playbook asks for them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from denials import dictionary
from denials.domain.code_kinds import wrong_list
from denials.models import Code, CodeSystem


def faults(
    codes: Iterable[str], systems: Sequence[CodeSystem], kept: Container[str] = (), *, may_name_group: bool = False
) -> list[str]:
    """What is wrong with them, one sentence each: a code that is none would never match, and nobody would notice.

    `kept` stood there before and may stay. With `may_name_group` a group may stand before a code, as in CO-50.
    """
    plain = {code: code.rpartition("-")[2] if may_name_group else code for code in codes if code not in kept}
    known = set(Code.objects.filter(system__in=systems, code__in=plain.values()).values_list("code", flat=True))
    return [
        wrong_list(systems[0], code, dictionary.current()) or f"The code dictionary has no {code} of this kind."
        for code, bare in plain.items()
        if bare not in known
    ]
