"""Remittances, the code dictionary and payers."""

from django.urls import path

from denials.views import intake

urlpatterns = [
    path("remittances/", intake.intake, name="intake"),
    path("remittances/upload/", intake.upload, name="upload"),
    path("remittances/<int:pk>/", intake.remittance_file, name="remittance_file"),
    path("remittances/<int:pk>/progress/", intake.file_progress, name="file_progress"),
    path("remittances/<int:pk>/confirm/", intake.confirm, name="confirm_file"),
    path("remittances/<int:pk>/original/", intake.original, name="remittance_original"),
    path("remittances/payments/<int:pk>/decide/", intake.decide, name="decide_remittance"),
]
