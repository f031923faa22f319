"""What somebody did last in a session: the key for undo takes back that, never what lies further back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

LAST = "last_act"
"""In the session: the act that the key takes back, 0 where the last thing somebody did left none."""


def left_nothing(request: HttpRequest) -> None:
    """What somebody just did left nothing that the key could take back, so it must not reach for what was before."""
    request.session[LAST] = 0


def say_kept(request: HttpRequest, sentence: str) -> None:
    """A message that something was done which left no act."""
    left_nothing(request)
    messages.success(request, sentence)
