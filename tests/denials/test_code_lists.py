"""A list of codes is looked at, applied once, and its licensed text leaves by no door."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.refusal import Conflict, Refused
from appeals.from_record import values_of
from config.explained_json import as_json
from config.explaining import explain
from denials import code_lists, dictionary
from denials.models import Code, CodeHandling, CodeList, CodeReading, Rereading
from tests.cast import Cast
from tests.factories import RoutingRuleFactory
from tests.remittance_text import Payment, file_of
from tests.worklists.pages import item_at, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Wording that only a licence lets us hold"
OFFICIAL = f"""Code,Description,Start,Last Modified,Stop
197,{SECRET},10/31/2006,05/01/2018,
50,Another official sentence,01/01/1995,,07/01/2027
15,Back in use,01/01/1995,09/01/2026,
ZZ9,A new reason. At least one Remark Code must be provided,11/01/2026,,
"""


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    dictionary.load()


def brought(cast: Cast, content: str, **about: Any) -> CodeList:
    told = {
        "system": "",
        "kind": "official",
        "list_version": "2026-11",
        "listed_on": date(2026, 11, 1),
        "licence": "L 1",
    }
    return code_lists.upload(cast.ada, "list.csv", content.encode(), **{**told, **about})


def code(name: str) -> Code:
    return Code.objects.get(system="CARC", code=name)


def test_a_list_says_what_it_would_change_and_what_hangs_on_that(cast: Cast) -> None:
    item_at(cast.here, denial__primary_code="50")
    RoutingRuleFactory.create(name="Necessity", conditions={"carc": ["50"]})
    CodeReading.objects.create(code="50", overrides={"owner_team": "billing"}, title="Ours", reason="Ours")

    found = code_lists.preview(brought(cast, OFFICIAL), cast.ada)

    assert found is not None
    assert [(name, count) for name, count, _ in found.parts] == [
        ("added", 1), ("deactivated", 1), ("reactivated", 1), ("reworded", 0),
    ]  # fmt: skip
    assert found.attached == 1
    words = [use.words for use in found.parts[1][2][0].uses]
    assert "Routing rule: Necessity" in words
    assert "Reading: Ours (active)" in words
    assert not Code.objects.filter(code="ZZ9").exists()


def test_applying_changes_the_official_record_alone_and_says_who(cast: Cast) -> None:
    before = CodeHandling.objects.get(code=code("50"))
    row = code_lists.apply(brought(cast, OFFICIAL), cast.ada)

    assert (code("197").licensed_text, code("197").licence_note) == (SECRET, "L 1")
    assert code("197").title == "No authorization or notification on file"
    assert (code("50").is_active, code("50").deactivated_on) == (False, date(2027, 7, 1))
    assert [(each.started_on, each.ended_on) for each in code("15").periods.all()][-1] == (date(2026, 9, 1), None)
    assert code("15").periods.count() == 2
    assert (code("ZZ9").title, code("ZZ9").needs_title, code("ZZ9").requires_remark) == ("", True, True)
    assert CodeHandling.objects.get(code=code("50")).version == before.version
    assert (row.state, row.applied_by, row.rows) == ("applied", cast.ada, [])
    assert row.changes["added"] == ["ZZ9"]
    assert Rereading.objects.get().codes == [["CARC", "ZZ9"], ["CARC", "50"], ["CARC", "15"]]
    dictionary.load()
    assert not code("50").is_active


def test_the_same_list_twice_changes_nothing_and_says_so(cast: Cast) -> None:
    code_lists.apply(brought(cast, OFFICIAL), cast.ada)
    again = brought(cast, OFFICIAL)

    found = code_lists.preview(again, cast.ada)
    assert found is not None
    assert found.changes_nothing
    with pytest.raises(Refused, match="what we have already"):
        code_lists.apply(again, cast.ada)
    shown = signed_in(cast.ada).get(reverse("code_list", args=[again.pk])).content.decode()
    assert "This list changes nothing" in shown


def test_a_list_is_applied_once(cast: Cast) -> None:
    row = brought(cast, OFFICIAL)
    code_lists.apply(row, cast.ada)

    with pytest.raises(Conflict, match="already"):
        code_lists.apply(row, cast.ada)
    with pytest.raises(Conflict, match="already"):
        code_lists.discard(row)


def test_a_list_of_our_own_gives_titles(cast: Cast) -> None:
    code_lists.apply(brought(cast, "code,title\n197,Approval was missing\n", kind="own", licence=""), cast.ada)

    assert (code("197").title, code("197").licensed_text) == ("Approval was missing", "")
    assert dictionary.current().carc("197").title == "Approval was missing"


def test_licensed_text_leaves_by_no_door(cast: Cast) -> None:
    code_lists.apply(brought(cast, OFFICIAL), cast.ada)
    waiting = brought(cast, OFFICIAL.replace("197", "198"))
    item = item_at(cast.here)

    fixtures = serializers.serialize("json", [*Code.objects.all(), *CodeList.objects.all()])
    letter = " ".join(values_of(item, 1).values())
    explained = str(as_json(explain(io.BytesIO(file_of(Payment()))), date(2026, 11, 20)))
    known = str(dictionary.current().carc("197")) + str(dictionary.current().carc("50"))
    pages = [signed_in(cast.ada).get(address).content.decode() for address in ("/codes/?q=197", f"/items/{item.pk}/")]

    assert waiting.rows
    for told in (fixtures, letter, explained, known, *pages):
        assert SECRET not in told
        assert "Another official sentence" not in told
    assert SECRET in signed_in(cast.sam).get("/codes/carc/197/").content.decode()


def test_an_administrator_brings_a_list_in_on_screen(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    file = SimpleUploadedFile("list.csv", OFFICIAL.encode())
    about = {"kind": "official", "list_version": "2026-11", "listed_on": "2026-11-01", "licence": "L 1"}

    response = ada.post(reverse("code_lists"), about | {"file": file})
    page = response.headers["Location"]
    assert "ZZ9" in ada.get(page).content.decode()
    ada.post(page + "apply/")

    assert "Give the new codes titles" in ada.get(page).content.decode()


@pytest.mark.parametrize(
    ("content", "changed", "said"),
    [
        (b"", {}, "empty"),
        (b"PK\x03\x04no", {}, "damaged"),
        (b"Code,Description\n1,x\n", {"licence": ""}, "licensed"),
        (b"Code,Description\n1,x\n", {"listed_on": "2999-01-01"}, "future"),
    ],
)
def test_what_cannot_be_brought_in_is_refused_and_nothing_kept(
    cast: Cast, content: bytes, changed: dict[str, str], said: str
) -> None:
    about = {"kind": "official", "list_version": "1", "listed_on": "2026-11-01", "licence": "L 1"} | changed

    response = signed_in(cast.ada).post(reverse("code_lists"), about | {"file": SimpleUploadedFile("a.csv", content)})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not CodeList.objects.exists()


def test_columns_that_were_not_guessed_are_chosen(cast: Cast) -> None:
    row = brought(cast, "A,B\n197,Text\n")
    ada = signed_in(cast.ada)
    page = reverse("code_list", args=[row.pk])
    assert "Say which column" in ada.get(page).content.decode()

    ada.post(page, {"code": "0", "text": "1"})

    assert "Official text attached" in ada.get(page).content.decode()
