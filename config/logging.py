"""Keeps patient data out of logs and error reports.

The text of a database error repeats the row that it refused, so log lines carry its SQLSTATE and constraint only.
"""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any

import psycopg
from django.db import Error as DjangoDatabaseError
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


def describe(error: BaseException) -> str:
    """What can be said of an error without saying what row it met."""
    cause = error.__cause__ if isinstance(error, DjangoDatabaseError) and error.__cause__ else error
    if isinstance(cause, psycopg.Error):
        constraint = cause.diag.constraint_name or "no constraint"
        return f"{type(error).__name__} (SQLSTATE {cause.sqlstate or 'unknown'}, {constraint})"
    return type(error).__name__


class WithoutDatabaseText(logging.Filter):
    """Replaces exception text by its description, and keeps the places in the code.

    Also where an error is an argument of the message; Celery hands it over as text, beside the error itself.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(describe(each) if isinstance(each, BaseException) else each for each in record.args)
        elif record.args and "exc" in record.args:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            record.args = {**record.args, "exc": describe(error) if error else "an error", "traceback": ""}
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            record.exc_text = f"{places(record.exc_info[2])}{describe(record.exc_info[1])}"
            record.exc_info = None
        return True


def places(traceback: TracebackType | None) -> str:
    lines = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{traceback.tb_lineno} {code.co_name}\n")
        traceback = traceback.tb_next
    return "".join(lines)


class NoLocals(SafeExceptionReporterFilter):
    """Error reports name no local variable, no POST value and no query string."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return []
