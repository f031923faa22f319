"""How the reasons behind a deadline are sorted for reading."""

from __future__ import annotations

from denials.models import Denial
from worklists.limits import limit_of

LINES = [
    "Assumed: no sure limit is known for uhc. Check the contract and enter its rule.",
    "Site default (DEF-L1): 60 calendar days from the payment date, 25 Sep 2026. The last day is 24 Nov 2026.",
    "Source: site policy; verified: no date given; confidence: low.",
    "Claim dispute (UHC-L1) would allow until 29 Nov 2026; the earliest is used.",
]


def test_the_name_of_the_rule_its_count_its_source_and_its_confidence_stand_apart() -> None:
    limit = limit_of(Denial(deadline_rule="DEF-L1", deadline_because="\n".join(LINES)))
    assert limit.name == "Site default"
    assert limit.notes == [
        "60 calendar days from the payment date, 25 Sep 2026.",
        "Source: site policy.",
        "Verified: no date given.",
        "Confidence: low.",
    ]
    assert limit.others == ["Claim dispute (UHC-L1) would allow until 29 Nov 2026; the earliest is used."]


def test_a_reason_in_other_words_is_shown_as_it_is() -> None:
    limit = limit_of(Denial(deadline_because="180 days from the decision."))
    assert (limit.name, limit.notes, limit.others) == ("", ["180 days from the decision."], [])
