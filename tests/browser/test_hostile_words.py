"""Scripts in a payer's file, in notes and in names stay words in a real browser: nothing runs, nothing is added."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.security.addresses import address_of
from tests.security.site import HERE, THERE, Site, own
from tests.security.test_hostile_input import SCRIPTS, pages_about, poisoned

pytestmark = pytest.mark.browser
PAGES = (
    *("all_items", "board", "watch", "intake", "rules", "rules_edit", "facilities", "queues_admin_edit"),
    *("letter_templates", "letter_templates_edit", "appeals", "people_edit"),
)
ADDED = """() => [...document.querySelectorAll("script:not([src]), img[src='x'], [onerror], [onload], [onclick]")]
    .map(each => each.outerHTML)"""


def test_no_script_out_of_a_file_runs(sign_in: SignIn, staff: Cast) -> None:
    here, there = own(HERE, staff.here, staff.sam, 1), own(THERE, staff.there, staff.otto, 2)
    site = Site(cast=staff, mo=staff.mara, al=staff.ada, here=here, there=there)
    file = poisoned(site, SCRIPTS[1])
    administrator = sign_in("ada")
    addresses = [*islice(pages_about(site, file), 6), *(address_of(name, site) for name in PAGES)]
    for address in addresses:
        administrator.go(address)
        assert administrator.page.evaluate(ADDED) == [], address
    assert administrator.trouble == []
