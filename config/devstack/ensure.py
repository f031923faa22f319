"""Gives any management command the local servers when no others are named."""

from __future__ import annotations

import atexit
import os
import sys

from config.devstack.places import LOCAL_STATE, StackError
from config.devstack.services import Stack


def ensure_environment() -> None:
    """Before settings load: without DATABASE_URL, use this checkout's servers, started if need be.

    They run on for as long as anybody uses them, so a command that ends does not take them from another one.
    """
    if "DATABASE_URL" in os.environ or os.environ.get("OVERTURN_ENV") == "production":
        return
    stack = Stack(LOCAL_STATE)
    try:
        stack.start()
    except StackError as error:
        sys.exit(str(error))
    atexit.register(stack.stop)
    for name, value in stack.environment().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("OVERTURN_ENV", "demo")
