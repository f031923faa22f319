"""The code dictionary on screen: found by code and words; what is official is read, what is ours is edited."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.governance import approving
from accounts.models import Change
from denials import codes as shipped
from denials import dictionary
from denials.domain.readings import Setting
from denials.handling_form import HandlingForm
from denials.models import Code, CodeHandling, CodeReading, CodeValidity, Rereading
from tests.cast import Cast
from tests.settings_forms import as_shown, history_in, send
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db

CODE = "/codes/carc/197/"
TODAY = timezone.localdate().isoformat()


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    dictionary.load()


def draft(cast: Cast, **changed: Any) -> Any:
    """Mara sends a change of the code for approval."""
    mara = signed_in(cast.mara)
    sent = as_shown(mara.get(CODE)) | {"change-why": "Because.", "change-active_on": TODAY} | changed
    return mara.post(CODE, sent)


def approve(cast: Cast) -> None:
    change = Change.objects.get(area="codes")
    approving.approve(change, cast.ada, today=change.active_on)


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


@pytest.mark.parametrize("person", ["sam", "remy"])
def test_who_does_not_manage_reads_and_cannot_write(cast: Cast, person: str) -> None:
    client = signed_in(getattr(cast, person))

    shown = client.get(CODE).content.decode()

    assert "What we do about it" in shown
    assert "<textarea" not in shown
    assert client.post(CODE, {"category": ""}).status_code == 403
    assert handling().version == 1


def test_a_manager_drafts_what_we_do_and_it_counts_once_somebody_else_approved(cast: Cast) -> None:
    response = draft(cast, category="registration", next_action="Call first.\r\nThen write.")

    assert response.status_code == 302
    assert handling().version == 1
    approve(cast)
    row = handling()
    assert (row.category, row.next_action) == ("registration", "Call first.\nThen write.")
    assert (row.is_edited, row.version) == (True, 2)
    newest = history_in(signed_in(cast.ada).get(CODE))[0]
    assert "by Mara Fictional" in newest
    assert re.search(r"Category: Authorization.* → Registration", newest)


def test_open_work_with_the_code_is_read_again_once_a_change_took_effect(cast: Cast) -> None:
    draft(cast, category="registration")
    assert not Rereading.objects.exists()

    approve(cast)

    assert Rereading.objects.get().codes == [["CARC", "197"]]


def test_official_fields_cannot_be_sent(cast: Cast) -> None:
    official = Code.objects.get(system="CARC", code="197")

    draft(cast, title="Mine", meaning="Mine", is_active="", code="1", root_cause="Changed")
    approve(cast)

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
    mara = signed_in(cast.mara)
    shown = as_shown(mara.get(CODE))
    draft(cast, category="registration")
    approve(cast)

    response = mara.post(CODE, shown | {"root_cause": "Mine", "change-why": "Mine."})

    assert response.status_code == 409
    assert handling().category == "registration"
    again = as_shown(response)
    assert (again["root_cause"], again["change-why"]) == (["Mine"], ["Mine."])
    assert "<li>Now: Registration" in response.content.decode()


def test_a_reading_or_category_that_changes_is_read_at_once() -> None:
    from denials.models import Category

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


def test_a_code_that_came_back_shows_both_of_its_periods(cast: Cast) -> None:
    shown = " ".join(signed_in(cast.remy).get("/codes/rarc/N411/").content.decode().split())

    assert "1 Aug 2007 to 2009, the day is not established" in shown
    assert "1 Jul 2016 to now" in shown
    assert CodeValidity.objects.filter(code__code="N411").count() == 2


def test_the_list_is_narrowed_to_what_somebody_has_to_look_at(cast: Cast) -> None:
    Code.objects.create(system="CARC", code="ZZ9", title="", list_version="x")
    ada = signed_in(cast.ada)
    for show, inside in {"gaps": "ZZ9", "readings": "24", "retired": "15", "untitled": "ZZ9"}.items():
        found = listed(ada.get(reverse("codes"), {"show": show}))
        assert inside in found, show
        assert "197" not in found, show


def test_a_code_without_owner_or_handling_is_a_gap(cast: Cast) -> None:
    CodeHandling.objects.filter(code__system="CARC", code__code="197").update(owner_team="")
    Code.objects.create(system="CARC", code="ZZ9", title="Something", list_version="x")

    assert {"197", "ZZ9"} <= set(listed(signed_in(cast.ada).get(reverse("codes"), {"show": "gaps"})))


def test_a_remark_looked_for_among_the_reasons_is_told_apart(cast: Cast) -> None:
    assert "N54 is a remark code" in signed_in(cast.ada).get(reverse("codes"), {"q": "n54"}).content.decode()


def test_an_escalation_path_is_read_in_words_and_written_a_step_a_line(cast: Cast) -> None:
    path = "auth lead -> physician advisor (peer to peer) -> payer provider relations"
    assert handling().escalation_path == path
    assert (
        "auth lead, then physician advisor (peer to peer), then payer"
        in signed_in(cast.remy).get(CODE).content.decode()
    )
    shown = as_shown(signed_in(cast.mara).get(CODE))
    assert "".join(shown["escalation_path"]).splitlines() == path.split(" -> ")

    draft(cast, escalation_path="auth lead\r\n\r\nmedical director")
    approve(cast)
    assert handling().escalation_path == "auth lead -> medical director"
    assert "auth lead, then medical director" in signed_in(cast.remy).get(CODE).content.decode()
