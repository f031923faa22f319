"""A site ready to import, and one sizeable file to import into it."""

from __future__ import annotations

import pytest

from denials import dictionary, time_limits
from denials.models import RemittanceFile
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from worklists import defaults

PAYMENTS = 12
CLAIMS = 120


@pytest.fixture
def site(transactional_db: None) -> None:
    """Codes, time limits, queues and rules, committed, so that other processes see them."""
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


@pytest.fixture
def sizeable(site: None) -> tuple[RemittanceFile, bytes]:
    """A received file of many payments: every second claim is denied in part."""
    payments = [
        Payment(
            tuple(
                Claim(f"RC-{trace}-{n}", "100.00", "60.00" if n % 2 else "100.00", payer_number=f"P{trace}-{n}")
                for n in range(CLAIMS)
            ),
            trace=f"TRACE{trace}",
        )
        for trace in range(PAYMENTS)
    ]
    content = file_of(*payments)
    return received(content), content
