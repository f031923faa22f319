"""The one table of what may happen to a work item."""

from __future__ import annotations

import pytest

from worklists.domain.transitions import ACTIONS, OPEN, Status, allowed_jumps, is_allowed, refusal, target_of

BOTH = [(name, status) for name in ACTIONS for status in Status]
ALLOWED = [(name, status) for name, status in BOTH if is_allowed(name, status)]
REFUSED = [(name, status) for name, status in BOTH if not is_allowed(name, status)]


def test_every_status_can_be_reached_from_new() -> None:
    reached, waiting = {Status.NEW}, [Status.NEW]
    while waiting:
        source = waiting.pop()
        for jump_from, target in allowed_jumps():
            if jump_from == source and target not in reached:
                reached.add(target)
                waiting.append(target)

    assert reached == set(Status)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_every_open_item_can_be_resolved_by_people_and_by_a_payment(status: Status) -> None:
    assert target_of("resolve", status) is target_of("settle", status) is Status.RESOLVED
    assert is_allowed("resolve", status)
    assert is_allowed("settle", status)


def test_a_resolved_item_leads_nowhere_but_back_to_open_unless_its_resolution_is_undone() -> None:
    from_resolved = [each for each in ACTIONS.values() if Status.RESOLVED in each.sources and each.target]
    assert {each.target for each in from_resolved if not each.name.startswith("undo")} == {Status.NEW}
    assert {each.target for each in from_resolved} == OPEN


@pytest.mark.parametrize(("action", "status"), REFUSED)
def test_what_is_not_allowed_is_refused_in_words(action: str, status: Status) -> None:
    sentence = refusal(action, status)

    assert sentence.startswith(ACTIONS[action].label)
    assert sentence.endswith(".")


def test_the_jumps_that_the_database_allows_are_exactly_those_of_the_actions() -> None:
    jumps = {(status, target_of(action, status)) for action, status in ALLOWED}

    assert set(allowed_jumps()) == {(source, target) for source, target in jumps if source != target}


def test_no_jump_leads_from_a_state_to_itself() -> None:
    assert all(source != target for source, target in allowed_jumps())
    assert len(allowed_jumps()) == len(set(allowed_jumps()))


def test_a_note_and_a_move_leave_the_state_as_it_is() -> None:
    for action in ("note", "hand_over", "move"):
        assert target_of(action, Status.WAITING) is Status.WAITING
