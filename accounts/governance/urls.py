"""Changes of the rules of work, and the calendar of their reviews."""

from django.urls import path

from accounts.governance import review_pages, set_views, views

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("changes/drafts/<slug:key>/", set_views.draft_set, name="draft_set"),
    path("changes/sets/<int:pk>/", set_views.change_set, name="change_set"),
    path("changes/sets/<int:pk>/<slug:action>/", set_views.change_set_action, name="change_set_action"),
    path("changes/<int:pk>/", views.change, name="change"),
    path("changes/<int:pk>/<slug:action>/", views.change_action, name="change_action"),
    path("governance/", review_pages.review_calendar, name="reviews"),
    path("governance/<slug:key>/", review_pages.review_area, name="review_area"),
    path("governance/<slug:key>/done/", review_pages.review_done, name="review_done"),
]
