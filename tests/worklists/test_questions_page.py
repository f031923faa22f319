"""The pages around questions: asking from the item, the other team's list, and the answer on top of the item."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from denials.domain.days import add_business_days
from tests.cast import Cast
from tests.security.site import PNG
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import asking, work
from worklists.models import Clarification, WorkItem


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    made = item_at(cast.here, last="Wonderful", deadline=date(2027, 3, 1))
    work.take([made.pk], cast.sam)
    return made


def ask(cast: Cast, item: WorkItem, pat: User, **values: Any) -> Any:
    due_on = add_business_days(timezone.localdate(), 3).isoformat()
    form = {"team": pat.teams.get().pk, "text": "Was the plan active?", "due_on": due_on, **values}
    return signed_in(cast.sam).post(reverse("item_action", args=[item.pk, "ask"]), form)


def question_of(item: WorkItem) -> Clarification:
    return item.questions.get()


def test_a_specialist_asks_and_the_item_says_who_is_asked(cast: Cast, item: WorkItem, pat: User) -> None:
    assert ask(cast, item, pat).status_code == 302

    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "Waiting for colleague" in page
    assert "Was the plan active?" in page
    assert reverse("question_withdraw", args=[question_of(item).pk]) in page
    listed = signed_in(cast.sam).get(reverse("asking"))
    assert shown_items(listed) == [item.pk]
    assert "Asked Patient access: answer due" in listed.content.decode()
    assert shown_items(signed_in(cast.sam).get(reverse("home"))) == []


def test_managers_see_the_questions_behind_each_number_of_a_team(cast: Cast, item: WorkItem, pat: User) -> None:
    ask(cast, item, pat, text="Was the plan active?")
    other = item_at(cast.here, last="Older", deadline=date(2027, 3, 1))
    ask(cast, other, pat, text="Which card was shown?")
    Clarification.objects.filter(item=other).update(due_on=timezone.localdate() - timedelta(days=2))
    done = item_at(cast.here, last="Done", deadline=date(2027, 3, 1))
    ask(cast, done, pat, text="Is it signed?")
    asking.answer(question_of(done), pat, text="Yes.")
    manager = signed_in(cast.mara)
    watch, team = manager.get(reverse("watch")).content.decode(), pat.teams.get()

    numbers = re.findall(rf'href="({reverse("team_questions", args=[team.pk])}[^"]*)">(\d+)</a>', watch)

    texts = ["Was the plan active?", "Which card was shown?", "Is it signed?"]
    found = {int(number): [text in manager.get(url).content.decode() for text in texts] for url, number in numbers}
    assert found == {3: [True, True, True], 2: [True, True, False], 1: [False, True, False]}


def test_what_waits_for_a_colleague_is_still_overdue(cast: Cast, item: WorkItem, pat: User) -> None:
    WorkItem.objects.filter(pk=item.pk).update(deadline=date(2026, 1, 5))
    ask(cast, item, pat)
    assert shown_items(signed_in(cast.sam).get("/items/?due=overdue")) == [item.pk]


def test_nothing_is_asked_of_nobody_or_without_words(cast: Cast, item: WorkItem, pat: User) -> None:
    for wrong in ({"team": ""}, {"team": "999999"}, {"text": " "}, {"due_on": "2020-01-01"}, {"due_on": "soon"}):
        assert ask(cast, item, pat, **wrong).status_code == 422
    assert not item.questions.exists()


def test_the_other_team_sees_it_and_answers_with_a_document(
    cast: Cast, item: WorkItem, pat: User, private_files: Path
) -> None:
    ask(cast, item, pat)
    client, question = signed_in(pat), question_of(item)

    page = client.get(reverse("questions")).content.decode()
    assert "1 to answer" in page
    assert "Wonderful" in page
    assert "$" not in page
    assert "$" not in client.get(reverse("question", args=[question.pk])).content.decode()
    file = SimpleUploadedFile("card of Wonderful.png", PNG)
    answered = client.post(
        reverse("question_action", args=[question.pk, "answer"]), {"text": "Yes, plan Gold.", "file": file}
    )

    assert answered.status_code == 302
    shown = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "Answered by a colleague" in shown
    assert shown.index("Yes, plan Gold.") < shown.index("At risk")
    kept = signed_in(cast.sam).get(reverse("question_file", args=[question.pk]))
    assert (kept.content, kept["Content-Type"]) == (PNG, "image/png")
    assert kept["Content-Disposition"] == f'attachment; filename="answer-{question.pk}.png"'
    assert "Your questions were answered" in signed_in(cast.sam).get(reverse("my_day")).content.decode()
    assert "Answered" in client.get(reverse("questions"), {"part": "ended"}).content.decode()


def test_what_cannot_be_kept_comes_back_with_what_was_written(cast: Cast, item: WorkItem, pat: User) -> None:
    ask(cast, item, pat)
    address = reverse("question_action", args=[question_of(item).pk, "answer"])
    file = SimpleUploadedFile("virus.exe", b"MZ")
    page = signed_in(pat).post(address, {"text": "See the file.", "file": file})
    assert page.status_code == 422
    assert "See the file." in page.content.decode()
    assert "has to be a PDF" in page.content.decode()
    assert question_of(item).state == "open"


def test_it_is_passed_on_to_the_team_that_knows(cast: Cast, item: WorkItem, pat: User) -> None:
    ask(cast, item, pat)
    ours = cast.sue.teams.get()
    address = reverse("question_action", args=[question_of(item).pk, "pass"])
    assert signed_in(pat).post(address, {"pass-to": ours.pk, "pass-reason": ""}).status_code == 422
    assert signed_in(pat).post(address, {"pass-to": ours.pk, "pass-reason": "Theirs"}).status_code == 302
    assert "Was the plan active?" in signed_in(cast.sue).get(reverse("questions")).content.decode()


def test_an_answer_that_came_too_late_is_told_so(cast: Cast, item: WorkItem, pat: User) -> None:
    ask(cast, item, pat)
    question = question_of(item)
    withdrawn = signed_in(cast.sam).post(reverse("question_withdraw", args=[question.pk]), {"reason": "Found it"})
    assert withdrawn.status_code == 302
    page = signed_in(pat).post(reverse("question_action", args=[question.pk, "answer"]), {"text": "Yes."})
    assert page.status_code == 409
    assert "Nothing was changed" in page.content.decode()


def test_somebody_who_only_answers_lands_on_their_questions(pat: User) -> None:
    page = signed_in(pat).get("/", follow=True)
    assert page.redirect_chain == [(reverse("questions"), 302)]
    assert "Nobody waits for you" in page.content.decode()
    assert "/board/" not in page.content.decode()
