"""A template that was put together says what Django says of its parts."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.shortcuts import render
from django.template import loader
from django.template.autoreload import reset_loaders
from django.test import RequestFactory, override_settings

from accounts import whole_template
from accounts.whole_template import render_whole

PARTS = {
    "house": "<{% block title %}Over{% endblock %}|{% block page %}{% endblock %}{% block foot %}foot{% endblock %}>",
    "wing": "{% extends 'house' %}{% block title %}Wing{% endblock %}{% block page %}wing{% endblock %}",
    "page": "{% extends 'wing' %}{% load static %}{% block page %}"
    "{% comment %}not said{% endcomment %}{% for row in rows %}{% include 'row' %}{% empty %}none{% endfor %}"
    "{% if rows %}{% include 'count' with many=rows|length %}{% elif word %}{% include 'plain' %}"
    "{% else %}no{% endif %}"
    "{% include named %}{% endblock %}",
    "row": "[{{ row }}{% if forloop.last %}{% include 'plain' %}{% endif %}]",
    "count": "{{ many }}{{ word }}",
    "plain": "({{ word }}{% block foot %}own{% endblock %})",
}


@pytest.fixture(autouse=True)
def parts() -> Iterator[None]:
    options = {"loaders": [("django.template.loaders.locmem.Loader", PARTS)]}
    templates = [{"BACKEND": settings.TEMPLATES[0]["BACKEND"], "OPTIONS": options}]
    with override_settings(TEMPLATES=templates):
        yield


@pytest.mark.parametrize("rows", [[], ["a", "<b>"]])
@pytest.mark.parametrize("word", ["", "&"])
def test_it_says_the_same(rows: list[str], word: str) -> None:
    asked = RequestFactory().get("/")
    context: dict[str, Any] = {"rows": rows, "word": word, "named": "plain"}
    said = render_whole(asked, "page", context).content
    assert said == render(asked, "page", context).content
    assert said.startswith(b"<Wing|")


def test_what_is_plain_is_one_list_of_nodes() -> None:
    found: Any = loader.get_template("page")
    assert [type(node).__name__ for node in whole_template._whole(found.template).nodelist] == [
        "TextNode", "ForNode", "IfNode", "IncludeNode", "TextNode",
    ]  # fmt: skip


class Shown(str):
    """Text of which one can see when it goes."""


def test_what_a_page_was_made_of_goes_with_it() -> None:
    gc.disable()
    try:
        word = Shown("shown")
        is_there = weakref.ref(word)
        said = render_whole(RequestFactory().get("/"), "page", {"word": word, "named": "plain"})
        assert b"(shown" in said.content
        del word
        assert is_there() is None
    finally:
        gc.enable()


def test_what_a_developer_changes_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    context: dict[str, Any] = {"rows": ["a"], "word": "", "named": "plain"}
    assert b"[a" in render_whole(RequestFactory().get("/"), "page", context).content
    monkeypatch.setitem(PARTS, "row", "<{{ row }}>")
    reset_loaders()
    assert b"<a>" in render_whole(RequestFactory().get("/"), "page", context).content
