"""Who works here: people, their teams, and the facilities whose rows they may see."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Now

from accounts.history import tracked, tracked_links


class Role(models.TextChoices):
    SPECIALIST = "specialist", "Denial specialist"
    MANAGER = "manager", "Manager"
    ADMIN = "admin", "Administrator"
    READ_ONLY = "read_only", "Read only"
    CONTRIBUTOR = "contributor", "Contributor"


class FacilityScoped(models.QuerySet[Any]):
    """Rows that belong to one facility. `visible_to` is the only way by which they reach a view."""

    facility_path: ClassVar[str] = "facility"

    def visible_to(self, user: User) -> Self:
        """The rows of the facilities that `user` may see; none for somebody who is not active."""
        if not user.is_active:
            return self.none()
        if user.all_facilities:
            return self
        return self.filter(**{f"{self.facility_path}__in": user.own_facilities})


class FacilityQuerySet(FacilityScoped):
    facility_path = "pk"


@tracked()
class Facility(models.Model):
    """A place of service that bills under one NPI: the payee of a remittance (N1*PE)."""

    name = models.CharField(max_length=120)
    npi = models.CharField("NPI", max_length=20, unique=True)
    tax_id = models.CharField("tax ID", max_length=20, blank=True)
    service_line = models.CharField(max_length=60, blank=True, help_text="Such as radiology or behavioral health.")
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_confirmed = models.BooleanField(
        default=True, help_text="Off for a facility that a remittance named first: check it, then confirm."
    )

    objects = FacilityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "facilities"

    def __str__(self) -> str:
        return self.name


@tracked()
class Team(models.Model):
    """People who own one kind of work. The key is the dictionary's `owner_team`."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class People(UserManager["User"]):
    use_in_migrations = False

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> User:
        """The first administrator of a site (`manage.py createsuperuser`)."""
        return super().create_superuser(
            username, email, password, **{"role": Role.ADMIN, "all_facilities": True, **extra}
        )


@tracked("password", exclude=["password", "last_login"])
class User(AbstractUser):
    """One person. Accounts are never shared (45 CFR 164.312(a)(2)(i))."""

    role = models.CharField(max_length=12, choices=Role.choices, default=Role.READ_ONLY)
    title = models.CharField(max_length=80, blank=True, help_text="Printed under the signature of letters.")
    phone = models.CharField(max_length=40, blank=True)
    teams = models.ManyToManyField(Team, blank=True, related_name="people")
    facilities = models.ManyToManyField(Facility, blank=True, related_name="people")
    all_facilities = models.BooleanField(default=False, help_text="May see every facility, also ones added later.")

    keys = models.JSONField(default=dict, blank=True, help_text="Own keys by the shipped one: accounts/keys.py.")

    facility_ids: tuple[int, ...] = ()
    """Of `facilities`, where they were read with the person (accounts/sessions.py)."""

    objects: ClassVar[People] = People()

    class Meta:
        ordering = ["last_name", "first_name", "username"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_staff = self.role == Role.ADMIN or self.is_superuser
        if (fields := kwargs.get("update_fields")) is not None and "role" in fields:
            kwargs["update_fields"] = {*fields, "is_staff"}
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @classmethod
    def all_but_names(cls, *paths: str) -> list[str]:
        """What of the people joined at these paths is left out (`defer`) where they are only named."""
        names = ("id", "username", "first_name", "last_name")
        left_out = [field.name for field in cls._meta.concrete_fields if field.name not in names]
        return [f"{path}__{field}" for path in paths for field in left_out]

    @property
    def may_work(self) -> bool:
        return self.role in (Role.SPECIALIST, Role.MANAGER, Role.ADMIN)

    @property
    def may_manage(self) -> bool:
        return self.role in (Role.MANAGER, Role.ADMIN)

    @property
    def may_only_answer(self) -> bool:
        """Somebody of another department: sees the questions to their teams, and nothing else of the work."""
        return self.role == Role.CONTRIBUTOR

    @property
    def may_administer(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def own_facilities(self) -> tuple[int, ...] | models.QuerySet[Any, Any]:
        """What a statement holds a row's facility against: ids where they are known, for then PostgreSQL knows how many
        rows these have (docs/decisions/lists-by-index.md).
        """
        return self.facility_ids or self.facilities.values("pk")

    def may_see(self, facility_id: int) -> bool:
        return self.is_active and (self.all_facilities or self.facilities.filter(pk=facility_id).exists())


@tracked_links()
class UserTeam(User.teams.through):  # type: ignore[name-defined,misc]
    """Who is in which team."""

    class Meta:
        proxy = True


@tracked_links()
class UserFacility(User.facilities.through):  # type: ignore[name-defined,misc]
    """Who may see which facility."""

    class Meta:
        proxy = True


class FormSubmission(models.Model):
    """One form sent once: a second arrival of the same form gets the first answer and changes nothing."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    fingerprint = models.CharField(max_length=64)
    location = models.TextField()
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_submitted_once")]
        indexes = [models.Index(fields=["submitted_at"], name="form_submission_age")]


class BegunForm(models.Model):
    """What somebody began in a form and has not sent, of one window. `name` is the form's own: an address with ids."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    window = models.UUIDField()
    name = models.CharField(max_length=300)
    body = models.TextField(blank=True, help_text="What the page fills in again; empty when it was sent or discarded.")
    at = models.BigIntegerField(help_text="The window's own clock: what comes late replaces nothing.")
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "window", "name"], name="form_begun_once_in_a_window")]
        indexes = [models.Index(fields=["kept_at"], name="begun_forms_by_age")]

    def __str__(self) -> str:
        return f"Begun form {self.pk}"


class AccessEvent(models.Model):
    """Somebody looked at a record with patients' data (45 CFR 164.312(b)). Holds ids and kinds, never the data."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "at"], name="access_by_user"),
            models.Index(fields=["what", "row"], name="access_by_row"),
        ]
