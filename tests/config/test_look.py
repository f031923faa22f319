"""The look keeps its promises: readable in both themes, and no colour or size outside the tokens."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
COLOURS = {
    name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
SHEETS = sorted(path.name for path in CSS.glob("*.css"))
PAPERS = ("paper", "surface", "sunken", "raised", "hover", "pressed")
TEXT_ON = [
    *[(ink, paper) for ink in ("ink", "ink-2", "ink-3", "accent", "late", "soon", "good") for paper in PAPERS],
    *[(ink, "accent-soft") for ink in ("ink", "ink-2", "ink-3", "good")],
    *[(ink, soft) for ink in ("ink", "ink-2") for soft in ("late-soft", "soon-soft", "good-soft", "note-soft")],
    *[(tone, f"{tone}-soft") for tone in ("late", "soon", "good", "note")],
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("late-ink", "late-solid"),
    ("paper", "ink"),
]
EDGES = [("line-field", paper) for paper in ("paper", "surface", "raised")] + [("accent", paper) for paper in PAPERS]
SIZE_OR_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\b\d*\.?\d+(?:px|rem)\b")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_can_be_read_on_every_ground_it_stands_on(ink: str, paper: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[paper][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "paper"), EDGES)
def test_edges_of_fields_and_focus_can_be_seen(edge: str, paper: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[paper][theme]) >= 3


@pytest.mark.parametrize("sheet", sorted({*SHEETS} - {"tokens.css", "print.css"}))
def test_no_colour_or_size_stands_outside_the_tokens(sheet: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (CSS / sheet).read_text(), flags=re.S)
    rules = [line for line in text.splitlines() if not line.strip().startswith(("@media", "@container"))]
    assert [line.strip() for line in rules if SIZE_OR_COLOUR.search(line)] == []


def test_every_token_named_anywhere_is_defined() -> None:
    sheets = "".join(path.read_text() for path in CSS.glob("*.css"))
    own = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - own == set()


def test_every_sheet_is_linked_and_every_module_is_loaded() -> None:
    head = (ROOT / "templates/components/head.html").read_text()
    pages = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    assert {f"css/{name}" for name in SHEETS} == set(re.findall(r"css/[\w-]+\.css", head))
    assert {f"js/{p.name}" for p in (ROOT / "static/js").glob("*.js")} == set(re.findall(r"js/[\w-]+\.js", pages))


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.I)
    found = [str(p.relative_to(ROOT)) for p in (ROOT / "templates").rglob("*.html") if inline.search(p.read_text())]
    assert found == []


def test_comments_in_templates_end_on_their_line() -> None:
    """Django prints a `{#` comment that runs over its line as text."""
    found = [
        str(p.relative_to(ROOT))
        for p in (ROOT / "templates").rglob("*.html")
        if any("{#" in line and "#}" not in line for line in p.read_text().splitlines())
    ]
    assert found == []
