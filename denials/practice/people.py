"""Who is in the made-up practice: facilities, clinicians, payers and patients.

Nobody here exists. Names are words that say so; NPIs pass the check digit but lie below the first number ever
issued; tax ids start with 00 and ZIP codes are 00000, which nobody has; telephone numbers are from the 555-01xx range.
Payers carry the key of their rules in the payer rule table and a name that says "example".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from random import Random

LAST_NAMES = (
    *("Fictional", "Sample", "Example", "Placeholder", "Invented", "Imaginary", "Madeup", "Specimen", "Pretend"),
    *("Nobody", "Dummy", "Mockup", "Testcase", "Notreal", "Makebelieve", "Hypothetical", "Fabricated", "Synthetic"),
    *("Demo", "Storybook", "Fable", "Phantom", "Template", "Unreal"),
)
FIRST_NAMES = (
    *("Ada", "Boris", "Cleo", "Dov", "Elif", "Finn", "Gus", "Hal", "Ines", "Jun", "Kai", "Lena", "Milo", "Nora"),
    *("Otis", "Pia", "Quinn", "Rae", "Sven", "Tova", "Uri", "Vera", "Wes", "Xena", "Yuri", "Zoe", "Amos", "Bea"),
    *("Cyrus", "Dara", "Ezra", "Fay", "Gil", "Hope", "Ivo", "Jade", "Knut", "Liv", "Mona", "Nils"),
)


def fictional_npi(serial: int) -> str:
    """A ten digit number from 1000000000 to 1000999999 with the check digit that NPIs carry (Luhn over 80840...)."""
    stem = f"1000{serial:05d}"
    total = 24
    for place, digit in enumerate(reversed(stem)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{stem}{-total % 10}"


@dataclass(frozen=True, slots=True)
class Clinician:
    """A rendering provider."""

    last: str
    first: str
    npi: str


@dataclass(frozen=True, slots=True)
class Facility:
    """One site of the practice, paid under its own NPI."""

    key: str
    name: str
    specialty: str
    prefix: str
    """Starts its claim numbers; the front desk's number follows."""
    npi: str
    tax_id: str
    address: str
    phone: str
    place: str
    """CLP08: place of service."""
    weight: int
    """Its share of the practice's claims."""
    clinicians: tuple[Clinician, ...]
    desks: int = 2


