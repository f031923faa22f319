"""What the small scripts add to a page, in a real browser: keys, ticking rows, dialogs, forms sent once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from accounts.forms import Picks
from config.form_renderer import QuickForms

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://overturn.test/"
MODULES = sorted(path.name for path in (ROOT / "static/js").glob("*.js"))
ROWS = "".join(
    f'<tr><td><input type="checkbox" name="item" value="{i}" data-pick data-amount="{amount}"></td>'
    f'<td><a href="/item/{i}" id="item-{i}" data-open>Row {i}</a></td></tr>'
    for i, amount in enumerate(["18420.10", "9870.40", "-5.00", "0.05"])
)


class Rule(forms.Form):
    evidence = forms.MultipleChoiceField(
        choices=[
            ("Coding", [("op", "Operative report"), ("query", "Coding query")]),
            ("Eligibility", [(f"e{n}", f"Eligibility check {n}") for n in range(12)]),
        ],
        initial=["e7"],
        widget=Picks,
    )


PICKS = Rule(renderer=QuickForms())["evidence"]
PAGE = f"""<!doctype html><html lang="en"><body>
{"".join(f'<script type="module" src="/static/js/{name}"></script>' for name in MODULES)}
<nav id="rail"><a href="/items#search" data-key="/">Elsewhere</a></nav>
<input type="search" data-key="/" aria-label="Search">
<form id="list" data-selection>
  <input type="checkbox" data-pick-page aria-label="Select this page">
  <div data-pick-offer hidden><input type="checkbox" data-pick-all data-words="All 900 selected" aria-label="All"></div>
  <table><tbody>{ROWS}</tbody></table>
</form>
<span data-pick-count></span><button data-needs-pick data-key="a">Assign <kbd>A</kbd></button>
<a href="/queues" data-key="g q">Queues</a>
<a href="/postpone" data-opens="postpone" data-key="t">Postpone <kbd>T</kbd></a>
<dialog id="postpone" class="dialog"><div class="dialog-body"><input name="day" aria-label="Day">
  <p data-unsent hidden>A note is not sent</p>
  <button type="button" data-closes>Keep</button></div></dialog>
<form id="bulk" method="post" action="/bulk">
  <button name="action" value="ask" data-opens="many" data-key="m">Many</button></form>
<dialog id="many" class="dialog"><div class="dialog-body"><input name="why" form="bulk" aria-label="Why">
  <button form="bulk" name="action" value="now" class="primary">Now</button></div></dialog>
<form method="post" action="/note">
  <textarea name="text" data-phrases aria-label="Called">Called {{plan}}, {{rep}}: {{state}}</textarea>
  <div data-blanks></div><template data-blank><div class="field"><label></label><input></div></template>
  <div data-reads hidden><span></span><span></span></div><select name="channel"><option value="call"></option></select>
  <details data-contact open><input name="spoke_to" aria-label="Spoke to"></details><button>Add</button></form>
<form method="post" action="/late"><input type="radio" name="days" value="3" aria-label="Soon" checked>
  <input type="radio" name="days" value="14" aria-label="In two weeks">
  <div class="field"><input type="date" name="until" aria-label="Until" min="2026-11-24" max="2028-11-23"
    data-closed="2026-12-25"><span data-moved></span></div>
  <details class="field"><summary>Folded <span class="optional">only for a late day</span></summary>
  <input name="late_because" aria-label="Reason" data-last-safe="2026-12-01" data-late-days="14" data-day-field="until">
  </details><button>Put off</button></form>
<form method="post" action="/ask"><div class="field"><input type="date" name="on" aria-label="Ask on" min="2026-11-24"
  max="2028-11-23" data-closed="2026-12-25" data-safe-until="2026-12-05"><span data-moved></span></div></form>
<div id="answered" hidden><input aria-invalid="true" aria-label="Wrong"></div>
<details data-menu><summary>More</summary><p>Inside</p></details>
<form method="post" action="/save" id="save" data-guard><input type="hidden" name="opened_at">
  <textarea name="note" aria-label="Note"></textarea>
  <button data-key="s">Save</button></form>
<form method="get" action="/filtered" data-auto-submit>
  <input name="code" aria-label="Code"><select name="payer" aria-label="Payer">
  <option value="">any</option><option value="m">Meridian</option></select></form>
