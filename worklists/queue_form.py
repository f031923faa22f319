"""A queue as people fill it in, and the field for skills that it shares with the work profile of a person."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms import Picks, taken
from worklists.domain import skills
from worklists.models import Queue
from worklists.models.queues import UNROUTED

MOST_SKILLS, LONGEST_SKILL = 20, 40


class SkillsField(forms.CharField):
    """Skills with commas between them."""

    def __init__(self, **kwargs: Any) -> None:
        words = "Plain words with commas between them, such as: oncology coding, Medicare. Only people whose work"
        words += " profile names all of them are offered its items."
        super().__init__(**{"required": False, "help_text": words, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        named = skills.in_list(super().clean(value))
        if len(named) > MOST_SKILLS:
            raise forms.ValidationError(f"Name no more than {MOST_SKILLS} skills.")
        if too_long := next((skill for skill in named if len(skill) > LONGEST_SKILL), ""):
            raise forms.ValidationError(f"Shorten “{too_long}” to {LONGEST_SKILL} characters.")
        return named

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(skills.in_list(data or "") != (initial or []))


class QueueForm(forms.ModelForm[Queue]):
    skills = SkillsField(label="Skills that its work asks for")

    class Meta:
        model = Queue
        fields = (
            "name", "key", "purpose", "teams", "handing_out", "skills", "most_taken", "release_after", "is_active",
        )  # fmt: skip
        widgets = {"teams": Picks}
        error_messages = {"key": taken("queue", "key")}
        labels = {
            "is_active": "In use",
            "purpose": "What belongs here",
            "handing_out": "How its work is handed out",
            "most_taken": "Items that one person takes at once, at most",
            "release_after": "Put back after business days untouched",
        }
        help_texts = {
            "key": "In addresses and files; it stays for good.",
            "handing_out": "Where managers assign, “Next” offers only what was assigned to the person who presses it.",
            "most_taken": "Empty: no limit in this queue. A person's own limit counts as well.",
            "release_after": "Assigned items that nobody touched for so long go back to the queue, and their owner is"
            " told. Postponed ones and those waiting for a payer stay. Empty: never.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None
        for name in ("most_taken", "release_after"):
            self.fields[name].widget.attrs["min"] = 1

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and self.instance.pk:
            self._check_may_rest()
        return is_active

    def _check_may_rest(self) -> None:
        if self.instance.key == UNROUTED:
            raise forms.ValidationError("This queue takes what no rule takes, so it stays in use.")
        if self.instance.items.filter(is_open=True).exists():
            raise forms.ValidationError(
                "Open items are in this queue. Move them first, so that nobody loses sight of them."
            )
        if rules := list(self.instance.rules.filter(is_active=True)[:3]):
            names = ", ".join(str(rule) for rule in rules)
            raise forms.ValidationError(f"Rules send work here ({names}). Change or switch off those rules first.")
