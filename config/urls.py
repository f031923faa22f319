"""Where each page lives. `home` sends each person to where their day starts."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config import health, views
from worklists.views.item import item

# Its own sign-in would know no second factor and no limit of attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("items/<int:pk>/", item, name="item"),  # opened most, so it is looked up first
    path("", include("insights.urls")),
    path("", include("appeals.urls")),  # before worklists, whose items/<pk>/<action>/ would take items/<pk>/appeal/
    path("", include("worklists.urls")),
    path("", include("denials.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("repairs/", admin.site.urls),
    path("theme/", views.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
]
