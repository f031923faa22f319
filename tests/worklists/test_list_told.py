"""Which index a list is looked for in: PostgreSQL is told what it cannot know (docs/decisions/lists-by-index.md)."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from tests.cast import Cast
from worklists import choices, lists
from worklists.filters import WorkItemFilter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "of_all_facilities", "of_few"),
    [
        ("", False, True),
        ("due=7", True, True),
        ("code=197", False, True),
        ("modality=mri", False, False),
        ("code=197&modality=mri", False, False),
    ],
)
def test_the_lane_is_looked_for_by_its_days_where_their_index_knows_most_of_what_is_asked_for(
    cast: Cast, asked: str, of_all_facilities: bool, of_few: bool
) -> None:
    assert not cast.sam.all_facilities
    assert lane_is_small(cast.sam, asked) == of_few
    cast.sam.all_facilities = True
    assert lane_is_small(cast.sam, asked) == of_all_facilities


def lane_is_small(user: User, asked: str) -> bool:
    today = timezone.localdate()
    chosen = WorkItemFilter(QueryDict(asked), lists.all_items(user, today), user, today, choices.for_filters(user))
    assert chosen.is_understood
    return chosen.told.lane_is_small