<button data-opens="keys" data-key="?" data-key-label="All keys">?</button>
<dialog id="keys"><ul data-key-sheet></ul><input type="checkbox" data-keys-on checked aria-label="Use keys"></dialog>
<form method="post" action="/rule" id="rule" data-guard data-enter><fieldset>{PICKS}</fieldset></form>
<main data-work="7" id="main" tabindex="-1"></main>
<div id="toasts" role="status"><details class="toast" open><summary aria-label="Dismiss">x</summary>
  <p>Item 7 is yours.</p></details></div>
<template id="fault-toast"><p>Fault</p></template>
</body></html>"""


def _part_of_site(url: str) -> dict[str, Any]:
    """What the page and its scripts are answered with."""
    path = url.removeprefix(ADDRESS)
    if path.startswith("static/"):
        return {"path": ROOT / path, "content_type": "text/javascript"}
    return {"status": 204} if path else {"body": PAGE, "content_type": "text/html"}


@pytest.fixture
def sent() -> list[str]:
    """The addresses that forms and links of the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, sent: list[str]) -> Iterator[Page]:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path and not path.startswith("static/"):
            sent.append(path)
        route.fulfill(**_part_of_site(route.request.url))

    opened = browser.new_page()
    opened.route("**/*", answer)
    opened.goto(ADDRESS)
    yield opened
    opened.close()


def test_j_and_k_walk_the_rows_and_x_ticks_them(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.get_by_text("Row 0")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_text("Row 1")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-pick]").nth(1)).to_be_checked()


def test_ticked_rows_are_counted_and_summed_to_the_cent(page: Page) -> None:
    said = page.locator("[data-pick-count]")
    expect(said).to_have_text("None selected")
    expect(page.get_by_text("Assign")).to_be_disabled()
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-pick]").nth(3).click(modifiers=["Shift"])
    expect(said).to_have_text("4 selected · $28,285.55")
    expect(page.get_by_text("Assign")).to_be_enabled()
    expect(page.locator("[data-pick-page]")).to_be_checked()


def test_the_whole_page_offers_all_that_match(page: Page) -> None:
    page.locator("[data-pick-page]").check()
    page.locator("[data-pick-all]").check()
    expect(page.locator("[data-pick-count]")).to_have_text("All 900 selected")
    page.locator("[data-pick]").nth(2).uncheck()
    expect(page.locator("[data-pick-all]")).not_to_be_checked()
    expect(page.locator("[data-pick-offer]")).to_be_hidden()


def test_keys_rest_while_typing_and_with_modifiers(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("jt?")
    expect(page.get_by_label("Search")).to_have_value("jt?")
    page.get_by_label("Search").blur()
    page.keyboard.press("Control+t")
    expect(page.locator("#postpone")).to_be_hidden()


def test_keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_label("Use keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#postpone")).to_be_hidden()


def test_two_keys_in_a_row_follow_a_link(page: Page) -> None:
    with page.expect_request("**/queues"):
        page.keyboard.press("g")
        page.keyboard.press("q")


def test_the_key_sheet_names_what_the_page_offers(page: Page) -> None:
    page.keyboard.press("?")
    rows = page.locator("[data-key-sheet] li").all_inner_texts()
    assert [re.sub(r"\s+", " ", row).strip() for row in rows] == [
        "Next rowJ",
        "Row beforeK",
        "Open the row↵",
        "Tick the rowX",
        "Tick up to hereShift X",
        "Search/",
        "AssignA",
        "PostponeT",
        "ManyM",
        "SaveS",
        "All keys?",
        "Send what you are writingCtrl ↵",
        "Leave the fieldEsc",
        "QueuesG Q",
    ]


def test_a_dialog_opens_in_place_of_its_link_and_takes_the_focus(page: Page, sent: list[str]) -> None:
    page.keyboard.press("t")
    expect(page.get_by_label("Day")).to_be_focused()
    page.get_by_text("Keep").click()
    expect(page.locator("#postpone")).to_be_hidden()
    page.evaluate("fetch('/after')")
    assert sent == ["after"]


def test_a_menu_closes_on_escape_and_on_a_click_beside_it(page: Page) -> None:
    page.get_by_text("More").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Inside")).to_be_hidden()
    page.get_by_text("More").click()
    page.locator("[data-pick-count]").click()
    expect(page.get_by_text("Inside")).to_be_hidden()


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page, sent: list[str]) -> None:
    page.evaluate("document.querySelector('#save button').click(); document.querySelector('#save button').click()")
    expect(page.locator("#save button")).to_have_attribute("aria-busy", "true")
    page.locator("#save button").click()
    page.evaluate("fetch('/after')")
    assert sent == ["save", "after"]


