"""Pages that say what we learned."""

from __future__ import annotations

from django.urls import path

from insights.views import health

urlpatterns = [
    path("coverage/", health.coverage, name="coverage"),
    path("coverage/<str:code>/repair/", health.coverage_repair, name="coverage_repair"),
    path("drift/", health.drift, name="drift"),
]
