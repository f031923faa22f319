"""Letters to payers, and the templates that they begin from."""

from django.urls import path

from appeals.views import files, letter, lists, templates

urlpatterns = [
    path("items/<int:pk>/appeal/", letter.appeal_new, name="appeal_new"),
    path("appeals/", lists.appeals, name="appeals"),
    path("appeals/<int:pk>/", letter.appeal, name="appeal"),
    path("appeals/<int:pk>/edit/", letter.appeal_edit, name="appeal_edit"),
    path("appeals/<int:pk>/letter.pdf", files.appeal_pdf, name="appeal_pdf"),
    path("appeals/<int:pk>/letter.docx", files.appeal_docx, name="appeal_docx"),
    path("appeals/<int:pk>/proof", files.appeal_proof, name="appeal_proof"),
    path("appeals/<int:pk>/<slug:action>/", letter.appeal_act, name="appeal_action"),
    path("settings/letters/", templates.letter_templates, name="letter_templates"),
    path("settings/letters/new/", templates.letter_template_new, name="letter_template_new"),
    path("settings/letters/<slug:key>/", templates.letter_template, name="letter_template"),
    path("settings/letters/<slug:key>/switch/", templates.letter_template_switch, name="letter_template_switch"),
]
