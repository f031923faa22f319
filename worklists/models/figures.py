"""What the figures on the manager's pages mean, so that two people read the same number in the same way."""

from __future__ import annotations

from django.db import models

from accounts.history import tracked


@tracked()
class Figure(models.Model):
    """The definition of one figure, kept with its history. How the figure is counted is code."""

    key = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(help_text="Order in which definitions are listed.")
    name = models.CharField(max_length=80)
    meaning = models.TextField(help_text="What the number says, and what it leaves out.")
    formula = models.TextField(help_text="How it is counted, in words.")
    source = models.CharField(max_length=200, blank=True, help_text="Who defines it so: a standard, a contract, us.")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
