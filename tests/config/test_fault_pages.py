"""Pages for faults: they stand without any context, and tell htmx without taking the page away."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from tests.cast import Cast
from tests.worklists.pages import signed_in

SENTENCE = "Another person took this item. Nothing was changed."


def asked_by_htmx(rf: RequestFactory, is_htmx: bool) -> HttpRequest:
    request = rf.post("/", headers={"HX-Request": "true"} if is_htmx else {})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "500"])
def test_a_fault_page_needs_no_context(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert page.count("<h1>") == 1
    assert 'class="button primary"' in page


def test_a_refusal_is_a_page_with_its_sentence(rf: RequestFactory) -> None:
    page = render_to_string("409.html", {"sentence": SENTENCE, "request": asked_by_htmx(rf, False)})
    assert SENTENCE in page
    assert "<html" in page


def test_a_refusal_to_htmx_is_a_toast_that_stays(rf: RequestFactory) -> None:
    page = render_to_string("409.html", {"sentence": SENTENCE, "request": asked_by_htmx(rf, True)})
    assert SENTENCE in page
    assert 'hx-swap-oob="beforeend:#toasts"' in page
    assert 'class="toast error"' in page
    assert "alert" not in page  # the place of the toasts says what comes to it: twice would be too much
    assert "<html" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "way_back"),
    [("http://testserver/queues/?tab=due", "/queues/?tab=due"), ("http://elsewhere.test/queues/", None), ("", None)],
)
def test_a_refused_form_leads_back_to_its_page(cast: Cast, came_from: str, way_back: str | None) -> None:
    """Its words may still stand there; to reload the refusal would send the form once more."""
    refused = signed_in(cast.sam).post("/items/many/", {"action": "take:now"}, headers={"referer": came_from})
    assert refused.status_code in (409, 422)
    page = refused.content.decode()
    assert (f'href="{way_back}">Back to the page you sent' in page) is (way_back is not None)
    assert 'href="/">Go to my work' in page


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so(cast: Cast) -> None:
    """Who was signed out in the middle of one, and signs in again, is led there."""
    answer = signed_in(cast.sam).get("/items/many/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This page only answers a form" in answer.content.decode()
