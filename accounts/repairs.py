"""Pages of the Django admin that show and never change: what payers said, and what people did, stays as it was."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LookOnly(admin.ModelAdmin[Any]):
    """Lists rows by id, without patients' names, and lets nobody add, change or delete one."""

    list_display = ("__str__",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
