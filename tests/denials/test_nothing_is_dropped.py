"""Whatever codes and payers a remittance names, nothing that it denies is dropped and no dollar changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.db.models import Q, Sum

from config import pipeline
from denials import dictionary, intake, time_limits
from denials.domain.classify import conclude
from denials.domain.payments import PaymentReader
from denials.models import Adjustment, Denial, HeldUp, Remittance, RemittanceFile, RemittedClaim
from tests.denials.recorded import kept_of, received, said_in
from worklists import defaults

pytestmark = pytest.mark.django_db
SAMPLES = sorted((Path(__file__).parents[1] / "samples").rglob("*.835"))
ZERO = Decimal(0)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
Mutate = Callable[[list[str], Random], None]


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


def unheard_of(random: Random, length: int) -> str:
    """A code with two letters and a 7, such as no list holds."""
    return "".join(random.choices(LETTERS, k=length - 1)) + "7"


def reason_code(elements: list[str], random: Random) -> None:
    if elements[0] == "CAS":
        for at in range(2, len(elements), 3):
            elements[at] = unheard_of(random, 3)


def group_code(elements: list[str], random: Random) -> None:
    if elements[0] == "CAS":
        elements[1] = unheard_of(random, 2)


def remark_code(elements: list[str], random: Random) -> None:
    if elements[0] == "LQ" and elements[1] == "HE":
        elements[2] = unheard_of(random, 5)
    if elements[0] == "MOA":
        elements[3:] = [unheard_of(random, 5) for _ in elements[3:]]


def claim_status(elements: list[str], random: Random) -> None:
    if elements[0] == "CLP":
        elements[2] = unheard_of(random, 2)


def payer(elements: list[str], random: Random) -> None:
    if elements[0] == "N1" and elements[1] == "PR":
        elements[2:] = [f"NOBODY KNOWS {unheard_of(random, 6)}"]
    if elements[0] == "REF" and elements[1] == "2U":
        elements[2] = unheard_of(random, 8)


def mutated(content: bytes, mutations: tuple[Mutate, ...], random: Random, share: float) -> bytes:
    """The file with these mutations, each on about this share of its segments."""
    segments = [segment.split("*") for segment in content.decode("latin-1").split("~")]
    for elements in segments:
        bare = [elements[0].strip(), *elements[1:]]
        for mutate in mutations:
            if random.random() < share:
                mutate(bare, random)
        elements[1:] = bare[1:]
    return "~".join("*".join(elements) for elements in segments).encode("latin-1")


def denied_in(content: bytes) -> set[tuple[int, int]]:
    """Transaction and position of each claim payment that denies something, as the file was before the mutation."""
    entries = dictionary.current()
    return {
        (claim.transaction, claim.position)
        for payment in PaymentReader(io.BytesIO(content))
        for claim in payment.claims()
        if conclude(claim, entries, payer_key="", payer_kind="").is_denial
    }


def in_sight(file: RemittanceFile) -> set[tuple[int, int]]:
    """The claim payments that have a conclusion, or that an exception holds up."""
    concluded = Denial.objects.filter(remitted_claim__remittance__file=file).values("remitted_claim")
    held = HeldUp.objects.filter(state=HeldUp.State.HELD, remittance__file=file)
    rows = RemittedClaim.objects.filter(remittance__file=file).filter(
        Q(pk__in=concluded)
        | Q(pk__in=held.filter(remitted_claim__isnull=False).values("remitted_claim"))
        | Q(remittance__state=Remittance.State.HELD, remittance__in=held.values("remittance"))
    )
    return set(rows.values_list("remittance__transaction", "position"))


def dollars_in(content: bytes) -> dict[str, Decimal]:
    """Charged, paid and adjusted in the file."""
    told = [claim for payment in PaymentReader(io.BytesIO(content)) for claim in payment.claims()]
    parts = [part for claim in told for part in (claim.adjustments, *(line.adjustments for line in claim.lines))]
    return {
        "charge": sum((claim.charge or ZERO for claim in told), ZERO),
        "paid": sum((claim.paid or ZERO for claim in told), ZERO),
        "adjusted": sum((each.amount or ZERO for part in parts for each in part), ZERO),
    }


def dollars_of(file: RemittanceFile) -> dict[str, Decimal]:
    """The same in our rows."""
    claims = RemittedClaim.objects.filter(remittance__file=file)
    sums = claims.aggregate(charge=Sum("charge"), paid=Sum("paid"))
    adjusted = Adjustment.objects.filter(remitted_claim__in=claims).aggregate(adjusted=Sum("amount"))
    return {name: total or ZERO for name, total in {**sums, **adjusted}.items()}


@pytest.mark.parametrize("mutate", [reason_code, group_code, remark_code, claim_status, payer])
def test_no_unknown_code_or_payer_drops_a_denial_or_a_dollar(mutate: Mutate) -> None:
    random = Random(f"835 {mutate.__name__}")
    for sample in random.sample(SAMPLES, 12):
        nothing_is_dropped(sample, (mutate,), random)


def test_nothing_is_dropped_where_nothing_is_known() -> None:
    random = Random(835)
    for sample in SAMPLES:
        nothing_is_dropped(sample, (reason_code, group_code, remark_code, claim_status, payer), random)


def nothing_is_dropped(sample: Path, mutations: tuple[Mutate, ...], random: Random) -> None:
    content = sample.read_bytes()
    strange = mutated(content, mutations, random, share=0.7)
    file = received(strange, sample.name)
    pipeline.run(intake.confirm(file, None).pk)
    file.refresh_from_db()
    assert file.state == RemittanceFile.State.RECORDED, sample.name
    assert not file.remittances.exclude(state__in=[Remittance.State.SETTLED, Remittance.State.HELD]).exists()
    assert denied_in(content) <= in_sight(file), sample.name
    assert kept_of(file) == said_in(strange), sample.name
    assert dollars_of(file) == dollars_in(strange), sample.name
