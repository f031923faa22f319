"""Remittances, the code dictionary and payers."""

from __future__ import annotations

from django.urls import path

from accounts.row_history import Part
from accounts.settings_pages import Column, SettingsPage
from denials.forms import PayerForm
from denials.models import Payer, PayerIdentifier
from denials.views import codes, intake, sources

PAYERS = SettingsPage(
    name="payers",
    address="settings/payers/",
    title="Payers",
    singular="Payer",
    purpose="Who pays, by which names and ids, and where appeals go. One that a remittance names first waits here.",
    form=PayerForm,
    searched=("name", "key", "identifiers__value"),
    parts=(
        Part("Names on remittances", PayerIdentifier, "payer_id", "value", {"kind": PayerIdentifier.Kind.NAME}),
        Part("Payer IDs", PayerIdentifier, "payer_id", "value", {"kind": PayerIdentifier.Kind.PAYER_ID}),
    ),
    rows=lambda: Payer.objects.order_by("is_confirmed", "name"),
    columns=(
        Column("Payer", str),
        Column("Key", lambda payer: payer.key),
        Column("Kind", lambda payer: payer.get_kind_display()),
        Column("Appeals address", lambda payer: "on file" if payer.appeals_address else "missing"),
        Column("Answers within", lambda payer: f"{payer.response_days} days", is_number=True),
        Column("State", lambda payer: "confirmed" if payer.is_confirmed else "to confirm"),
    ),
)

urlpatterns = [
    path("remittances/", intake.intake, name="intake"),
    path("remittances/upload/", intake.upload, name="upload"),
    path("remittances/<int:pk>/", intake.remittance_file, name="remittance_file"),
    path("remittances/<int:pk>/progress/", intake.file_progress, name="file_progress"),
    path("remittances/<int:pk>/confirm/", intake.confirm, name="confirm_file"),
    path("remittances/<int:pk>/original/", intake.original, name="remittance_original"),
    path("remittances/payments/<int:pk>/decide/", intake.decide, name="decide_remittance"),
    path("remittances/payments/<int:pk>/source/", sources.payment_source, name="payment_source"),
    path("codes/", codes.codes, name="codes"),
    path("codes/<slug:system>/<str:code>/", codes.code, name="code"),
    *PAYERS.urls(),
]
