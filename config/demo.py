"""The synthetic practice of a local run: its people now, its remittances through the real intake, by a job."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from accounts.models import Facility, Role, Team, User
from config import practice
from config.demo_people import DEMO_PEOPLE, DemoPerson
from config.pipeline import MAKE_PRACTICE
from denials import jobs
from denials.models import RemittanceFile
from worklists.models import WorkProfile

MOST_TAKEN = 25


def install() -> None:
    """Makes the demo people and asks for the practice, once. Refuses outside a local run."""
    if not settings.IS_DEMO:
        raise ImproperlyConfigured("prepare --demo makes logins with known passwords: only where OVERTURN_ENV=demo.")
    practice.install_master_data(verified_on=timezone.localdate())
    for person in DEMO_PEOPLE:
        _install(person)
    if not RemittanceFile.objects.exists():
        admin = User.objects.get(username="admin")
        jobs.ask(MAKE_PRACTICE, subject=admin.pk, asked_by=admin)


@transaction.atomic
def _install(person: DemoPerson) -> None:
    user, is_new = User.objects.get_or_create(
        username=person.username,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": f"{person.username}@practice.example",
            "role": person.role,
            "title": person.title,
            "phone": "555-0100",
            "all_facilities": not person.facilities,
            "is_superuser": person.role == Role.ADMIN,
        },
    )
    if is_new:
        user.set_password(person.password)
        user.save(update_fields=["password"])
        user.teams.set(Team.objects.filter(key__in=person.teams))
        user.facilities.set(Facility.objects.filter(service_line__in=person.facilities))
        if person.role == Role.SPECIALIST:
            WorkProfile.objects.create(
                user=user, most_taken=MOST_TAKEN, minutes_a_day=person.minutes_a_day, skills=list(person.skills)
            )
