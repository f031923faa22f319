"""The code dictionary on screen: found by code and words; what is official is read, what is ours is edited."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from denials import codes as shipped
from denials import dictionary
from denials.domain.readings import Setting
from denials.forms import HandlingForm
from denials.models import Code, CodeHandling
from tests.cast import Cast
from tests.settings_forms import as_shown, history_in, send
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db

CODE = "/codes/carc/197/"


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    dictionary.load()


def listed(response: Any) -> list[str]:
    return re.findall(r'href="/codes/\w+/(\w+)/" data-open', response.content.decode())


def handling() -> CodeHandling:
    return CodeHandling.objects.get(code__system="CARC", code__code="197")


def test_codes_stand_in_the_order_of_people_and_page_by_page(cast: Cast) -> None:
    remy = signed_in(cast.remy)
    first = remy.get(reverse("codes"))
    assert listed(first)[:3] == ["1", "2", "3"]

    seen, page = listed(first), first
    while found := re.search(r'href="(\?[^"]*after=[^"]*)"', page.content.decode()):
        page = remy.get(reverse("codes") + unescape(found[1]))
        seen += listed(page)

    assert sorted(seen) == sorted(Code.objects.filter(system="CARC").values_list("code", flat=True))


def test_a_search_finds_by_code_and_by_the_names_of_category_and_team(cast: Cast) -> None:
    remy = signed_in(cast.remy)

    assert "197" in listed(remy.get(reverse("codes"), {"q": "197"}))
    assert "197" in listed(remy.get(reverse("codes"), {"q": "authorization"}))
    assert listed(remy.get(reverse("codes"), {"q": "N54"})) == []
    assert listed(remy.get(reverse("codes"), {"q": "n54", "system": "RARC"})) == ["N54"]


def test_a_remark_is_no_reason_code(cast: Cast) -> None:
    assert signed_in(cast.ada).get("/codes/carc/N54/").status_code == 404
    assert signed_in(cast.ada).get("/codes/rarc/n54/").status_code == 200


@pytest.mark.parametrize("person", ["sam", "mara", "remy"])
def test_who_is_no_admin_reads_and_cannot_write(cast: Cast, person: str) -> None:
    client = signed_in(getattr(cast, person))

    shown = client.get(CODE).content.decode()

    assert "What we do about it" in shown
    assert "<textarea" not in shown
    assert client.post(CODE, {"category": ""}).status_code == 403
    assert handling().version == 1


def test_an_admin_edits_what_we_do_and_the_history_tells(cast: Cast) -> None:
    ada = signed_in(cast.ada)

    response = send(ada, CODE, category="registration", next_action="Call first.\r\nThen write.")

    assert response.status_code == 302
    row = handling()
    assert (row.category, row.next_action) == ("registration", "Call first.\nThen write.")
    assert (row.is_edited, row.version) == (True, 2)
    newest = history_in(ada.get(CODE))[0]
    assert "by Ada Fictional" in newest
    assert re.search(r"Category: Authorization.* → Registration", newest)


def test_official_fields_cannot_be_sent(cast: Cast) -> None:
    official = Code.objects.get(system="CARC", code="197")

    send(signed_in(cast.ada), CODE, title="Mine", meaning="Mine", is_active="", code="1", root_cause="Changed")

    again = Code.objects.get(pk=official.pk)
    assert (again.title, again.meaning, again.is_active) == (official.title, official.meaning, True)
    assert handling().root_cause == "Changed"


def test_a_code_without_a_handling_of_ours_cannot_be_written(cast: Cast) -> None:
    assert signed_in(cast.ada).post("/codes/group/co/", {}).status_code == 403


def test_a_form_sent_as_it_was_shown_leaves_the_code_to_the_next_load(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    before = history_in(ada.get(CODE))

    send(ada, CODE)

    assert (handling().is_edited, handling().version) == (False, 1)
    assert history_in(ada.get(CODE)) == before


def test_no_shipped_code_is_changed_by_sending_its_form_as_it_was_shown() -> None:
    for row in CodeHandling.objects.select_related("code"):
        shown = HandlingForm(instance=row)
        sent = {field.html_name: field.value() for field in shown}
        sent = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in sent.items()}

        form = HandlingForm(sent, instance=row)

        assert form.is_valid(), (row.code, form.errors)
        assert not form.has_changed(), (row.code, form.changed_data)


def test_a_form_that_somebody_else_made_stale_is_refused(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    shown = as_shown(ada.get(CODE))
    send(ada, CODE, category="registration")

    response = ada.post(CODE, shown | {"root_cause": "Mine"})

    assert response.status_code == 409
    assert handling().category == "registration"


def test_a_reading_or_category_that_changes_is_read_at_once() -> None:
    from denials.models import Category, CodeReading

    before = dictionary.current()
    CodeReading.objects.create(code="197", overrides={"category": "registration"}, reason="Ours", payer_key="mine")
    after = dictionary.current()
    assert after.version != before.version
    verdict = after.verdict("197", [], Setting(payer_key="mine"))
    assert verdict is not None
    assert verdict.won.overrides == {"category": "registration"}

    Category.objects.filter(key="authorization").update(owner_team="billing")
    assert dictionary.current().category("authorization").owner_team == "billing"


def test_loading_twice_writes_no_history(django_assert_max_num_queries: Any) -> None:
    events = CodeHandling.pgh_event_models["update"].objects  # type: ignore[attr-defined]
    before = events.count()

    with django_assert_max_num_queries(30):
        assert dictionary.load() == sum(len(list(shipped.rows(name))) for name, _, _ in dictionary.LISTS.values())

    assert events.count() == before
