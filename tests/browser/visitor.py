"""Somebody at a browser who looks each page over: for everybody, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, expect

PASSWORD = "only-for-tests-2026"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(e => `<${e.localName} class="${e.className}">`)
    : []"""
ONLY_FAULTS = {"resultTypes": ["violations"]}
"""Describing what is right as well takes axe longer than finding what is wrong."""
ONLY_COLOURS = {**ONLY_FAULTS, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What a second look in the other theme can find: all else is the same page."""
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < 1000)
    .map(each => each.finished.catch(() => null)))"""
"""What moves has come to rest. A toast, which leaves after some seconds, is looked over while it is there."""


class Visitor:
    """One person's browser. What is wrong with a page is kept as trouble, for one assertion at the end."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.trouble: list[str] = []
        self.addresses: list[str] = []
        self.titles: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.trouble.append(f"{page.url}: {error}"))
        page.on("dialog", self._meet)
        page.on("request", lambda request: self.addresses.append(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(f"{self.page.url}: {message.text}")

    def _meet(self, dialog: Dialog) -> None:
        self.trouble.append(f"{self.page.url}: a dialog said {dialog.message}")
        dialog.accept()

    def sign_in(self, username: str) -> None:
        self.go("/accounts/login/")
        self.sign_in_here(username)

    def sign_in_here(self, username: str) -> None:
        """On the page for signing in, wherever it leads afterwards."""
        self.page.get_by_label("User name or email").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator("#rail")).to_be_attached()
        self.page.wait_for_load_state()  # before that no key is heard

    def go(self, address: str) -> None:
        response = self.page.goto(address)
        assert response is not None
        assert response.ok, f"{address} answered {response.status}"

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self._await_answer()

    def open_dialog(self, name: str) -> Locator:
        """Presses what opens a dialog, and gives the dialog."""
        self.page.get_by_role("link", name=name).first.click()
        dialog = self.page.locator("dialog[open]")
        expect(dialog).to_be_visible()
        return dialog

    def look_over(self, *, on_a_phone: bool = True) -> None:
        """Notes as trouble where the page as it stands shuts somebody out, or runs over the edge of a phone."""
        self._await_answer()
        self.titles.append(self.page.title())
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self._note_barriers("in light", ONLY_FAULTS)
        self.page.emulate_media(color_scheme="dark")
        self._note_barriers("in dark", ONLY_COLOURS)
        if on_a_phone:
            self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            if too_wide := self.page.evaluate(TOO_WIDE):
                self.trouble.append(f"{self.page.url} is wider than a phone: {too_wide}")
            self.page.set_viewport_size(DESK)  # type: ignore[arg-type]

    def _await_answer(self) -> None:
        """A click waits only until the next page begins, and not at all for a form that first asks whether it would
        arrive (static/js/kept.js).
        """
        expect(self.page.locator("form[data-sent]")).to_have_count(0, timeout=30_000)
        self.page.wait_for_load_state()

    def _note_barriers(self, how: str, options: dict[str, Any]) -> None:
        self.page.evaluate(SETTLED)
        found = barriers(self.page, options)
        if found.violations_count:
            self.trouble.append(f"{self.page.url} {how}:\n{found.generate_report()}")


def barriers(page: Page, options: dict[str, Any] = ONLY_FAULTS) -> AxeResults:
    """What axe finds on a page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate("options => axe.run(options)", options))
