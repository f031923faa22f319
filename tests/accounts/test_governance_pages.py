"""The pages of changes and reviews: who sees what, what they may press, and where it leads."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.governance import approving, areas, proposing, reviews
from accounts.governance.proposing import Reasons
from accounts.models import Change, ReviewArea, User
from config.navigation import sections_for
from tests.cast import Cast
from tests.factories import RoutingRuleFactory
from tests.settings_forms import as_shown, history, save, send
from tests.worklists.pages import signed_in
from worklists.models import RoutingRule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def rule(cast: Cast) -> RoutingRule:
    rule: RoutingRule = RoutingRuleFactory.create(name="Old", conditions={"group": ["CO"]})
    return rule


def waiting(cast: Cast, rule: RoutingRule, name: str = "New") -> Change:
    area = areas.area_keyed("rules")
    change = proposing.propose(area, cast.ada, rule, {"name": [name]}, Reasons("Because", active_on=TODAY))
    return proposing.send(change, cast.ada, today=TODAY)


def page(client: Any, change: Change) -> str:
    return unescape(client.get(reverse("change", args=[change.pk])).content.decode())


def press(client: Any, change: Change, action: str, **said: str) -> Any:
    return client.post(reverse("change_action", args=[change.pk, action]), said)


def seen_on(shown: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', shown)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["sam", "remy"])
def test_only_managers_and_admins_see_changes(cast: Cast, rule: RoutingRule, name: str) -> None:
    change, client = waiting(cast, rule), signed_in(getattr(cast, name))

    assert client.get(reverse("changes")).status_code == 403
    assert client.get(reverse("change", args=[change.pk])).status_code == 403
    assert press(client, change, "approve").status_code == 403
    assert client.get(reverse("reviews")).status_code == 403
    assert client.post(reverse("review_done", args=["rules"]), {"note": "Read"}).status_code == 403


def test_the_form_of_a_row_drafts_and_sends_and_the_row_stays(cast: Cast, rule: RoutingRule) -> None:
    response = save(signed_in(cast.ada), "rules", rule.pk, name="New")

    change = Change.objects.get()
    assert response.headers["Location"] == reverse("change", args=[change.pk])
    assert (change.state, [edit["name"] for edit in change.edits]) == ("waiting", ["name"])
    assert RoutingRule.objects.get().name == "Old"


def test_a_form_without_a_reason_keeps_what_was_typed(cast: Cast, rule: RoutingRule) -> None:
    response = save(signed_in(cast.ada), "rules", rule.pk, name="New", **{"change-why": ""})

    assert response.status_code == 422
    assert "New" in as_shown(response)["name"]
    assert not Change.objects.exists()


def test_a_day_before_today_is_refused(cast: Cast, rule: RoutingRule) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    response = save(signed_in(cast.ada), "rules", rule.pk, name="New", **{"change-active_on": yesterday})

    assert "choose today or a later day" in response.content.decode()
    assert not Change.objects.exists()


def test_a_draft_is_opened_again_and_rewritten_by_its_author(cast: Cast, rule: RoutingRule) -> None:
    admin = signed_in(cast.ada)
    save(admin, "rules", rule.pk, name="New", then="draft")
    change = Change.objects.get()
    assert change.state == "draft"

    send(admin, f"{reverse('rules_edit', args=[rule.pk])}?change={change.pk}", name="Newer")

    change.refresh_from_db()
    assert (change.state, change.edits[0]["becomes"], Change.objects.count()) == ("waiting", "Newer", 1)


def test_the_page_of_a_change_shows_the_difference_and_who_may_decide(cast: Cast, rule: RoutingRule) -> None:
    change = waiting(cast, rule)

    authors, managers = page(signed_in(cast.ada), change), page(signed_in(cast.mara), change)

    assert "<del>Old</del>" in managers
    assert "<ins>New</ins>" in managers
    assert (">Approve " in managers, ">Approve " in authors) == (True, False)
    assert "who drafts a change does not approve it" in authors
    assert (">Withdraw<" in authors, ">Withdraw<" in managers) == (True, False)


def test_a_manager_approves_and_rolls_back(cast: Cast, rule: RoutingRule) -> None:
    change, manager = waiting(cast, rule), signed_in(cast.mara)

    assert press(manager, change, "approve").status_code == 302
    assert RoutingRule.objects.get().name == "New"
    assert "In force" in page(manager, change)
    undone = press(manager, change, "roll-back")

    assert RoutingRule.objects.get().name == "Old"
    assert undone.headers["Location"] == reverse("change", args=[Change.objects.latest("pk").pk])


def test_the_author_who_posts_an_approval_is_refused_in_words(cast: Cast, rule: RoutingRule) -> None:
    response = press(signed_in(cast.ada), waiting(cast, rule), "approve")

    assert response.status_code == 422
    assert "somebody else has to approve it" in response.content.decode()


def test_the_page_says_when_a_change_stands_on_old_ground(cast: Cast, rule: RoutingRule) -> None:
    change = waiting(cast, rule)
    RoutingRule.objects.filter(pk=rule.pk).update(name="Somebody else's")

    shown = page(signed_in(cast.mara), change)
    assert "What stands there has changed since this was drafted" in shown
    assert (">Approve " in shown, ">Reject<" in shown) == (False, True)
    assert press(signed_in(cast.mara), change, "approve").status_code == 409


def test_an_approval_counts_only_for_what_was_read(cast: Cast, rule: RoutingRule) -> None:
    """Taken back, changed and sent again while the other had the page open."""
    change, manager = waiting(cast, rule), signed_in(cast.mara)
    read = seen_on(page(manager, change))
    ada = signed_in(cast.ada)
    press(ada, change, "take-back")
    send(ada, f"{reverse('rules_edit', args=[rule.pk])}?change={change.pk}", name="Quite another")

    for action in ("approve", "reject"):
        late = press(manager, change, action, why="Read it", seen=read)
        assert late.status_code == 409
        assert "read it as it stands, then decide" in unescape(late.content.decode())
        assert "What you wrote stands in its field." in late.content.decode()
        assert late.content.decode().count("Read it<" if action == "reject" else 'value="Read it"') == 1
    change.refresh_from_db()
    assert (change.state, RoutingRule.objects.get().name) == ("waiting", "Old")

    assert press(manager, change, "approve", seen=seen_on(page(manager, change))).status_code == 302
    assert RoutingRule.objects.get().name == "Quite another"


def test_what_was_written_beside_a_decision_that_came_too_late_can_be_copied(cast: Cast, rule: RoutingRule) -> None:
    change, manager = waiting(cast, rule), signed_in(cast.mara)
    read = seen_on(page(manager, change))
    press(signed_in(cast.ada), change, "take-back")

    late = press(manager, change, "reject", why="Wrong queue", seen=read)

    shown = unescape(late.content.decode())
    assert late.status_code == 409
    assert "cannot be done any more" in shown
    assert "<blockquote>Wrong queue</blockquote>" in shown


def test_a_new_row_is_made_by_its_approval(cast: Cast, rule: RoutingRule) -> None:
    send(signed_in(cast.ada), reverse("rules_new"), name="Fresh", queue=str(rule.queue_id), group="PR")
    change = Change.objects.get()
    assert "Fresh" in unescape(signed_in(cast.mara).get(reverse("rules")).content.decode())

    press(signed_in(cast.mara), change, "approve")

    assert RoutingRule.objects.filter(name="Fresh").exists()


def test_a_row_is_retired_and_brought_back_by_two_people(cast: Cast, rule: RoutingRule) -> None:
    admin, manager = signed_in(cast.ada), signed_in(cast.mara)
    for is_active in (False, True):
        admin.post(reverse("rules_retire", args=[rule.pk]), {"why": "No longer sent"})
        assert RoutingRule.objects.get().is_active is not is_active
        press(manager, Change.objects.latest("pk"), "approve")
        assert RoutingRule.objects.get().is_active is is_active


def test_a_row_is_retired_from_a_later_day_on_and_not_from_an_earlier_one(cast: Cast, rule: RoutingRule) -> None:
    admin, address = signed_in(cast.ada), reverse("rules_retire", args=[rule.pk])
    later, earlier = TODAY + timedelta(days=3), TODAY - timedelta(days=1)
    for day in (earlier.isoformat(), "someday"):
        assert admin.post(address, {"why": "No longer sent", "active_on": day}).status_code == 422

    admin.post(address, {"why": "No longer sent", "active_on": later.isoformat()})
    press(signed_in(cast.mara), Change.objects.get(), "approve")

    assert (Change.objects.get().state, RoutingRule.objects.get().is_active) == ("approved", True)


def test_who_is_the_only_one_is_told_how_to_go_on(cast: Cast, rule: RoutingRule) -> None:
    change = waiting(cast, rule)
    User.objects.filter(pk=cast.mara.pk).update(is_active=False)

    assert "Nobody else here may approve it" in page(signed_in(cast.ada), change)


def test_the_history_of_a_row_says_who_why_and_offers_the_way_back(cast: Cast, rule: RoutingRule) -> None:
    change = waiting(cast, rule)
    approving.approve(change, cast.mara, today=TODAY)

    newest = history(signed_in(cast.ada), "rules", rule.pk)[0]

    assert "Name: Old → New" in newest
    assert "by Ada Fictional" in newest
    assert "approved by Mara Fictional" in newest
    assert "Because" in newest
    assert "Roll back" in newest


def test_the_list_shows_each_person_what_waits_for_them(cast: Cast, rule: RoutingRule) -> None:
    waiting(cast, rule)

    managers, authors = (signed_in(user).get(reverse("changes")).content.decode() for user in (cast.mara, cast.ada))

    assert "Nothing waits for you." not in managers
    assert "Nothing waits for you." in authors
    assert "Nothing that you drafted is open." in managers


@pytest.mark.parametrize(
    ("asked", "found"), [({"area": "rules"}, True), ({"state": "rejected"}, False), ({"state": "waiting"}, True)]
)
def test_the_list_is_narrowed(cast: Cast, rule: RoutingRule, asked: dict[str, str], found: bool) -> None:
    waiting(cast, rule)

    shown = signed_in(cast.mara).get(reverse("changes"), asked).content.decode()

    assert ("data-open>" in shown) is found


def test_the_rail_counts_what_waits_for_this_person(cast: Cast, rule: RoutingRule, rf: Any) -> None:
    waiting(cast, rule)
    counts = {}
    for user in (cast.mara, cast.ada, cast.sam):
        request = rf.get("/")
        request.user = user
        links = [link for section in sections_for(request) for link in section["links"] if link["label"] == "Changes"]
        counts[user.username] = [link["count"] for link in links]

    assert counts == {"mara": ["1"], "ada": ["0"], "sam": []}


def test_overdue_reviews_stand_first_and_are_recorded(cast: Cast) -> None:
    reviews.install(TODAY)
    ReviewArea.objects.filter(key="rules").update(next_review_on=TODAY - timedelta(days=1))
    manager = signed_in(cast.mara)
    shown = manager.get(reverse("reviews")).content.decode()
    assert shown.index("Overdue") < shown.index("</tr>", shown.index("<tbody>"))
    assert "1 due" in shown

    manager.post(reverse("review_done", args=["rules"]), {"note": "Read all of them"})

    row = ReviewArea.objects.get(key="rules")
    assert (row.last_reviewed_by, row.last_reviewed_on, row.note) == (cast.mara, TODAY, "Read all of them")
    assert row.next_review_on == reviews.months_later(TODAY, 3)
    assert reviews.overdue(TODAY) == 0


def test_only_an_administrator_lets_authors_approve_alone(cast: Cast, rule: RoutingRule) -> None:
    reviews.install(TODAY)
    address = reverse("review_area", args=["rules"])
    assert signed_in(cast.mara).get(address).status_code == 403
    admin = signed_in(cast.ada)

    send(admin, address, author_may_approve="on")

    change = waiting(cast, rule)
    assert "may approve it alone" in page(admin, change)
    press(admin, change, "approve")
    assert RoutingRule.objects.get().name == "New"
    assert "Approved alone" in page(signed_in(cast.mara), change)


@pytest.mark.parametrize("action", ["comment", "reject"])
def test_words_beside_a_decision_are_refused_rather_than_cut(cast: Cast, rule: RoutingRule, action: str) -> None:
    room, change = 2000, waiting(cast, rule)
    response = press(signed_in(cast.mara), change, action, why="w" * (room + 500))
    assert response.status_code == 422
    assert "has 2,500 characters, and there is room for 2,000" in response.content.decode()
    assert not change.steps.filter(note__startswith="w").exists()
    change.refresh_from_db()
    assert change.state == "waiting"
    assert press(signed_in(cast.mara), change, action, why="w" * room).status_code == 302


def test_a_comment_stands_among_the_steps(cast: Cast, rule: RoutingRule) -> None:
    change, manager = waiting(cast, rule), signed_in(cast.mara)

    press(manager, change, "comment", why="Which payers?")

    assert "Which payers?" in page(manager, change)
