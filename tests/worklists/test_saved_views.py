"""Views of a list: what they keep, who sees and changes them, where the day starts, and that undo brings one back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from config import demo_views
from tests.cast import Cast
from tests.factories import PayerFactory
from tests.settings_forms import as_shown
from tests.worklists.pages import item_at, page_title, shown_items, signed_in
from worklists import default_views, defaults, saved_views
from worklists.models import SavedView

pytestmark = pytest.mark.django_db


def kept(client: Client, query: str = "value=over-10000", name: str = "Large", **values: Any) -> SavedView:
    """Saves what a list shows as a view, as its form does."""
    sent = {"list": "all_items", "query": query, "name": name, **values}
    answer = client.post("/views/new/", sent)
    assert answer.status_code == 302, answer.content
    return SavedView.objects.latest("pk")


def view_of(user: User, **values: Any) -> SavedView:
    return kept(signed_in(user), **values)


def test_a_view_opens_its_list_with_filters_order_and_columns(cast: Cast) -> None:
    large = item_at(cast.here, amount_at_risk=20000)
    larger = item_at(cast.here, amount_at_risk=30000)
    item_at(cast.here, amount_at_risk=10)
    client = signed_in(cast.sam)
    view = kept(client, "value=over-10000&sort=amount&columns=money,name,queue&after=7")
    page = client.get(f"/views/{view.pk}/", follow=True)
    assert shown_items(page) == [larger.pk, large.pk]
    assert [head["words"] for head in page.context["heads"]] == ["At risk", "Patient and claim", "Queue"]
    assert str(larger.queue) in page.content.decode()
    assert '<h1 class="cut">Large</h1>' in page.content.decode()
    assert "Large" not in page_title(page)


def test_what_was_searched_for_is_never_kept_with_a_view(cast: Cast) -> None:
    item_at(cast.here, last="Madeup")
    client = signed_in(cast.sam)
    found = client.post("/search/", {"q": "Madeup"}).headers["Location"]
    view = kept(client, found.partition("?")[2] + "&owner=me")
    assert view.query == "owner=me"


def test_a_private_view_is_its_owners_alone(cast: Cast) -> None:
    view = view_of(cast.sam)
    assert signed_in(cast.sue).get(f"/views/{view.pk}/").status_code == 404
    assert "Large" not in signed_in(cast.mara).get("/views/").content.decode()


def test_a_shared_view_shows_each_person_their_own_facilities(cast: Cast) -> None:
    here = item_at(cast.here, amount_at_risk=20000)
    there = item_at(cast.there, amount_at_risk=20000)
    view = view_of(cast.mara, is_shared="on")
    for user, items in ((cast.sam, [here.pk]), (cast.otto, [there.pk])):
        client = signed_in(user)
        assert shown_items(client.get(f"/views/{view.pk}/", follow=True)) == items
        [listed] = client.get("/views/").context["views"]
        assert listed.count == "1"


def test_who_only_reads_keeps_views_but_shares_none(cast: Cast) -> None:
    client = signed_in(cast.remy)
    kept(client)
    kept(client, is_shared="on", name="Tried")
    assert not SavedView.objects.filter(is_shared=True).exists()


def test_only_managers_choose_where_a_role_starts_and_it_has_to_be_shared(cast: Cast) -> None:
    assert view_of(cast.sam, is_shared="on", default_of="specialist").default_of == ""
    answer = signed_in(cast.mara).post(
        "/views/new/", {"list": "all_items", "query": "", "name": "Alone", "default_of": "specialist"}
    )
    assert answer.status_code == 422
    assert "has to be shared" in str(answer.context["form"].errors)


def test_the_day_starts_in_ones_own_view_or_in_that_of_the_role(cast: Cast) -> None:
    ours = view_of(cast.mara, is_shared="on", default_of="specialist")
    client = signed_in(cast.sam)
    assert f"view={ours.pk}" in client.get("/").headers["Location"]
    own = kept(client, "owner=me", "Mine", is_first="on")
    assert f"view={own.pk}" in client.get("/").headers["Location"]
    client.post(f"/views/{own.pk}/first/", {"first": "0"})
    assert f"view={ours.pk}" in client.get("/").headers["Location"]
    assert signed_in(cast.remy).get("/").status_code == 200
    assert client.get("/queues/").status_code == 200


def test_a_role_starts_in_one_view_only(cast: Cast) -> None:
    before = view_of(cast.mara, is_shared="on", default_of="specialist")
    after = view_of(cast.ada, is_shared="on", default_of="specialist", name="Other")
    before.refresh_from_db()
    assert (before.default_of, after.default_of) == ("", "specialist")


def test_a_shared_view_says_who_changed_it_and_only_owner_and_managers_may(cast: Cast) -> None:
    view = view_of(cast.sue, is_shared="on")
    sent = {"list": "all_items", "query": "value=under-500"}
    assert signed_in(cast.sam).post(f"/views/{view.pk}/show/", sent).status_code == 422
    assert signed_in(cast.sam).get(f"/views/{view.pk}/edit/").status_code == 422
    signed_in(cast.mara).post(f"/views/{view.pk}/show/", sent)
    view.refresh_from_db()
    assert (view.query, view.changed_by) == ("value=under-500", cast.mara)
    page = signed_in(cast.sam).get(f"/views/{view.pk}/", follow=True).content.decode()
    assert "Shared by Sue Fictional, changed by Mara Fictional" in page


def test_a_change_of_a_view_that_somebody_else_changed_meanwhile_is_refused(cast: Cast) -> None:
    view = view_of(cast.mara, is_shared="on")
    seen = signed_in(cast.ada).get(f"/items/?view={view.pk}").context["view_state"]
    signed_in(cast.mara).post(f"/views/{view.pk}/show/", {"list": "all_items", "query": "value=under-500"})
    late = {"list": "all_items", "query": "owner=me", "seen_at": seen}
    answer = signed_in(cast.ada).post(f"/views/{view.pk}/show/", late)
    assert answer.status_code == 409
    view.refresh_from_db()
    assert view.query == "value=under-500"


def test_the_form_of_a_view_that_was_deleted_meanwhile_comes_back_and_makes_a_new_one(cast: Cast) -> None:
    view = view_of(cast.mara, is_shared="on")
    edit = f"/views/{view.pk}/edit/"
    client = signed_in(cast.ada)
    shown = as_shown(client.get(edit))
    signed_in(cast.mara).post(f"/views/{view.pk}/delete/")

    answer = client.post(edit, shown | {"name": "Ada's name"})

    assert answer.status_code == 409
    assert "Mara Fictional deleted this view while you had it open, so nothing was saved." in answer.content.decode()
    again = as_shown(answer)
    assert again["name"] == ["Ada's name"]
    assert client.post(edit, again).status_code == 302
    made = SavedView.objects.standing().get()
    assert (made.name, made.owner, made.query) == ("Ada's name", cast.ada, view.query)
    assert signed_in(cast.otto).post(edit, again).status_code == 404


def test_a_name_that_somebody_else_gave_meanwhile_is_not_overwritten(cast: Cast) -> None:
    """Told beside what was typed; sent again, it is a decision."""
    view = view_of(cast.mara, is_shared="on")
    edit = f"/views/{view.pk}/edit/"
    client = signed_in(cast.ada)
    seen = client.get(edit).context["seen_at"]
    signed_in(cast.mara).post(edit, {"name": "Mara's name", "is_shared": "on"})
    answer = client.post(edit, {"name": "Ada's name", "is_shared": "on", "seen_at": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mara Fictional changed this view while you looked at it: it is called “Mara&#x27;s name”" in page
    assert 'value="Ada&#x27;s name"' in page
    view.refresh_from_db()
    assert view.name == "Mara's name"
    again = {"name": "Ada's name", "is_shared": "on", "seen_at": answer.context["seen_at"]}
    assert client.post(edit, again).status_code == 302
    view.refresh_from_db()
    assert view.name == "Ada's name"


def test_the_list_offers_to_save_a_change_only_when_there_is_one(cast: Cast) -> None:
    item_at(cast.here, amount_at_risk=20000)
    client = signed_in(cast.sam)
    view = kept(client)
    action = f'action="/views/{view.pk}/show/"'
    assert action not in client.get(f"/items/?value=over-10000&view={view.pk}").content.decode()
    assert action in client.get(f"/items/?value=under-500&view={view.pk}").content.decode()


def test_a_deleted_view_comes_back_within_ten_minutes(cast: Cast) -> None:
    client = signed_in(cast.sam)
    view = kept(client, is_first="on")
    page = client.post(f"/views/{view.pk}/delete/", follow=True).content.decode()
    assert f'action="/views/{view.pk}/restore/"' in page
    assert client.get(f"/views/{view.pk}/").status_code == 404
    assert client.get("/").status_code == 200
    told = client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert "left nothing that Z could take back" in told  # never an item's act before it
    assert signed_in(cast.mara).post(f"/views/{view.pk}/restore/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert client.post(f"/views/{view.pk}/restore/").status_code in (302, 422)
        assert SavedView.objects.standing().count() == 0
    client = signed_in(cast.sam)
    client.post(f"/views/{view.pk}/restore/")
    assert client.get(f"/views/{view.pk}/").status_code == 302


def test_columns_are_chosen_by_their_place_and_the_name_stays(cast: Cast) -> None:
    client = signed_in(cast.sam)
    ask: dict[str, Any] = {"list": "all_items", "query": "owner=me", "apply": "1"}
    answer = client.get("/views/columns/", {**ask, "queue": "1", "money": "2"})
    assert answer.headers["Location"] == "/items/?owner=me&columns=name%2Cqueue%2Cmoney"
    usual = {key: place for place, key in enumerate(("due", "money", "name", "payer", "why", "owner"), start=1)}
    assert client.get("/views/columns/", {**ask, **usual}).headers["Location"] == "/items/?owner=me"
    assert client.get("/views/columns/", {"list": "all_items", "query": ""}).status_code == 200


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("age_from=31", {"old"}),
        ("age_to=30", {"young"}),
        ("age_from=30&age_to=30", {"young"}),
        ("left_to=0", {"late"}),
        ("left_from=0", {"old", "young"}),
        ("left_from=-9&left_to=-1", {"late"}),
        ("repeat=yes", {"old"}),
        ("repeat=no", {"young", "late"}),
    ],
)
def test_days_are_counted_from_today(cast: Cast, query: str, fits: set[str]) -> None:
    today = timezone.localdate()
    due = today + timedelta(days=20)
    made = {
        "old": item_at(cast.here, deadline=due, denied_on=today - timedelta(days=31), round=2),
        "young": item_at(cast.here, deadline=due, denied_on=today - timedelta(days=30)),
        "late": item_at(cast.here, deadline=today - timedelta(days=1), denied_on=None),
    }
    names = {item.pk: name for name, item in made.items()}
    assert {names[pk] for pk in shown_items(signed_in(cast.sam).get(f"/items/?{query}"))} == fits


def test_service_line_and_modality_narrow_the_list(cast: Cast) -> None:
    type(cast.here).objects.filter(pk=cast.here.pk).update(service_line="radiology")
    scan, visit = item_at(cast.here, modalities=["ct", "mri"]), item_at(cast.here)
    elsewhere = item_at(cast.there)
    client = signed_in(cast.mara)
    assert set(shown_items(client.get("/items/?service_line=radiology"))) == {scan.pk, visit.pk}
    assert shown_items(client.get("/items/?modality=mri")) == [scan.pk]
    assert elsewhere.pk in shown_items(client.get("/items/"))


def test_a_name_from_a_file_is_written_as_text_in_every_column(cast: Cast) -> None:
    payer = PayerFactory.create(name="<b>Plan</b>")
    item_at(cast.here, last='<i>"Madeup"</i>', claim__payer=payer, claim__member_id="<u>1</u>")
    every = "due,money,name,payer,why,owner,age,state,queue,category,facility,service_line,denied,expected,safe"
    page = signed_in(cast.sam).get(f"/items/?columns={every},follow_up,came_in,service,round,payer_number,member")
    text = page.content.decode()
    assert not any(mark in text for mark in ("<b>Plan", "<i>", "<u>1"))
    assert "&lt;u&gt;1&lt;/u&gt;" in text


def test_the_views_of_the_made_up_practice_open_and_show_no_change(cast: Cast) -> None:
    people = {"manager": cast.mara, "specialist": cast.sam, "coder": cast.sue, "imaging": cast.otto}
    for username, person in people.items():
        type(person).objects.filter(pk=person.pk).update(username=username)
    defaults.load_defaults()
    default_views.load()
    shipped = SavedView.objects.count()
    demo_views.begin()
    demo_views.begin()
    client = signed_in(cast.remy)
    views = list(SavedView.objects.all())
    assert len(views) == shipped + len(demo_views.VIEWS)
    assert "queues/coding/" in signed_in(cast.sue).get("/").headers["Location"]
    for view in views:
        page = client.get(f"/views/{view.pk}/", follow=True)
        assert page.status_code == 200
        assert page.context["filter"].is_understood
        assert not page.context["view_is_changed"], view.name
        assert saved_views.query_of(QueryDict(view.query)) == view.query, view.name
    assert "view=" in client.get("/").headers["Location"]


def test_the_shipped_views_come_once_and_stay_as_people_left_them(cast: Cast) -> None:
    default_views.load()
    first = SavedView.objects.get(default_of="specialist")
    assert f"view={first.pk}" in signed_in(cast.sam).get("/").headers["Location"]
    assert signed_in(cast.mara).get("/").headers["Location"] == "/board/"

    page = signed_in(cast.sam).get("/views/").content.decode()
    assert page.count('data-label="Whose">shipped<') == SavedView.objects.count()
    assert page.count("as shipped") == SavedView.objects.count()
    assert "Overturn" in str(signed_in(cast.sam).get(f"/views/{first.pk}/edit/").content)

    signed_in(cast.mara).post(f"/views/{first.pk}/edit/", {"name": "Ours", "is_shared": "on", "default_of": ""})
    signed_in(cast.mara).post(f"/views/{SavedView.objects.get(default_of='read_only').pk}/delete/")
    default_views.load()
    assert not SavedView.objects.standing().exclude(default_of="").exists()
    assert SavedView.objects.filter(name="Ours", owner=None, changed_by=cast.mara).count() == 1
    assert signed_in(cast.sam).get("/").status_code == 200


def test_more_views_cost_no_more_queries(cast: Cast) -> None:
    default_views.load()
    defaults.load_defaults()
    client = signed_in(cast.sam)
    client.get("/views/")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/views/").content.decode()
    assert "a list that is gone" not in page
    SavedView.objects.exclude(default_of="specialist").delete()
    with CaptureQueriesContext(connection) as few:
        client.get("/views/")
    assert len(many) <= len(few) + 1, "the queues"


def test_no_view_is_shipped_to_a_site_that_keeps_its_own(cast: Cast) -> None:
    view_of(cast.sam)
    default_views.load()
    assert SavedView.objects.count() == 1
