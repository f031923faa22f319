"""Where each page lives. `home` sends each person to where their day starts."""

from django.contrib import admin
from django.urls import include, path

from config import health, views

urlpatterns = [
    path("", include("appeals.urls")),  # before worklists, whose items/<pk>/<action>/ would take items/<pk>/appeal/
    path("", include("worklists.urls")),
    path("", include("denials.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("repairs/", admin.site.urls),
    path("theme/", views.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
]
