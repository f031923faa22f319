"""Parts of a page that are kept: shown again while what they are made of says the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from accounts.models import User
from config.templatetags import kept

HOW_OFTEN: list[str] = []


class Written:
    """Something long to write, which says what it is made of."""

    def __init__(self, says: str) -> None:
        self.kept_by = says

    @property
    def words(self) -> str:
        HOW_OFTEN.append(self.kept_by)
        return f"written {self.kept_by}"


def test_a_part_is_written_once_for_each_of_its_values() -> None:
    HOW_OFTEN.clear()
    template = Template("{% kept thing=thing on=on %}{{ thing.words }}{% endkept %}")
    for says, on in (("a", 1), ("a", 1), ("b", 1), ("a", date(2026, 1, 2)), ("b", 1)):
        assert template.render(Context({"thing": Written(says), "on": on})) == f"written {says}"
    assert HOW_OFTEN == ["a", "b", "a"]


def test_values_that_are_equal_but_say_something_else_are_told_apart() -> None:
    template = Template("{% kept value=value %}{{ value }}{% endkept %}")
    assert [template.render(Context({"value": value})) for value in (1, True, 1.0, "1")] == ["1", "True", "1.0", "1"]


def test_nothing_is_known_within_that_the_key_does_not_hold() -> None:
    template = Template("{% kept shown=shown %}{{ shown }}{{ user }}{{ hidden }}{% endkept %}")
    assert template.render(Context({"shown": "seen", "hidden": "patient", "user": "somebody"})) == "seen"


@pytest.mark.parametrize("value", [User(username="ada"), [User(username="ada")], object()])
def test_a_row_of_the_database_is_no_key(value: Any) -> None:
    with pytest.raises(TypeError):
        Template("{% kept user=user %}{{ user }}{% endkept %}").render(Context({"user": value}))


def test_what_differs_with_each_request_is_put_in_each_time() -> None:
    template = Template('{% kept %}{% csrf_token %}<input value="{{ form_key }}">{{ opened_at }}{% endkept %}')
    first, second = (
        template.render(Context({"csrf_token": token, "form_key": f"key-{token}", "opened_at": 7}))
        for token in ("one", "two")
    )
    assert all(sent in first for sent in ('value="one"', 'value="key-one"'))
    assert first.endswith("7")
    assert second == first.replace("one", "two")


def test_what_stands_behind_then_is_put_in_each_time_and_never_kept() -> None:
    template = Template(
        "{% kept on=on then name=name pk=pk more %}"
        "{{ on }}: {% if name %}{{ name }}{% else %}nobody{% endif %}, {{ pk }}{{ note|default:'' }}{% endkept %}"
    )
    values = (("A<b>", 7, ""), ("", 0, None), ("Ann", 12345, mark_safe("<i>")), (User(last_name="Z"), 1, 0))
    written = [
        template.render(Context({"on": "x", "name": name, "pk": pk, "more": {"note": note}}))
        for name, pk, note in values
    ]
    assert written == ["x: A&lt;b&gt;, 7", "x: nobody, 0", "x: Ann, 12345<i>", "x: Z, 1"]
    assert not [part for part in kept._kept.values() if "Ann" in str(part)]


def test_an_address_may_hold_the_number_of_a_row() -> None:
    template = Template("{% kept then item_id=pk %}{% url 'item' item_id %}{% endkept %}")
    assert [template.render(Context({"pk": pk})) for pk in (5, 7)] == ["/items/5/", "/items/7/"]


@pytest.mark.parametrize(
    "changed",
    [
        "name|upper",
        "name|slice:'2:'",
        "name|truncatechars:12",
        "name|truncatechars:5",
        "name|first",
        "name|last",
        "name|length",
    ],
)
def test_a_value_that_is_put_in_afterwards_cannot_be_changed_within(changed: str) -> None:
    template = Template(f"{{% kept then name=name %}}{{{{ {changed} }}}}{{% endkept %}}")
    with pytest.raises(ValueError, match="changed or cut"):
        template.render(Context({"name": "Ann"}))


def test_lists_and_mappings_are_put_in_value_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_kept", {})
    template = Template(
        "{% kept then words %}{% for step in steps %}{{ step.says }}{% if step.is_done %} done{% endif %}"
        "{% for name in step.names %} {{ name }}{% endfor %};{% endfor %}{{ left.days }}{% endkept %}"
    )
    steps = [{"says": "<Ask>", "is_done": True, "names": ["Ann"]}, {"says": "Send", "is_done": False, "names": []}]
    for days in ("3 days", "4 days"):
        words = {"steps": steps, "left": {"days": days}}
        assert template.render(Context({"words": words})) == f"&lt;Ask&gt; done Ann;Send;{days}"
    assert len(kept._kept) == 1
    steps[1]["is_done"] = True
    words = {"steps": steps, "left": {"days": "4 days"}}
    assert template.render(Context({"words": words})) == "&lt;Ask&gt; done Ann;Send done;4 days"
    assert not [part for part in kept._kept.values() if "Ann" in str(part)]


def test_a_list_that_grew_is_another_part() -> None:
    template = Template("{% kept then names=names %}{{ names|length }}: {{ names|join:', ' }}{% endkept %}")
    written = [template.render(Context({"names": names})) for names in (["A"], ["A", "B"], [], ["B", "<C>"])]
    assert written == ["1: A", "2: A, B", "0: ", "2: B, &lt;C&gt;"]
