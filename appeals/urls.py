"""Letters to payers, and the templates that they begin from."""

from django.urls import path

from appeals.settings_pages import LETTERS
from appeals.views import files, letter, lists

urlpatterns = [
    path("items/<int:pk>/appeal/", letter.appeal_new, name="appeal_new"),
    path("appeals/", lists.appeals, name="appeals"),
    path("appeals/<int:pk>/", letter.appeal, name="appeal"),
    path("appeals/<int:pk>/edit/", letter.appeal_edit, name="appeal_edit"),
    path("appeals/<int:pk>/letter.pdf", files.appeal_pdf, name="appeal_pdf"),
    path("appeals/<int:pk>/letter.docx", files.appeal_docx, name="appeal_docx"),
    path("appeals/<int:pk>/proof", files.appeal_proof, name="appeal_proof"),
    path("appeals/<int:pk>/<slug:action>/", letter.appeal_act, name="appeal_action"),
    *LETTERS.urls(),
]
