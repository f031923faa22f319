"""People of other departments see the questions to their teams, and nothing else of the work."""

from __future__ import annotations

from accounts.models import Role, Team, User
from tests.security.addresses import a_question, address_of, our_patterns
from tests.security.site import Site, worker_at
from tests.security.test_access_matrix import answered
from tests.worklists.pages import signed_in
from worklists.models import Clarification

OPEN_TO_THEM = {"home", "questions", "question", "question_file", "own_keys", "live", "healthz"}


def contributor(site: Site) -> User:
    user = worker_at("kim", site.cast.here, Role.CONTRIBUTOR)
    user.teams.add(Team.objects.get(key="prior_auth"))
    return user


def test_no_other_page_opens(site: Site) -> None:
    client = signed_in(contributor(site))
    found = {name: answered(site, client, name, "GET") for name in our_patterns()}
    assert {name for name, status in found.items() if status in (200, 302)} == OPEN_TO_THEM
    posted = {name: answered(site, client, name, "POST") for name in our_patterns()}
    taken = {name for name, status in posted.items() if status not in (403, 405)}
    # `live` only says that a form would arrive, `begun` keeps what its writer has not sent.
    assert taken == {"theme", "own_keys", "question_action", "live", "begun"}


def test_neither_money_nor_letters_nor_codes_of_money_stand_on_it(site: Site) -> None:
    question = a_question(site.here)
    client = signed_in(contributor(site))
    for name in ("questions", "question"):
        page = client.get(address_of(name, site)).content.decode()
        assert "QXHLAST" in page
        assert "QXHCLAIM" in page
        assert "$" not in page
        assert "/items/" not in page
        assert "QXHMEMBER" not in page
        assert "CO-197" not in page
    assert question.item.amount_at_risk > 0


def test_a_question_to_another_team_is_not_there(site: Site) -> None:
    question, client = a_question(site.here), signed_in(contributor(site))
    Clarification.objects.filter(pk=question.pk).update(team=Team.objects.get(key="coding"))
    for name in ("question", "question_file"):
        assert client.get(address_of(name, site)).status_code == 200, "the address makes one of their own"
        assert client.get(f"/questions/{question.pk}/").status_code == 404
    assert client.post(f"/questions/{question.pk}/answer/", {"text": "mine"}).status_code == 404
    question.refresh_from_db()
    assert question.state == "open"
