"""Who works here, and how what they decide about the rules of work is drafted, approved and reviewed."""

from accounts.models.changes import Change, ChangeSet, ChangeStep, ReviewArea
from accounts.models.people import (
    AccessEvent,
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
    "AccessEvent", "Change", "ChangeSet", "ChangeStep", "Facility", "FacilityQuerySet", "FacilityScoped",
    "FormSubmission", "People", "ReviewArea", "Role", "Team", "User", "UserFacility", "UserTeam",
]  # fmt: skip
