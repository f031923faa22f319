"""Which payer and facility a remittance means, and that strangers are never taken for one another."""

from __future__ import annotations

import io

import pytest

from denials import payer_matching
from denials.domain.facts import RemittanceHeader
from denials.domain.payments import PaymentReader
from denials.models import Payer, PayerIdentifier
from tests.denials.recorded import recorded
from tests.factories import FacilityFactory, PayerFactory
from tests.remittance_text import Payment, file_of

pytestmark = pytest.mark.django_db
ORIGINATOR = "1999999999"


def header(payee: str = "", **said: str) -> RemittanceHeader:
    content = file_of(Payment(**said))  # type: ignore[arg-type]
    if payee:
        content = content.replace(b"N1*PE*HERE CLINIC*XX*1000000001", payee.encode())
    return next(iter(PaymentReader(io.BytesIO(content)))).header


def known(value: str, kind: str = PayerIdentifier.Kind.NAME) -> Payer:
    payer = PayerFactory.create()
    PayerIdentifier.objects.create(payer=payer, kind=kind, value=value)
    return payer


def test_a_payer_is_known_by_its_id_whatever_it_calls_itself() -> None:
    payer = known("60001", PayerIdentifier.Kind.PAYER_ID)

    assert payer_matching.identify(header(payer="ANOTHER NAME")) == payer


def test_the_id_goes_before_the_name() -> None:
    known("FICTIONAL HEALTH")
    by_id = known("60001", PayerIdentifier.Kind.PAYER_ID)

    assert payer_matching.identify(header()) == by_id


def test_a_name_is_compared_without_case_and_extra_spaces() -> None:
    payer = known("FICTIONAL HEALTH")

    assert payer_matching.identify(header(payer="  Fictional   health ", payer_id="60002")) == payer


def test_a_payer_never_seen_is_added_unconfirmed_and_known_from_then_on() -> None:
    payer = payer_matching.identify(header())

    assert (payer.name, payer.key, payer.is_confirmed) == ("FICTIONAL HEALTH", "fictional_health", False)
    assert payer.kind == Payer.Kind.UNKNOWN
    assert payer_matching.identify(header(payer="RENAMED")) == payer
    assert payer_matching.identify(header(payer_id="60009")) == payer


def test_two_payers_of_like_names_get_keys_of_their_own() -> None:
    keys = [payer_matching.identify(header(payer=f"FICTIONAL{sign}HEALTH", payer_id=sign)).key for sign in "-/+"]

    assert len(set(keys)) == 3


def test_payers_that_share_one_originator_stay_apart() -> None:
    one = payer_matching.identify(header(payer="PLAN ONE", payer_id=ORIGINATOR))
    other = payer_matching.identify(header(payer="PLAN TWO", payer_id=ORIGINATOR))

    assert one != other


def test_an_originator_that_an_admin_registered_names_its_payer() -> None:
    payer = known(ORIGINATOR, PayerIdentifier.Kind.PAYER_ID)

    assert payer_matching.identify(header(payer="PLAN ONE", payer_id=ORIGINATOR)) == payer


def test_payers_without_a_name_are_told_apart_by_their_ids() -> None:
    one, other = (payer_matching.identify(header(payer="", payer_id=number)) for number in ("60001", "60002"))

    assert one != other
    assert one.name == "Payer not named 60001"


def said(*segments: str, payer: str = "FICTIONAL HEALTH", sender: str = "EXPAYER") -> RemittanceHeader:
    """A header with these segments of the payer in place of its N1*PR with an id."""
    content = file_of(Payment(payer=payer)).replace(b"*XV*60001~\n", "~\n".join(["", *segments, ""]).encode())
    content = content.replace(f"ZZ*{'EXPAYER':15}".encode(), f"30*{sender:15}".encode())
    return next(iter(PaymentReader(io.BytesIO(content)))).header


@pytest.mark.parametrize(
    ("kind", "value", "segment"),
    [("payer_id", "60054", "REF*2U*60054"), ("reference", "NF 12345", "REF*NF*12345"),
     ("reference", "HI H99", "REF*HI*h99"), ("reference", "EO E7", "REF*EO*E7")],
)  # fmt: skip
def test_a_payer_is_known_by_the_references_after_its_name(kind: str, value: str, segment: str) -> None:
    payer = known(value, kind)

    assert payer_matching.find(said(segment)) == payer


def test_what_is_surer_decides_though_what_is_less_sure_says_another() -> None:
    values = {"payer_id": "60054", "reference": "NF 12345", "name": "FICTIONAL HEALTH", "originator": ORIGINATOR}
    payers = [known(value, kind) for kind, value in values.items()]

    assert payer_matching.find(said("REF*2U*60054", "REF*NF*12345")) == payers[0]
    assert payer_matching.find(said("REF*NF*12345")) == payers[1]
    assert payer_matching.find(said()) == payers[2]
    assert payer_matching.find(said(payer="NEVER SEEN")) == payers[3]


