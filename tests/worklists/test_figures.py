"""Each number on the board has a definition beside it, kept by admins."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client

from tests.cast import Cast
from worklists import figures
from worklists.board import Numbers
from worklists.models import Figure

pytestmark = pytest.mark.django_db
ELSEWHERE = ("asked_share", "answer_days", "lost")
"""Figures of the watch page and the ledger."""


def test_every_number_of_the_board_is_defined() -> None:
    figures.load()

    defined = set(Figure.objects.values_list("key", flat=True))

    assert defined == {field.name for field in dataclasses.fields(Numbers)} | {"recovered", "by_week", *ELSEWHERE}


def test_a_definition_that_the_site_worded_is_not_loaded_over() -> None:
    figures.load()
    Figure.objects.filter(key="open").update(meaning="As our office counts it.")

    figures.load()

    assert Figure.objects.get(key="open").meaning == "As our office counts it."


def test_the_board_says_what_its_numbers_mean(cast: Cast, client: Client) -> None:
    figures.load()
    Figure.objects.filter(key="oldest").update(is_active=False)
    client.force_login(cast.mara)

    page = client.get("/board/").content.decode()

    assert "What these numbers mean" in page
    assert Figure.objects.get(key="at_risk").meaning in page
    assert Figure.objects.get(key="oldest").meaning not in page
