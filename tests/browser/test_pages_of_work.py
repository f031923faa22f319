"""The pages of work in a real browser: accessible in both themes, never wider than the screen, worked by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from accounts.models import User
from appeals.models import Appeal
from denials.models import Adjustment, RemittedLine
from tests.browser.visitor import barriers
from tests.cast import Cast
from tests.factories import PayerFactory, QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.models import Activity, BulkAct, SmartPhrase, WorkItem
from worklists.notes import writing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"desk": (1280, 900), "tablet": (768, 1024), "phone": (390, 844)}
FILE = (
    "ISA*00*          *00*          *ZZ*S              *ZZ*R              *261102*1200*^*00501*000000001*0*P*:~"
    "GS*HP*S*R*20261102*1200*1*X*005010X221A1~ST*835*0001~CLP*RC-1*4*1450*0~CAS*CO*197*1450~SE*1*0001~"
)
Open = Callable[..., Page]
CROSSED = """() => {
  document.querySelectorAll(".who .visually-hidden").forEach(each => each.remove());  // takes no room, but is measured
  return [...document.querySelectorAll(".who")].flatMap(who => {
  const all = [who, ...who.querySelectorAll(".facts > div")];
  const [card, ...facts] = all.map(each => {
    const text = document.createRange();
    text.selectNodeContents(each);
    const box = each.matches(".who") ? each.getBoundingClientRect() : text.getBoundingClientRect();
    return {words: each.textContent.trim().replace(/\\s+/g, " "), ...box.toJSON()};
  });
  const share = (one, other) => one.top < other.bottom && other.top < one.bottom;
  const meet = (one, other) => one.left < other.left && one.right > other.left && share(one, other);
  return [
    ...facts.filter(each => each.right > card.right).map(each => `${each.words} leaves the card`),
    ...facts.flatMap(one => facts.filter(other => meet(one, other)).map(other => `${one.words} meets ${other.words}`)),
  ];
  });
}"""
"""The facts of the head whose words reach into the next one, or out of their card."""
TODAY = timezone.localdate()
PINNED = """Talk only to the supervisor of the review unit, who knows that two authorizations stand for this stay.
Her line is open from eight to noon.
The fax of the unit loses pages: send by portal."""


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Open]:
    """Opens a page as one person; anything that the page writes to the console fails the test."""
    contexts = ExitStack()

    def opened(user: User, path: str, *, theme: Any = "light", size: str = "desk", script: bool = True) -> Page:
        width, height = SIZES[size]
        shown: Any = {"color_scheme": theme, "viewport": {"width": width, "height": height}}
        made = browser.new_context(base_url=live_server.url, java_script_enabled=script, **shown)
        context = contexts.enter_context(made)
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    with contexts:
        yield opened


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """A denied claim with one line, whose file is kept; and a second item beside it."""
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    today = timezone.localdate()
    made = item_at(cast.here, queue=queue, deadline=today + timedelta(days=3), denial__denied_lines=[1])
    item_at(cast.here, queue=queue, deadline=today + timedelta(days=90), last="Specimen", amount_at_risk=20000)
    remitted = made.denial.remitted_claim
    line = RemittedLine.objects.create(
        remitted_claim=remitted, number=1, procedure="C8908", charge=1450, paid=0, segment_from=3, segment_to=4
    )
    Adjustment.objects.create(
        remitted_claim=remitted, line=line, ordinal=1, group="CO", code="197", amount=1450, segment=4
    )
    remitted.remittance.file.content.save("kept.835", ContentFile(FILE.encode()))
    # What the payer said cannot be changed, not even by a test: the trigger sleeps for one statement.
    with pgtrigger.ignore("denials.RemittedClaim:what_the_payer_said_of_a_claim"):
        type(remitted).objects.filter(pk=remitted.pk).update(segment_from=3, segment_to=4)
    return made


def faults(page: Page) -> list[str]:
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in barriers(page).response["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible_on_a_phone_and_fits_every_screen(
    cast: Cast, item: WorkItem, open_page: Open, theme: str
) -> None:
    pages = [
        (cast.sam, path) for path in ("/", "/my-day/", "/waiting/", f"/items/{item.pk}/", "/groups/?list=all_items")
    ]
    pages += [(cast.mara, path) for path in ("/board/", "/watch/", "/items/?owner=nobody&due=7")]
    for user, path in pages:
        page = open_page(user, path, theme=theme, size="phone")
        assert faults(page) == [], path
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)


def test_amounts_of_any_size_stand_apart_in_the_head_of_an_item(cast: Cast, open_page: Open) -> None:
    soon = TODAY + timedelta(days=3)
    item = item_at(cast.here, deadline=soon, amount_at_risk="1234567.89", denied_amount="123456.78")
    usual = item_at(cast.here, deadline=soon, amount_at_risk="9876.54", denied_amount="9876.54")
    for each, charge in ((item, "1234567.89"), (usual, "9876.54")):
        paid = each.denial.remitted_claim
        with pgtrigger.ignore("denials.RemittedClaim:what_the_payer_said_of_a_claim"):
            type(paid).objects.filter(pk=paid.pk).update(charge=charge, paid="8765.43", medical_record="MR00012345")
    SmartPhrase.objects.create(
        key="status", name="What the payer says of a claim, and when to ask again", text="Asked."
    )
    long = item_at(cast.here, deadline=soon, amount_at_risk="950.00", claim__member_id="W" * 24, claim__number="R" * 30)
    for shown in (item, usual, long):
        page = open_page(cast.sam, f"/items/{shown.pk}/")
        for width in (1920, 1440, 1280, 1265, 1024, 768, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(CROSSED) == [], (shown.pk, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            if shown == usual:
                member = page.get_by_text(usual.claim.member_id)
                assert member.evaluate("each => each.getClientRects().length") == 1, "a short number stands in one line"


def test_a_name_without_a_break_stays_within_its_card(cast: Cast, open_page: Open) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternimaginary"
    item = item_at(cast.here, name, deadline=TODAY, claim__number="R" * 38)
    for path, holder in ((f"/items/{item.pk}/", ".who"), ("/items/", "tr:has(.c-name)")):
        page = open_page(cast.sam, path)
        for width in (1280, 768, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
            ends = page.evaluate(
                "([holder, name]) => [...document.querySelectorAll(`main ${holder}`)].filter(e => e.textContent"
                ".includes(name)).map(e => e.scrollWidth - e.clientWidth)",
                [holder, name],
            )
            assert ends
            assert max(ends) <= 1, (path, width)


def test_an_open_dialog_is_accessible(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, f"/items/{item.pk}/")
    for action in ("resolve", "postpone", "hand_over"):
        page.locator(f".dock [href*='/{action}/']").click()
        expect(page.locator("dialog[open] .primary")).to_be_visible()
        assert faults(page) == [], action
        page.keyboard.press("Escape")


def test_an_amount_shows_its_segment_when_it_is_asked(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, f"/items/{item.pk}/")
    page.get_by_role("link", name="source of the amount adjusted").click()
    expect(page.locator("dialog[open] .segment-text")).to_have_text("CAS*CO*197*here: 1450~")
    expect(page.locator("dialog[open] mark")).to_have_text("here: 1450")
    assert faults(page) == []


def test_without_script_an_amount_leads_to_a_page_of_its_own(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, f"/items/{item.pk}/", script=False)
    page.get_by_role("link", name="source of the amount adjusted").click()
    expect(page.locator("#segment-5 mark")).to_have_text("here: 1450")


def test_a_filter_swaps_the_list_and_back_brings_the_whole_page(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, "/")
    expect(page.locator("[data-open]")).to_have_count(2)
    page.get_by_label("At risk").first.select_option("over-10000")
    expect(page.locator("[data-open]")).to_have_count(1)
    assert "value=over-10000" in page.url
    expect(page.locator("nav.rail a[aria-current]")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-open]")).to_have_count(2)
    expect(page.locator("nav.rail a[aria-current]")).to_have_count(1)


def test_the_day_goes_by_keys_alone(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, "/")
    page.keyboard.press(".")
    page.wait_for_url("**/items/*/")
    page.keyboard.press("n")
    page.keyboard.type("Called, reference 5512.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Note added")
    page.keyboard.press("1")
    expect(page.locator("#panels .panel")).to_contain_text("Called, reference 5512.")


def test_a_manager_reassigns_ticked_rows_in_a_dialog(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.mara, "/items/")
    page.locator("[data-pick-page]").check()
    expect(page.locator(".dock [data-pick-count]")).to_have_text("2 selected · $21,450.00")
    page.keyboard.press("a")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("To").select_option(label="Sue Fictional")
    dialog.get_by_label("Why").fill("Cover for a week")
    dialog.get_by_role("button", name="Hand over").click()
    expect(page.locator("#toasts")).to_contain_text("Handed over: 2 items.")
    assert Activity.objects.filter(kind="hand_over", text="Cover for a week").count() == 2


def test_the_core_of_the_work_needs_no_javascript(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, "/", script=False)
    page.get_by_role("button", name="Next").click()
    page.locator("#note").get_by_label("Note", exact=True).fill("Called without script.")
    page.get_by_role("button", name="Add note").click()
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("#panels")).to_contain_text("Called without script.")
    page.get_by_role("link", name="Back to the item").click()
    page.get_by_role("link", name="Resolve").click()
    page.get_by_label("What was done").select_option("correction")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator("h2", has_text="Outcome")).to_be_visible()


def test_without_javascript_many_rows_are_postponed_on_a_page_of_its_own(
    cast: Cast, item: WorkItem, open_page: Open
) -> None:
    page = open_page(cast.sam, "/", script=False)
    page.locator("[data-pick]").first.check()
    page.get_by_role("button", name="Postpone").click()
    expect(page.locator("h1")).to_have_text("Postpone")
    page.get_by_label("Why", exact=True).fill("Record asked for")
    page.get_by_label("Why it may come back after").fill("The record comes later")
    page.get_by_role("button", name="Postpone").click()
    assert WorkItem.objects.filter(status="postponed").count() == 1


def test_whoever_postpones_many_hears_beforehand_how_many_days_would_be_too_late(cast: Cast, open_page: Open) -> None:
    for days in (10, 40):
        item_at(cast.here, deadline=TODAY + timedelta(days=days + 5), last_safe_on=TODAY + timedelta(days=days))
    page = open_page(cast.mara, "/items/")
    page.get_by_label("Select this page").check()
    page.keyboard.press("t")
    dialog = page.locator("#bulk-postpone")
    said = dialog.locator("[data-late-picked]")
    expect(said).to_have_text(re.compile(r"^Their earliest last safe day is \w+ \d+ \w+ \d+\.$"))
    dialog.get_by_label("In 14 business days").check()
    expect(said).to_contain_text("1 of the 2 selected would come back after the last safe day.")
    dialog.get_by_label("Or back on another day").fill((TODAY + timedelta(days=10)).isoformat())
    expect(said).not_to_contain_text("would come back")
    dialog.get_by_label("Or back on another day").fill((TODAY + timedelta(days=41)).isoformat())
    expect(said).to_contain_text("2 of the 2 selected would come back after the last safe day.")
    page.locator("[data-pick]").first.evaluate("box => box.click()")
    expect(said).to_contain_text("1 of the 1 selected would come back after the last safe day. Its last safe day is")
    assert faults(page) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_one_row_of_a_list_is_postponed_by_its_menu_and_ticks_come_back_when_nothing_was_done(
    cast: Cast, open_page: Open, size: str
) -> None:
    for number in ("RC-1", "RC-2"):
        item_at(cast.here, claim__number=number)
    page = open_page(cast.mara, "/items/", size=size)
    page.get_by_label("Select RC-1").check()
    opener = page.get_by_role("button", name="Actions for RC-2")
    opener.click()
    menu = page.locator("#row-acts")
    expect(page.get_by_label("Select RC-2")).to_be_checked()
    expect(page.get_by_label("Select RC-1")).not_to_be_checked()
    assert faults(page) == []
    menu.get_by_role("button", name="Postpone").click()
    dialog = page.locator("#bulk-postpone")
    expect(dialog.locator("[data-pick-count]")).to_contain_text("1 selected")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Select RC-1")).to_be_checked()
    expect(page.get_by_label("Select RC-2")).not_to_be_checked()
    expect(opener).to_be_focused()
    opener.click()
    menu.get_by_role("button", name="Postpone").click()
    dialog.get_by_label("Why", exact=True).fill("Record asked for")
    dialog.get_by_role("button", name="Postpone").click()
    expect(page.locator("#toasts")).to_contain_text("Postponed: 1 item")
    assert WorkItem.objects.get(status="postponed").claim.number == "RC-2"
    assert faults(page) == []


def test_what_asks_nothing_is_done_from_the_menu_of_a_row_at_once(cast: Cast, open_page: Open) -> None:
    item_at(cast.here, claim__number="RC-1")
    page = open_page(cast.sam, "/items/")
    page.get_by_role("button", name="Actions for RC-1").click()
    page.locator("#row-acts").get_by_role("button", name="Take").click()
    expect(page.locator("#toasts")).to_contain_text("Taken: 1 item")
    assert WorkItem.objects.get().assignee == cast.sam


def test_a_key_is_for_the_row_that_has_the_focus_while_none_is_ticked(cast: Cast, open_page: Open) -> None:
    for number in ("RC-1", "RC-2"):
        item_at(cast.here, claim__number=number)
    page = open_page(cast.mara, "/items/")
    page.keyboard.press("a")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("[data-open]").nth(1).focus()
    page.keyboard.press("a")
    expect(page.locator("#bulk-hand_over [data-pick-count]")).to_contain_text("1 selected")
    page.keyboard.press("Escape")
    expect(page.locator("[data-pick]:checked")).to_have_count(0)
    expect(page.locator("[data-open]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("t")
    dialog = page.locator("#bulk-postpone")
    dialog.get_by_label("Why", exact=True).fill("Record asked for")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Postponed: 1 item")
    assert faults(page) == []


def test_a_list_with_one_more_column_fits_a_tablet_and_with_many_scrolls_by_itself(cast: Cast, open_page: Open) -> None:
    item_at(cast.here, last="Hypothetical", amount_at_risk=12345)
    page = open_page(cast.mara, "/items/?columns=due,money,name,queue,owner,why", size="tablet")
    room = "form => [form.scrollWidth, form.clientWidth]"
    sheet = page.get_by_role("form", name="All items")
    needed, given = sheet.evaluate(room)
    assert needed == given
    page.goto("/items/?columns=due,money,name,queue,owner,why,category,facility,denied,expected,service,member")
    needed, given = sheet.evaluate(room)
    assert needed > given
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet.focus()
    page.keyboard.press("ArrowRight")
    expect(sheet).not_to_have_js_property("scrollLeft", 0)
    expect(page.get_by_role("button", name="Actions for")).to_be_in_viewport(ratio=1)
    assert faults(page) == []


def test_what_a_sheet_is_brought_in_by_stands_on_one_line(cast: Cast, open_page: Open) -> None:
    page = open_page(cast.mara, "/remittances/sheets/")
    rows_are, file = (page.get_by_label(label).bounding_box() for label in ("Its rows are", "File with the sheet"))
    assert rows_are
    assert file
    assert rows_are["y"] == file["y"]


def test_the_same_postponement_for_items_like_one_counts_late_days_as_rows_are_ticked(
    cast: Cast, open_page: Open
) -> None:
    payer = PayerFactory.create()
    base, *_ = (
        item_at(cast.here, claim__payer=payer, deadline=TODAY + timedelta(days=60), last_safe_on=day)
        for day in (TODAY + timedelta(days=days) for days in (50, 2, 40))
    )
    sent = {"days": "3", "because": "Record asked for", "version": base.version}
    signed_in(cast.sam).post(f"/items/{base.pk}/postpone/", sent)
    address = f"/items/{base.pk}/alike/?act={BulkAct.objects.get().pk}"
    unscripted = open_page(cast.sam, address, script=False).locator("[data-late-picked]").inner_text()
    page = open_page(cast.sam, address)
    said = page.locator("[data-late-picked]")
    expect(said).to_contain_text("1 of the 2 selected would come back after the last safe day. Their earliest")
    expect(said).to_have_text(unscripted)
    expect(page.get_by_role("cell").filter(has_text="Last safe day")).to_have_count(1)
    page.locator("[data-pick]").first.uncheck()
    expect(said).to_have_text(re.compile(r"^Its last safe day is \w+ \d+ \w+ \d+\.$"))
    assert faults(page) == []


def test_twelve_items_are_worked_by_keys_alone(cast: Cast, open_page: Open) -> None:
    """Opened from a list by J and Enter; each done sends to the next; the last undone; back at the row of the list."""
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    days = range(13)
    items = [item_at(cast.here, queue=queue, deadline=TODAY + timedelta(days=each), rank_key=each) for each in days]
    User.objects.filter(pk=cast.sam.pk).update(keys={"e": "h", "h": "e"})
    page = open_page(cast.sam, "/queues/prior_auth/")
    press = page.keyboard.press
    press("j")
    press("Enter")
    for number in range(12):
        page.wait_for_url(f"**/items/{items[number].pk}/*")
        expect(page.get_by_text(f"1 of {13 - number}")).to_be_visible()
        expect(page.locator(".dock kbd", has_text="H")).to_be_visible()
        if number == 3:
            expect(page.locator("body")).to_have_js_property("scrollTop", 0)
            press("2")
            expect(page.locator("#panels nav [aria-current] >> nth=0")).to_contain_text("2")
        press("h")
        page.wait_for_selector("dialog#resolve[open]")
        if number == 0:
            assert faults(page) == []
        press("c")  # chooses "Corrected claim" in the focused list
        for _ in range(8):
            press("Tab")
            if page.evaluate("document.activeElement.type === 'radio'"):
                break
        press("ArrowDown")  # from "Yes" to "No", could it have been prevented
        expect(page.locator("dialog[open]").get_by_label("No", exact=True)).to_be_checked()
        press("Control+Enter")
    page.wait_for_url(f"**/items/{items[12].pk}/*")
    assert WorkItem.objects.filter(status="resolved", resolved_by=cast.sam).count() == 12
    press("z")
    page.wait_for_url(f"**/items/{items[11].pk}/*")
    expect(page.locator("#toasts")).to_contain_text("Undone")
    assert faults(page) == []
    page.goto("/queues/prior_auth/")
    press("j")
    press("j")
    press("Enter")
    page.wait_for_url(f"**/items/{items[12].pk}/*")
    press("k")
    page.wait_for_url(f"**/items/{items[11].pk}/*")
    press("b")
    page.wait_for_url(f"**/queues/prior_auth/#item-{items[11].pk}")
    expect(page.locator(f"#item-{items[11].pk}")).to_be_focused()


def test_the_filters_open_by_their_key_and_escape_closes_them_again(
    open_page: Open, item: WorkItem, cast: Cast
) -> None:
    page = open_page(cast.sam, "/items/")
    page.keyboard.press("f")
    menu = page.locator("details[data-menu]", has_text="Filter").locator(".menu-body")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("select, input").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_a_name_typed_right_after_the_key_of_the_search_is_searched_for_and_presses_nothing(
    cast: Cast, item: WorkItem, open_page: Open
) -> None:
    """Its first letter is the key that drafts an appeal."""
    page = open_page(cast.sam, f"/items/{item.pk}/")
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("Placeholder")
    expect(page.locator("#search input[type=search]")).to_have_value("Placeholder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/?search=*")
    expect(page.get_by_role("searchbox")).to_have_value("Placeholder")
    assert not Appeal.objects.exists()


def test_keys_do_nothing_to_a_page_that_is_being_left(cast: Cast, item: WorkItem, open_page: Open) -> None:
    page = open_page(cast.sam, f"/items/{item.pk}/")
    page.wait_for_load_state()
    page.route("**/queues/", answer_with_nothing)
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.keyboard.press("t")
    page.wait_for_timeout(600)
    expect(page.locator("dialog[open]")).to_have_count(0)


def answer_with_nothing(route: Route) -> None:
    """So that the page stays, and shows what the keys did to it."""
    route.fulfill(status=204)


def test_a_group_of_a_list_is_opened_and_left_by_keys(open_page: Open, item: WorkItem, cast: Cast) -> None:
    page = open_page(cast.sam, "/items/")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Groups of All items")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text("1 open")
    expect(page.get_by_text(f"Codes {item.reason}")).to_be_visible()
    page.go_back()
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="All items", exact=True)).to_be_visible()


def test_a_key_right_after_escape_out_of_a_field_of_a_dialog_is_heard(
    cast: Cast, item: WorkItem, open_page: Open
) -> None:
    page = open_page(cast.sam, f"/items/{item.pk}/")
    for _ in range(8):  # it was lost about every second time
        page.keyboard.press("e")
        expect(page.locator("#resolve select").first).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        expect(page.locator("dialog#postpone[open]")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("is_pinned", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 450)])
def test_the_first_screen_of_a_phone_and_of_200_percent_holds_the_next_action(
    cast: Cast, item: WorkItem, open_page: Open, theme: str, width: int, height: int, *, is_pinned: bool
) -> None:
    if is_pinned:
        for words in ("Ask for Lee first.", PINNED):
            work.note([item.pk], cast.sam, text=words)
            note = item.activities.filter(kind="note").latest("pk").pk
            writing.pin(item.pk, cast.sam, note=note, is_pinned=True)
    page = open_page(cast.sam, f"/items/{item.pk}/", theme=theme)
    page.set_viewport_size({"width": width, "height": height})
    bottom = page.locator(".dock").evaluate("dock => dock.getBoundingClientRect().top")
    for each in (
        page.locator("h1"),
        page.locator(".who .big").first,
        page.locator(".bar .left"),
        page.locator(".next .lead"),
        *([page.get_by_text(PINNED.splitlines()[0]).first] if is_pinned else []),
    ):
        box = each.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= bottom, each
