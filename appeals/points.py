"""What a letter about this kind of denial should say, from the playbook: beside the text, for its author to follow."""

from __future__ import annotations

from typing import NamedTuple

from appeals.domain.letters import Piece, advice
from appeals.from_record import values_of
from appeals.models import Appeal
from denials import playbooks
from denials.models import Playbook


class Points(NamedTuple):
    """Advice, never letter text: it is not put into the letter by itself."""

    playbook: Playbook
    lines: list[list[Piece]]


def points_for(appeal: Appeal) -> Points | None:
    """The points of the playbook of the item's denial, with the record's values in; None where there are none."""
    chosen = playbooks.chosen_for(appeal.item.denial)
    if chosen is None or not chosen.playbook.letter:
        return None
    values = values_of(appeal.item, appeal.level)
    values["group_code"], _, values["carc_code"] = values["reason_code"].partition("-")
    return Points(chosen.playbook, [advice(line, values) for line in chosen.playbook.letter])