@dataclass(frozen=True, slots=True)
class Payer:
    """Who answers claims, and how: prices, cost share, rhythm of payments."""

    key: str
    name: str
    payer_id: str
    product: str
    jurisdiction: str
    filing_code: str
    """CLP06."""
    prefix: str
    """Starts its claim control numbers."""
    weight: int
    rate: Decimal
    """Allowed amount as part of the charge."""
    coinsurance: Decimal
    copay: Decimal
    every: int
    """Days between two payments."""
    newest: int
    """Age in days of its last payment."""
    turnaround: tuple[int, int]
    """Days from receipt to payment, at least and at most."""
    known: bool = True
    """False: the practice has no record of this payer yet."""
    sequestration: bool = False
    writes_down: bool = False
    """Denies only the allowed part and writes the rest down with CO-45."""

    @property
    def address(self) -> str:
        return f"PO BOX {100 + sum(map(ord, self.prefix))}, SAMPLETOWN, {_STATES.get(self.jurisdiction, 'TX')} 00000"

    @property
    def originator(self) -> str:
        """TRN03: 1 and a tax id that nobody has, made of the prefix's places in the alphabet."""
        return "1000" + "".join(f"{ord(letter) - 64:02d}" for letter in self.prefix)

    @property
    def appeals_address(self) -> str:
        return f"{self.name} Appeals (fictional), {self.address}"

    @property
    def appeals_fax(self) -> str:
        return f"800-555-01{sum(map(ord, self.prefix)) % 100:02d}"

    @property
    def portal(self) -> str:
        return f"https://{self.key.replace('_', '-')}.payer.example/appeals"


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient of one facility with one plan."""

    last: str
    first: str
    member_id: str
    record: str
    """Medical record number."""
    facility: Facility
    payer: Payer
    desk: int


_STATES = {"GA": "GA", "TX": "TX"}


def _clinicians(first_serial: int, *names: tuple[str, str]) -> tuple[Clinician, ...]:
    return tuple(Clinician(last, first, fictional_npi(first_serial + at)) for at, (last, first) in enumerate(names))


FACILITIES = (
    Facility(
        *("imaging", "Fictional Imaging Center", "radiology", "IMG", fictional_npi(101), "000000101"),
        *("101 Fictional Way, Sampletown, TX 00000", "800-555-0101", "22", 28),
        _clinicians(201, ("Specimen", "Rae"), ("Mockup", "Otis"), ("Invented", "Lena")),
    ),
    Facility(
        *("behavioral", "Placeholder Behavioral Health", "behavioral_health", "BEH", fictional_npi(102), "000000102"),
        *("102 Placeholder Road, Sampletown, TX 00000", "800-555-0102", "11", 20),
        _clinicians(211, ("Pretend", "Nora"), ("Imaginary", "Sven"), ("Storybook", "Jade")),
    ),
    Facility(
        *("surgery", "Example Surgery Center", "surgery", "SUR", fictional_npi(103), "000000103"),
        *("103 Example Street, Sampletown, TX 00000", "800-555-0103", "24", 17),
        _clinicians(221, ("Notreal", "Milo"), ("Phantom", "Vera"), ("Demo", "Ezra")),
    ),
    Facility(
        *("primary", "Sample Family Medicine", "primary_care", "FAM", fictional_npi(104), "000000104"),
        *("104 Sample Avenue, Sampletown, TX 00000", "800-555-0104", "11", 35),
        _clinicians(231, ("Madeup", "Tova"), ("Nobody", "Amos"), ("Template", "Pia"), ("Unreal", "Knut")),
        desks=3,
    ),
)


def _payer(
    facts: str,
    rate: str,
    coinsurance: str,
    copay: str,
    *rhythm: int,
    known: bool = True,
    sequestration: bool = False,
    writes_down: bool = False,
) -> Payer:
    """Facts by bars, money as text, then the rhythm: every, newest, quickest and slowest answer in days."""
    key, name, payer_id, product, jurisdiction, filing_code, prefix, weight = facts.split("|")
    every, newest, quickest, slowest = rhythm
    return Payer(
        *(key, name, payer_id, product, jurisdiction, filing_code, prefix, int(weight)),
        *(Decimal(rate), Decimal(coinsurance), Decimal(copay), every, newest, (quickest, slowest)),
        known=known,
        sequestration=sequestration,
        writes_down=writes_down,
    )


PAYERS = (
    _payer(
        "medicare_ffs|MEDICARE CONTRACTOR EXAMPLE|EXMCR|Part B|US|MB|MCR|20",
        *("0.58", "0.20", "0"),
        *(7, 1, 14, 20),
        sequestration=True,
    ),
    _payer("medicaid_tx|TEXAS MEDICAID EXAMPLE|EXTXM|FFS|TX|MC|TXM|10", "0.45", "0", "0", 7, 4, 15, 28),
    _payer("aetna|AETNA EXAMPLE|EXAET|commercial|US|12|AET|12", "0.66", "0.10", "0", 9, 0, 12, 26),
    _payer("cigna|CIGNA EXAMPLE|EXCIG|commercial|US|12|CIG|10", "0.64", "0.20", "0", 10, 6, 12, 28, writes_down=True),
    _payer("uhc|UNITEDHEALTHCARE EXAMPLE|EXUHC|commercial|US|12|UHC|13", "0.65", "0", "25", 8, 3, 10, 24),
    _payer("anthem|ANTHEM GA EXAMPLE|EXANT|commercial|GA|12|ANT|7", "0.63", "0.15", "0", 12, 9, 14, 30),
    _payer("humana|HUMANA EXAMPLE|EXHUM|commercial|US|12|HUM|8", "0.62", "0", "30", 11, 5, 14, 27),
    _payer("bcbs_tx|BCBS OF TEXAS EXAMPLE|EXBTX|commercial|TX|BL|BTX|12", "0.67", "0.20", "0", 9, 2, 11, 25),
    _payer("tricare|TRICARE EXAMPLE|EXTRI||US|CH|TRI|4", "0.55", "0.20", "0", 15, 4, 16, 30, writes_down=True),
    _payer(
        "placeholder_regional|PLACEHOLDER REGIONAL HEALTH PLAN|EXPRH|HMO|TX|HM|PRH|5",
        *("0.60", "0", "20"),
        *(14, 2, 15, 35),
    ),
    _payer(
        "unheard_of|UNHEARD OF MUTUAL EXAMPLE|EXUOM|commercial|US|12|UOM|1",
        *("0.60", "0.20", "0"),
        *(40, 1, 15, 35),
        known=False,
    ),
)


def make_patients(random: Random, count: int) -> list[Patient]:
    """Patients spread over facilities and payers by their weights, at least one for each pair of the two.

    Names repeat when there are more patients than combinations.
    """
    combos = [(last, first) for last in LAST_NAMES for first in FIRST_NAMES]
    random.shuffle(combos)
    pairs = list(product(FACILITIES, PAYERS))
    weights = [facility.weight * payer.weight for facility, payer in pairs]
    drawn = [*pairs, *random.choices(pairs, weights, k=max(0, count - len(pairs)))]
    return [
        Patient(
            *combos[at % len(combos)],
            member_id=f"TEST{at + 1:07d}",
            record=f"MR{at + 1:06d}",
            facility=facility,
            payer=payer,
            desk=random.randint(1, facility.desks),
        )
        for at, (facility, payer) in enumerate(drawn)
    ]
