"""The table of transitions as a page with a diagram: `python -m worklists.domain.diagram > docs/workflow.md`. Pure."""

from __future__ import annotations

import sys

from worklists.domain.transitions import ACTIONS, WORDS, Status, allowed_jumps

PAGE = """# What may happen to a work item

Made from `worklists/domain/transitions.py`; PostgreSQL refuses every arrow that is not here.

```mermaid
stateDiagram-v2
    [*] --> new
{arrows}
```

| state | means | what may be done |
|---|---|---|
{rows}

What leaves the state as it is: {quiet}.
"""


def page() -> str:
    """The whole of docs/workflow.md."""
    quiet = ", ".join(action.label.lower() for action in ACTIONS.values() if action.target is None)
    return PAGE.format(arrows="\n".join(_arrows()), rows="\n".join(_rows()), quiet=quiet)


def _arrows() -> list[str]:
    return [f"    {source} --> {target}: {', '.join(_labels(source, target))}" for source, target in allowed_jumps()]


def _labels(source: Status, target: Status) -> list[str]:
    fitting = (action for action in ACTIONS.values() if source in action.sources and action.target is target)
    return list(dict.fromkeys(action.label for action in fitting))


def _rows() -> list[str]:
    return [f"| {status} | {WORDS[status]} | {', '.join(_by_people(status))} |" for status in Status]


def _by_people(status: Status) -> list[str]:
    fitting = (action for action in ACTIONS.values() if action.by_people and status in action.sources)
    return list(dict.fromkeys(action.label for action in fitting))


if __name__ == "__main__":
    sys.stdout.write(page())
