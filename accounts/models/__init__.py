"""Who works here, and how what they decide about the rules of work is drafted, approved and reviewed."""

from accounts.models.changes import Change, ChangeSet, ChangeStep, ReviewArea
from accounts.models.people import (
    AccessEvent,
    BegunForm,
    Facility,
    FacilityQuerySet,
    FacilityScoped,
    FormSubmission,
    People,
    Role,
    Team,
    User,
    UserFacility,
    UserTeam,
)

__all__ = [
    "AccessEvent", "BegunForm", "Change", "ChangeSet", "ChangeStep", "Facility", "FacilityQuerySet",
    "FacilityScoped", "FormSubmission", "People", "ReviewArea", "Role", "Team", "User", "UserFacility", "UserTeam",
]  # fmt: skip
