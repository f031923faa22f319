"""The people of the synthetic practice. These logins exist only where `manage.py prepare --demo` made them."""

from typing import NamedTuple

from accounts.models import Role


class DemoPerson(NamedTuple):
    username: str
    password: str
    first_name: str
    last_name: str
    role: Role
    title: str
    teams: tuple[str, ...]
    facilities: tuple[str, ...]
    """Service lines of the facilities; empty for all of them."""
    skills: tuple[str, ...] = ()
    minutes_a_day: int = 0
    """For denials, beside other work."""


PASSWORD = "practice-only-2026"

DEMO_PEOPLE = (
    DemoPerson(
        "specialist",
        PASSWORD,
        "Sam",
        "Specimen",
        Role.SPECIALIST,
        "Denial specialist",
        ("prior_auth", "eligibility_registration", "denials_general", "clinical_appeals"),
        (),
        minutes_a_day=180,
    ),
    DemoPerson(
        "coder",
        PASSWORD,
        "Cody",
        "Placeholder",
        Role.SPECIALIST,
        "Certified coder",
        ("coding", "billing", "him_records"),
        (),
        ("Coding",),
        90,
    ),
    DemoPerson(
        "imaging",
        PASSWORD,
        "Ines",
        "Imaginary",
        Role.SPECIALIST,
        "Imaging denial specialist",
        ("him_records", "prior_auth", "cob_tpl"),
        ("radiology",),
        ("Imaging",),
        60,
    ),
    DemoPerson(
        "frontdesk",
        PASSWORD,
        "Frida",
        "Frontdesk",
        Role.CONTRIBUTOR,
        "Patient access",
        ("patient_access", "clinical", "provider"),
        (),
    ),
    DemoPerson("pacs", PASSWORD, "Paco", "Pixel", Role.CONTRIBUTOR, "Imaging and PACS", ("imaging",), ()),
    DemoPerson("manager", PASSWORD, "Mara", "Mockup", Role.MANAGER, "Denial manager", ("denials_general",), ()),
    DemoPerson("admin", PASSWORD, "Ada", "Fictional", Role.ADMIN, "Administrator", (), ()),
    DemoPerson("auditor", PASSWORD, "Remy", "Readonly", Role.READ_ONLY, "Auditor", (), ()),
)
