"""What a person may be told when the work they asked for cannot be done.

Verbs raise these; `config.errors.RefusalMiddleware` turns them into one kind of answer. The sentence says what
happened, what was kept and what to do next, and holds no patient data.
"""


class Refused(Exception):
    """The request was understood and is not allowed as things stand."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Conflict(Refused):
    """Somebody else changed the row first; nothing was overwritten."""

    status = 409