def test_a_filter_sends_itself_with_what_was_chosen(page: Page) -> None:
    with page.expect_request("**/filtered?payer=m"):
        page.get_by_label("Payer").select_option("m")


def test_unsaved_text_is_asked_about_before_leaving(page: Page) -> None:
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.get_by_label("Note").press_sequentially("Called the payer")
    page.goto(ADDRESS)
    assert asked == ["beforeunload"]


def test_a_failed_request_says_so_and_keeps_the_page(page: Page) -> None:
    page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError', {bubbles: true}))")
    expect(page.locator("#toasts")).to_contain_text("There is no connection to the server.")


def test_enter_in_a_dialog_presses_its_main_button_not_the_one_that_opened_it(page: Page) -> None:
    page.keyboard.press("m")
    page.get_by_label("Why").fill("Away")
    with page.expect_request("**/bulk") as asked:
        page.keyboard.press("Enter")
    assert "now" in (asked.value.post_data or "")


def test_control_and_enter_send_what_is_being_written(page: Page, sent: list[str]) -> None:
    page.get_by_label("Note").fill("Called")
    page.keyboard.press("Enter")
    assert sent == []
    with page.expect_request("**/save"):
        page.keyboard.press("Control+Enter")


def test_escape_leaves_a_field_so_that_keys_work_again(page: Page) -> None:
    page.get_by_label("Note").fill("Called")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#postpone")).to_be_visible()


def test_work_is_timed_while_the_page_is_in_use_and_told_by_the_form(page: Page) -> None:
    page.clock.install()
    page.goto(ADDRESS)
    page.keyboard.press("j")
    page.clock.run_for(30_000)
    page.keyboard.press("j")
    page.clock.run_for(600_000)  # somebody went for a coffee: a minute of it is believed
    page.keyboard.press("j")
    page.clock.run_for(10_000)
    with page.expect_request("**/save") as asked:
        page.get_by_text("Save").click()
    told = dict(part.split("=") for part in (asked.value.post_data or "").split("&"))
    assert 99 <= int(told["spent"]) <= 101


def test_work_on_one_item_adds_up_over_its_pages(page: Page) -> None:
    page.clock.install()
    page.goto(ADDRESS)
    page.keyboard.press("j")
    page.clock.run_for(20_000)
    page.goto(ADDRESS)
    page.keyboard.press("j")
    page.clock.run_for(5_000)
    with page.expect_request("**/save") as asked:
        page.get_by_text("Save").click()
    told = dict(part.split("=") for part in (asked.value.post_data or "").split("&"))
    assert 24 <= int(told["spent"]) <= 26


def test_enter_goes_from_one_open_blank_of_a_phrase_to_the_next_and_then_sends(page: Page, sent: list[str]) -> None:
    page.locator("[name=blank-plan]").fill("Meridian")
    for label, words in (("Spoke to", "Ana"), ("State", "in review")):
        page.keyboard.press("Enter")
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        page.keyboard.type(words)
    assert "note" not in sent
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('form[action=\"/note\"]').hasAttribute('data-sent')")


def test_a_form_that_came_back_is_gone_on_with_where_its_fault_is(page: Page) -> None:
    page.evaluate("""() => { const part = document.getElementById("answered"); part.hidden = false;
        document.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: { elt: part } })); }""")
    expect(page.get_by_label("Wrong")).to_be_focused()


def test_who_acts_while_a_note_is_not_sent_is_told(page: Page) -> None:
    told = page.get_by_text("A note is not sent")
    page.keyboard.press("t")
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Called").fill("")
    page.get_by_label("Called").blur()
    page.keyboard.press("t")
    expect(told).to_be_hidden()


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#rule label:visible").all_inner_texts()]


def test_many_boxes_are_narrowed_by_words_and_headings_with_what_is_ticked_in_front(page: Page) -> None:
    page.locator("#rule summary").click()
    field, said = page.get_by_label("Narrow the choices"), page.locator("#rule [role=status]")
    assert len(shown(page)) == 14
    field.fill("REPORT oper")
    assert shown(page) == ["Eligibility check 7", "Operative report"]
    expect(page.get_by_text("Eligibility", exact=True)).to_be_hidden()
    expect(said).to_have_text("1 of 13 fit")

    page.get_by_label("Operative report").check()
    field.fill("coding")
    assert shown(page) == ["Eligibility check 7", "Operative report", "Coding query"]
    expect(page.locator("#rule summary")).to_contain_text("12 others")
    field.fill("nothing like it")
    assert shown(page) == ["Eligibility check 7", "Operative report"]
    expect(said).to_contain_text("None of 12 fits.")


