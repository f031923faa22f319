"""Changes of the rules of work, and the calendar of their reviews."""

from django.urls import path

from accounts.governance import review_pages, views

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/<slug:action>/", views.change_action, name="change_action"),
    path("governance/", review_pages.review_calendar, name="reviews"),
    path("governance/<slug:key>/", review_pages.review_area, name="review_area"),
    path("governance/<slug:key>/done/", review_pages.review_done, name="review_done"),
]
