"""Views call verbs and query modules; what a query looks like stands in the query modules alone."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
VIEWS = sorted([*ROOT.glob("*/views/*.py"), *ROOT.glob("*/views.py")])
BUILDS_QUERIES = {
    "aggregate", "annotate", "bulk_create", "defer", "distinct", "exclude", "exists", "filter",
    "get_or_create", "in_bulk", "order_by", "prefetch_related", "select_for_update",
    "select_related", "update_or_create", "values_list", "visible_to",
}  # fmt: skip


def queries_in(source: str) -> list[str]:
    return [
        f"{call.lineno}: {call.func.attr}"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in BUILDS_QUERIES
    ]


def test_no_view_builds_a_query() -> None:
    found = {str(path.relative_to(ROOT)): queries_in(path.read_text()) for path in VIEWS}

    assert len(found) > 30
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_query_in_a_view_is_seen() -> None:
    assert queries_in("def page(request):\n    return WorkItem.objects.visible_to(request.user).first()\n") == [
        "2: visible_to"
    ]
