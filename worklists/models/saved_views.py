"""Ways to look at a list that people keep: which list, which filters, which columns, in which order."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone

from accounts.history import tracked
from accounts.models import Role, User


class SavedViewQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Without what was deleted, which stays a while so that it can be brought back."""
        return self.filter(deleted_at=None)

    def visible_to(self, user: User) -> Self:
        """A person's own views and those that are shared. The rows behind them are narrowed for each who looks."""
        return self.standing().filter(models.Q(owner=user) | models.Q(is_shared=True))


@tracked()
class SavedView(models.Model):
    """One view. `query` is what stands in the address of its list: ids, days and choices, never patients' data."""

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="saved_views", help_text="Empty for a shipped view."
    )
    is_shared = models.BooleanField("everybody sees it", default=False)
    default_of = models.CharField(
        "opens first for",
        max_length=12,
        choices=Role.choices,
        blank=True,
        help_text="People of this role start in it, unless they chose a view of their own.",
    )
    list_key = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["default_of"],
                condition=~models.Q(default_of="") & models.Q(deleted_at=None),
                name="one_default_view_of_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(default_of="") | models.Q(is_shared=True),
                name="default_view_of_a_role_is_shared",
                violation_error_message="The view in which a role starts has to be shared.",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], condition=models.Q(deleted_at=None), name="view_by_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def made_by(self) -> str:
        """Whose it is, in words."""
        return str(self.owner) if self.owner else "Overturn"


@tracked()
class FirstView(models.Model):
    """The view in which one person starts."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="first_view")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")
