"""A playbook as managers write it: its texts one a line, its steps and its bindings as rows that are simply there.

Every row is a set of fields of one form, so that drafting, approving and rolling back go field by field like any other
governed change. Rows that are left empty are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms

from accounts.forms import Picks, TextLines, taken
from accounts.models import Facility
from denials import typed_codes
from denials.domain.playbooks import WORDS, described
from denials.models import Category, CodeSystem, Payer, Playbook
from denials.playbooks import called, team_names

MOST_STEPS, MOST_BINDINGS = 12, 8
BLANK_ROWS = 1
TEXTS = {
    "checks": ("Check first", "One a line."),
    "evidence": ("Evidence", "What to have in hand, one a line."),
    "causes": ("Usual causes", "One a line."),
    "letter": ("Points for a letter", "One a line; {{name}} takes the record's value, as in letter templates."),
    "prevention": ("So that it does not happen again", "One a line."),
    "feedback": ("Who is told", "Team or role, one a line."),
    "not_for": ("Not for", "Cases that look alike and are worked otherwise, one a line."),
}
CODES = {"carc": CodeSystem.CARC, "rarc": CodeSystem.RARC}
PICKED = ("category", "service_line", "payer_kind", "group")
GROUPS = ("CO", "PR", "OA", "PI", "CR")
STATUS = "status"
STEP = {"text": "What to do", "team": "Team", "day": "By day", "place": "Place"}
USE = {fact: f"{words[:1].upper()}{words[1:]}" for fact, words in WORDS.items()} | {
    "carc": "Reason codes", "rarc": "Remarks", "status": "Claim status (CLP02)",
}  # fmt: skip


class Cell(NamedTuple):
    """A field under the words that it has within its row."""

    field: forms.BoundField
    words: str

    @property
    def is_used(self) -> bool:
        return bool(self.field.value() or self.field.errors)


class Row(NamedTuple):
    """The fields of one row of the form, for the page; `rest` are asked for rarely."""

    kind: str
    number: int
    first: list[Cell]
    rest: list[Cell]

    @property
    def has_rest(self) -> bool:
        return any(cell.is_used for cell in self.rest)


class PlaybookForm(forms.ModelForm[Playbook]):
    class Meta:
        model = Playbook
        fields = ("title", "key", "summary", "is_active")
        error_messages = {"key": taken("playbook", "key")}
        labels = {"is_active": "In use", "summary": "What the payer says"}
        help_texts = {
            "key": "In addresses; it stays for good.",
            "summary": "In your own words, never the official text.",
        }
        widgets = {"summary": TextLines(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None
        self._keys = [step["key"] for step in self.instance.steps]
        for name, (words, help_text) in TEXTS.items():
            self.fields[name] = forms.CharField(
                required=False, label=words, help_text=help_text, widget=TextLines(attrs={"rows": 4})
            )
            self.initial[name] = "\n".join(getattr(self.instance, name))
        self._add_steps()
        self._add_bindings()

    def _add_steps(self) -> None:
        teams = _teams()
        for number, step in _numbered(self.instance.steps, MOST_STEPS):
            self.fields[f"step_{number}_text"] = forms.CharField(
                required=False, max_length=300, label=f"Step {number}: what to do"
            )
            self.fields[f"step_{number}_team"] = forms.ChoiceField(
                required=False, label=f"Step {number}: team", choices=teams
            )
            self.fields[f"step_{number}_day"] = forms.IntegerField(
                required=False, min_value=0, max_value=365, label=f"Step {number}: by business day"
            )
            self.fields[f"step_{number}_place"] = forms.IntegerField(
                required=False, min_value=1, max_value=99, label=f"Step {number}: place in the order"
            )
            for name in ("text", "team", "day"):
                self.initial[f"step_{number}_{name}"] = step.get(name, "")
            self.initial[f"step_{number}_place"] = number if step else None

    def _add_bindings(self) -> None:
        picked = _picked()
        for number, wanted in _numbered(self.instance.bindings, MOST_BINDINGS):
            for fact in WORDS:
                name = f"use_{number}_{fact}"
                words = f"Use {number}: {WORDS[fact]}"
                values = wanted.get(fact, [])
                if fact in PICKED:
                    known = picked[fact]
                    extra = [(value, value.replace("_", " ")) for value in values if value not in dict(known)]
                    self.fields[name] = forms.MultipleChoiceField(
                        required=False, label=words, choices=[*known, *extra], widget=Picks
                    )
                    self.initial[name] = list(values)
                else:
                    self.fields[name] = forms.CharField(required=False, max_length=400, label=words)
                    self.initial[name] = " ".join(values)

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "key", "summary", "is_active")]

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]

    def steps_shown(self) -> tuple[list[Row], list[Row]]:
        """The rows in use with one to add, and the others to fold away."""
        rows = [
            Row("step", number, [Cell(self[f"step_{number}_{name}"], words) for name, words in STEP.items()], [])
            for number in range(1, MOST_STEPS + 1)
        ]
        return _parted(rows)

    def uses_shown(self) -> tuple[list[Row], list[Row]]:
        rows = []
        for number in range(1, MOST_BINDINGS + 1):
            cells = {fact: Cell(self[f"use_{number}_{fact}"], USE[fact]) for fact in WORDS}
            first, rest = [cells[fact] for fact in CODES], [cells[fact] for fact in (*PICKED, STATUS)]
            rows.append(Row("use", number, first, rest))
        return _parted(rows)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in TEXTS:
            lines = cleaned.get(name, "").splitlines()
            setattr(self.instance, name, [line.strip() for line in lines if line.strip()])
        self.instance.steps = self._steps(cleaned)
        self.instance.bindings = self._bindings(cleaned)
        return cleaned

    def _steps(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """The steps in the order of their places; one keeps its key as long as it keeps its row."""
        kept = self._keys
        fresh = iter(_unused(kept))
        placed: list[tuple[int, dict[str, Any]]] = []
        for number in range(1, MOST_STEPS + 1):
            said = {name: cleaned.get(f"step_{number}_{name}") for name in ("text", "team", "day", "place")}
            if not said["text"]:
                if said["team"] or said["day"] is not None:
                    self.add_error(f"step_{number}_text", "Say what to do, or leave the whole row empty.")
                continue
            if not said["team"]:
                self.add_error(f"step_{number}_team", "Say which team does it.")
            if said["day"] is None:
                self.add_error(f"step_{number}_day", "Say by which business day after the denial.")
            key = kept[number - 1] if number <= len(kept) else next(fresh)
            step = {"key": key, "team": said["team"], "day": said["day"], "text": said["text"]}
            placed.append((said["place"] or number, step))
        return [step for _, step in sorted(placed, key=lambda each: each[0])]

    def _bindings(self, cleaned: dict[str, Any]) -> list[dict[str, list[str]]]:
        found = []
        for number in range(1, MOST_BINDINGS + 1):
            wanted: dict[str, list[str]] = {}
            for fact in WORDS:
                value = cleaned.get(f"use_{number}_{fact}") or []
                values = value.upper().replace(",", " ").split() if isinstance(value, str) else list(value)
                if fact in CODES:
                    name = f"use_{number}_{fact}"
                    for fault in typed_codes.faults(values, [CODES[fact]], str(self.initial.get(name, "")).split()):
                        self.add_error(name, fault)
                if values:
                    wanted[fact] = values
            if wanted:
                found.append(wanted)
        return found

    def save(self, commit: bool = True) -> Playbook:
        if not self.instance._state.adding:
            self.instance.version += 1
        self.instance.is_edited = True
        return super().save(commit)


def steps_written(steps: Sequence[dict[str, Any]]) -> str:
    """For the history."""
    names = team_names()
    return (
        "; ".join(f"{each['text']} ({called(each['team'], names)}, day {each['day']})" for each in steps) or "nothing"
    )


def bindings_written(bindings: Sequence[dict[str, list[str]]]) -> str:
    return "; ".join(map(described, bindings)) or "nothing"


def _numbered(rows: Sequence[dict[str, Any]], most: int) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in range(1, most + 1):
        yield number, rows[number - 1] if number <= len(rows) else {}


def _parted(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    used = [row.number for row in rows if any(cell.is_used for cell in (*row.first, *row.rest))]
    shown = max(used, default=0) + BLANK_ROWS
    return rows[:shown], rows[shown:]


def _unused(keys: Sequence[str]) -> Iterator[str]:
    taken = set(keys)
    return (key for key in map("s{}".format, range(1, 10_000)) if key not in taken)


def _teams() -> list[tuple[str, str]]:
    """The site's teams, and those that other playbooks name."""
    names = team_names()
    used = {step["team"] for steps in Playbook.objects.values_list("steps", flat=True) for step in steps}
    offered = {**names, **{key: called(key, names) for key in used}}
    return [("", "Choose a team"), *sorted(offered.items(), key=lambda each: each[1].casefold())]


def _picked() -> dict[str, list[tuple[str, str]]]:
    lines = Facility.objects.exclude(service_line="").values_list("service_line", flat=True).distinct()
    return {
        "category": list(Category.objects.values_list("key", "title")),
        "service_line": [(line, line.replace("_", " ")) for line in lines.order_by("service_line")],
        "payer_kind": list(Payer.Kind.choices),
        "group": [(group, group) for group in GROUPS],
    }
