"""Addresses of the site of django-helpdesk (`bench.helpdesk_site`)."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
