"""Phrases with blanks, the days that are offered, and what a contact left in words."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from denials.domain.days import is_business_day
from worklists.domain import contact_words, ticklers
from worklists.domain.phrases import blanks, fill, missing

STATUS = "Called {payer} {phone}, spoke to {rep}, ref {ref}. Claim {state}. Expected {date}."
VALUES = st.dictionaries(st.sampled_from(["payer", "phone", "rep", "ref", "state", "date"]), st.text(max_size=20))


def test_a_phrase_names_its_blanks_once_and_in_order() -> None:
    assert blanks(STATUS) == ["payer", "phone", "rep", "ref", "state", "date"]
    assert blanks("{A} and {a}, {} and {1x} and { b }") == ["a"]


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill("Spoke to {rep}, ref {ref}", {"rep": "{ref}", "ref": "7"}) == "Spoke to {ref}, ref 7"
    assert missing("Spoke to {rep}, ref {ref}", {"rep": "{ref}", "ref": " "}) == ["ref"]


@given(VALUES)
def test_nothing_is_missing_exactly_when_every_blank_has_a_value(values: dict[str, str]) -> None:
    lacking = missing(STATUS, values)
    assert set(lacking) == {name for name in blanks(STATUS) if not values.get(name, "").strip()}
    filled = fill(STATUS, dict.fromkeys(blanks(STATUS), "x") | {name: "{" + name + "}" for name in lacking})
    assert missing(filled, {}) == lacking


def test_days_are_written_out_and_say_when_they_come_too_late() -> None:
    friday = date(2026, 11, 20)
    offered = ticklers.offers(friday, last_safe=date(2026, 12, 1))
    assert [offer.days for offer in offered] == [3, 5, 14, 21]
    assert offered[0].words == "In 3 business days: Wednesday 25 November 2026"
    assert offered[1].day == date(2026, 11, 30), "Thanksgiving is no business day"
    assert offered[2].words == "In 14 business days: Friday 11 December 2026, after the last safe day"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_only_business_days_are_offered_and_each_later_than_the_one_before(today: date) -> None:
    days = [offer.day for offer in ticklers.offers(today)]
    assert all(is_business_day(day) for day in days)
    assert today < days[0] < days[1] < days[2] < days[3]


def test_a_contact_reads_as_one_sentence() -> None:
    contact = {"spoke_to": "Pat", "reference": "R-77", "promised_on": "2026-12-03", "hold_minutes": 12}
    assert (
        contact_words.in_words(contact) == "Spoke to Pat, reference R-77, promised by 3 Dec 2026, 12 minutes on hold."
    )
    assert contact_words.in_words({}) == ""
    assert contact_words.headline({"channel": "fax"}) == "Fax"
    assert contact_words.headline({"until": "2026-12-03"}) == ""
