"""The claims that the practice sent, before any payer answered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from denials.practice.catalogue import EXTRA, MAIN, Service
from denials.practice.people import Clinician, Facility, Patient, Payer

WINDOW = 120
"""Days of payments that a practice holds."""


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One service as it was sent."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    charge: Decimal


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as it was sent, and the day on which its payer will answer."""

    number: str
    patient: Patient
    clinician: Clinician
    service_date: date
    received_on: date
    answered_on: date
    lines: tuple[BilledLine, ...]
    control_number: str
    """What the payer will call it (CLP07)."""

    @property
    def facility(self) -> Facility:
        return self.patient.facility

    @property
    def payer(self) -> Payer:
        return self.patient.payer

    @property
    def charge(self) -> Decimal:
        return sum((line.charge for line in self.lines), Decimal(0))


def payment_days(payer: Payer, as_of: date) -> list[date]:
    """The weekdays on which this payer pays, oldest first."""
    newest = as_of - timedelta(payer.newest)
    return sorted({on_weekday(newest - timedelta(age)) for age in range(0, WINDOW - payer.newest, payer.every)})


def on_weekday(day: date) -> date:
    """This day, or the Friday before when it falls on a weekend."""
    return day - timedelta(max(0, day.weekday() - 4))


def make_claims(random: Random, patients: Sequence[Patient], as_of: date, count: int) -> list[Claim]:
    """`count` claims that payers answer within the last 120 days, oldest service first; every patient has one."""
    calendar = {patient.payer.key: payment_days(patient.payer, as_of) for patient in patients}
    visitors = [*patients, *random.choices(patients, k=max(0, count - len(patients)))]
    drafts = [_visit(random, patient, calendar[patient.payer.key]) for patient in visitors]
    drafts.sort(key=lambda draft: (draft[1], draft[0].record))
    return [_claim(random, serial, *draft) for serial, draft in enumerate(drafts, 1)]


def _visit(random: Random, patient: Patient, days: Sequence[date]) -> tuple[Patient, date, date, date]:
    answered = random.choice(days)
    received = answered - timedelta(random.randint(*patient.payer.turnaround))
    served = on_weekday(received - timedelta(random.randint(2, 7)))
    return patient, served, received, answered


def _claim(random: Random, serial: int, patient: Patient, served: date, received: date, answered: date) -> Claim:
    facility = patient.facility
    return Claim(
        number=f"{facility.prefix}{patient.desk}-{serial:05d}",
        patient=patient,
        clinician=random.choice(facility.clinicians),
        service_date=served,
        received_on=received,
        answered_on=answered,
        lines=_lines(random, facility),
        control_number=f"{patient.payer.prefix}{received:%y}{serial:06d}",
    )


def _lines(random: Random, facility: Facility) -> tuple[BilledLine, ...]:
    extras = random.sample(EXTRA[facility.key], random.choices((0, 1, 2, 3), (35, 35, 20, 10))[0])
    return tuple(_line(random, service) for service in (random.choice(MAIN[facility.key]), *extras))


def _line(random: Random, service: Service) -> BilledLine:
    units = random.randint(max(1, service.most_units // 2), service.most_units)
    return BilledLine(service.code, service.modifiers, units, service.charge * units)
