"""Pages for faults: they stand without any context, and tell htmx without taking the page away."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

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