def test_a_sender_decides_only_where_the_file_names_no_payer_and_it_sends_for_one() -> None:
    first = known("30 CLEARING EXAMPLE", PayerIdentifier.Kind.SENDER)

    assert payer_matching.find(said(payer="NEVER SEEN", sender="CLEARING EXAMPLE")) is None
    assert payer_matching.find(said(payer="", sender="CLEARING EXAMPLE")) == first
    assert payer_matching.find(said(payer="", sender="EXPAYER")) is None

    known("30 CLEARING EXAMPLE", PayerIdentifier.Kind.SENDER)
    assert payer_matching.find(said(payer="", sender="CLEARING EXAMPLE")) is None


def test_a_sender_of_the_group_that_sends_for_one_payer_names_it() -> None:
    payer = known("EXPAYER", PayerIdentifier.Kind.GROUP_SENDER)

    assert payer_matching.find(said(payer="")) == payer


def test_what_fits_two_payers_is_decided_by_what_is_less_sure() -> None:
    one, other = known("60054", PayerIdentifier.Kind.PAYER_ID), known("60055", PayerIdentifier.Kind.PAYER_ID)
    other.identifiers.create(kind="isa_sender", value="30 CLEARING EXAMPLE")
    doubtful = said("REF*2U*60054", payer="NEVER SEEN", sender="CLEARING EXAMPLE")
    doubtful.payer_number = "60055"

    matched = payer_matching.match(doubtful)

    assert one != other == matched.payer
    assert matched.because == "By ISA06 30 CLEARING EXAMPLE, for N104 60055 and REF*2U 60054 fits several."


def ambiguous(trace: str = "TRACE1") -> bytes:
    """Its N104 belongs to one payer, its REF*2U to another."""
    content = file_of(Payment(payer="NEVER SEEN", trace=trace, payer_id="60054"))
    return content.replace(b"XV*60054~\n", b"XV*60054~\nREF*2U*60055~\n").replace(b"SE*13*", b"SE*14*")


def test_a_payment_that_two_payers_fit_stands_under_a_payer_of_its_own_and_says_so() -> None:
    rivals = {known("60054", PayerIdentifier.Kind.PAYER_ID), known("60055", PayerIdentifier.Kind.PAYER_ID)}

    first, second = recorded(ambiguous("TRACE1")), recorded(ambiguous("TRACE2"))

    payer = first.remittances.get().payer
    assert payer not in rivals
    assert not payer.is_confirmed
    assert set(payer.candidates.all()) == rivals
    assert second.remittances.get().payer == payer
    finding = first.findings.get(code="ambiguous_payer")
    assert all(rival.name in finding.message for rival in rivals)
    assert not first.findings.filter(code="new_payer").exists()


def test_a_payment_is_recorded_under_the_payer_that_its_own_was_merged_into() -> None:
    stays, gone = known("OTHER NAME"), known("FICTIONAL HEALTH")
    gone.merged_into = stays
    gone.save()

    assert recorded(file_of(Payment())).remittances.get().payer == stays


def test_a_facility_is_known_by_the_npi_it_is_paid_under() -> None:
    facility = FacilityFactory.create(npi="1000000001")

    assert payer_matching.place(header()) == facility


def test_a_facility_without_npi_is_known_by_a_tax_id_that_only_it_has() -> None:
    facility = FacilityFactory.create(tax_id="123456789")

    assert payer_matching.place(header("N1*PE*HERE CLINIC*FI*123456789")) == facility


def test_a_tax_id_that_two_facilities_share_names_neither() -> None:
    shared = [FacilityFactory.create(tax_id="123456789") for _ in range(2)]

    facility = payer_matching.place(header("N1*PE*HERE CLINIC*FI*123456789"))

    assert facility not in shared
    assert not facility.is_confirmed
    assert payer_matching.place(header("N1*PE*HERE CLINIC*FI*123456789")) == facility


def test_a_facility_never_seen_is_added_unconfirmed_once() -> None:
    facility = payer_matching.place(header(npi="1000000009"))

    assert (facility.name, facility.npi, facility.is_confirmed) == ("HERE CLINIC", "1000000009", False)
    assert payer_matching.place(header(npi="1000000009")) == facility


def test_a_payee_without_any_id_is_known_by_its_name() -> None:
    one = payer_matching.place(header("N1*PE*HERE CLINIC"))

    assert payer_matching.place(header("N1*PE*Here  clinic")) == one
    assert payer_matching.place(header("N1*PE*THERE CLINIC")) != one
