"""Light, dark or as the system says."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_chosen_theme_stays_and_leads_back_to_the_page(cast: Cast) -> None:
    client = signed_in(cast.sam)
    answer = client.post("/theme/", {"theme": "dark"}, headers={"Referer": "http://testserver/my-day/"})
    assert answer.headers["Location"] == "http://testserver/my-day/"
    assert 'data-theme="dark"' in client.get("/my-day/").content.decode()
    client.post("/theme/", {"theme": ""})
    assert "data-theme" not in client.get("/my-day/").content.decode()


def test_a_theme_nobody_made_is_no_theme(cast: Cast) -> None:
    client = signed_in(cast.sam)
    client.post("/theme/", {"theme": "neon"})
    assert "data-theme" not in client.get("/my-day/").content.decode()


def test_it_never_leads_to_another_site(cast: Cast) -> None:
    answer = signed_in(cast.sam).post("/theme/", {"theme": "dark"}, headers={"Referer": "https://elsewhere.invalid/"})
    assert answer.headers["Location"] == "/"
