"""What somebody began to write into a letter and did not save: a letter would go out without it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts import begun
from accounts.models import User
from appeals.models import Appeal
from worklists.models import Activity


def begun_at(appeal: Appeal, user: User) -> datetime | None:
    """When this person last wrote into the letter, in whichever window, without saving it since. None if never."""
    written: datetime | None = begun.last_kept(user, reverse("appeal_edit", args=[appeal.pk]))
    if written is None:
        return None
    own = Activity.objects.filter(item=appeal.item_id, actor=user, facts__appeal=appeal.pk, at__gte=written)
    saved = own.filter(kind__in=(Activity.Kind.EDITED, Activity.Kind.DRAFTED))
    return None if saved.exists() else written
