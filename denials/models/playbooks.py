"""Playbooks: what to do about a kind of denial, step by step. Seeded from the shipped ones, edited by the site."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.history import tracked


def lines() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.TextField(), default=list, blank=True)


@tracked()
class Playbook(models.Model):
    """One way of working a kind of denial, in our own words.

    `steps` are rows of `key` (kept for good, so that ticks stay with their step), `text`, `team` and `day` (business
    days after the decision); `bindings` are rows as `denials/domain/playbooks.py` asks them.
    """

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True, help_text="What the payer says, in our own words.")
    not_for = lines()
    causes = lines()
    checks = lines()
    evidence = lines()
    steps = models.JSONField(default=list, blank=True)
    letter = lines()
    prevention = lines()
    feedback = lines()
    bindings = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    is_edited = models.BooleanField(default=False)

    kept_by: str
    """Of one in use: its key, and how far the playbooks had come when it was read."""

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
