"""Every answer carries the headers that keep strangers' scripts, frames and caches out, whatever its status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from tests.security.addresses import address_of, our_patterns
from tests.security.site import Site
from tests.worklists.pages import signed_in

KINDS_OF_ANSWER = {200, 302, 400, 403, 404, 405, 409, 422, 500}


def policy(response: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def check(response: Any) -> None:
    headers = response.headers
    rules = policy(response)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == ["'self'"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def answers(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Answers of every kind."""
    for client in (Client(), signed_in(site.cast.remy), signed_in(site.al)):
        for name in our_patterns():
            yield client.get(address_of(name, site))
    client = signed_in(site.al)
    yield client.get("/items/99999999/")
    yield client.get("/no-such-page/")
    yield client.get("/items/", headers={"host": "elsewhere.example"})
    yield client.post(address_of("item_action", site), {})
    yield client.post(address_of("item_action", site), {"text": "kept", "version": "0"})
    yield client.post(f"/items/{site.here.free_item.pk}/take/", {"version": "77"})
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(site.al)
    yield guarded.post(address_of("bulk", site), {})

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the audit table is away")

    monkeypatch.setattr("worklists.views.list_position.access_note", fail)
    broken = signed_in(site.al)
    broken.raise_request_exception = False
    yield broken.get(address_of("item", site))


def test_every_answer_of_every_kind_is_guarded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for response in answers(site, monkeypatch):
        seen.add(response.status_code)
        check(response)
    assert seen == KINDS_OF_ANSWER


def test_pages_of_sign_in_are_guarded(site: Site) -> None:
    for address in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/repairs/login/"):
        response = Client().get(address)
        assert policy(response)["default-src"] == ["'none'"], address
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response.headers["Cache-Control"]


def test_downloads_are_saved_and_never_shown(site: Site) -> None:
    client = signed_in(site.cast.mara)
    for name in ("appeal_pdf", "appeal_docx", "appeal_proof", "remittance_original"):
        response = client.get(address_of(name, site))
        check(response)
        assert response.headers["Content-Disposition"].startswith("attachment;"), name


def test_static_files_may_not_be_taken_for_something_else(rf: RequestFactory) -> None:
    response = StaticFilesHandler(WSGIHandler()).get_response(rf.get("/static/js/keyboard.js"))
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/javascript")
