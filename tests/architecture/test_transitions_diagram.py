"""The diagram in the docs is that of the table."""

from __future__ import annotations

from pathlib import Path

from worklists.domain.diagram import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_documented_workflow_is_that_of_the_table() -> None:
    assert (DOCS / "workflow.md").read_text() == page(), "Run: python -m worklists.domain.diagram > docs/workflow.md"