def test_boxes_are_narrowed_and_ticked_by_keys_alone_and_the_form_hears_of_ticks_only(
    page: Page, sent: list[str]
) -> None:
    heard = page.evaluate_handle(
        "() => { const heard = []; for (const kind of ['input', 'change']) document.querySelector('#rule')"
        ".addEventListener(kind, (event) => heard.push(`${kind} ${event.target.value}`)); return heard; }"
    )
    page.locator("#rule summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_label("Narrow the choices")
    expect(field).to_be_focused()
    page.keyboard.type("check 1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Eligibility check 1", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    assert heard.json_value() == ["input e1", "change e1"]

    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert len(shown(page)) == 14
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Operative report")).to_be_focused()
    assert sent == []


def test_a_late_day_asks_for_its_reason_before_the_form_is_sent(page: Page, sent: list[str]) -> None:
    why, optional = page.get_by_label("Reason"), page.get_by_text("only for a late day")
    expect(why).to_be_hidden()
    page.get_by_label("In two weeks").check()
    expect(optional).to_be_hidden()
    page.get_by_text("Put off").click()
    expect(why).to_be_focused()
    assert sent == []
    page.get_by_label("Until").fill("2026-12-01")
    expect(optional).to_be_visible()
    page.get_by_label("Until").fill("2026-12-02")
    expect(why).to_have_attribute("required", "")
    page.get_by_label("Until").fill("")
    page.get_by_label("Soon").check()
    page.get_by_text("Put off").click()
    expect(page.locator("form[action='/late']")).to_have_attribute("data-sent", "")


def test_a_day_to_ask_is_said_to_be_moved_at_its_field_and_never_past_the_last_safe_one(page: Page) -> None:
    field, said = page.get_by_label("Ask on"), page.locator("form[action='/ask'] [data-moved]")
    field.fill("2026-12-12")
    expect(said).to_have_text("Saturday 12 December 2026 is no business day: it comes back on Monday 14 December 2026.")
    field.fill("2026-12-05")
    expect(said).to_have_text("Saturday 5 December 2026 is no business day: it comes back on Friday 4 December 2026.")
    field.fill("2026-12-04")
    expect(said).to_have_text("")


def test_what_came_with_the_page_is_said_once_it_is_there_and_only_once(browser: Browser) -> None:
    """A screen reader says what is put into a live region, not what stood in it when the page came."""
    opened = browser.new_page()
    opened.route("**/*", lambda route: route.fulfill(**_part_of_site(route.request.url)))
    opened.add_init_script("""
        window.said = [];
        const regions = "[role=status], [role=alert], [aria-live]";
        document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
          for (const change of changes) for (const added of change.addedNodes) {
            let place = change.target.closest(regions);
            while (place) { said.push(added.textContent); place = place.parentElement.closest(regions); }
          }
        }).observe(document.body, { childList: true, subtree: true }));
    """)
    opened.goto(ADDRESS)
    opened.wait_for_function("said.length > 0")
    assert opened.evaluate("said") == ["Item 7 is yours."]
    expect(opened.get_by_text("Item 7 is yours.")).to_be_visible()
    opened.close()


def test_a_toast_that_is_dismissed_gives_the_focus_to_the_page(page: Page) -> None:
    page.locator(".toast summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("gone", "goes_on_at"), [("item-9", "Row 1"), ("item-1", "Row 2")], ids=["stays", "leaves"])
def test_a_list_from_which_something_was_sent_is_gone_on_with_where_it_stood(
    page: Page, gone: str, goes_on_at: str
) -> None:
    for key in "jjx":
        page.keyboard.press(key)
    page.keyboard.press("m")
    page.get_by_role("button", name="Now").click()
    without = f"document.querySelector('#{gone}')?.closest('tr').remove()"
    page.add_init_script(f"document.addEventListener('readystatechange', () => {without})")
    page.goto(ADDRESS)
    expect(page.get_by_text(goes_on_at)).to_be_focused()
    page.reload()
    expect(page.get_by_text(goes_on_at)).not_to_be_focused()
