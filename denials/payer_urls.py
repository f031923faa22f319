"""The addresses of payers: their list, the page of one, its product lines and contacts, and merging two of them."""

from __future__ import annotations

from django.urls import path

from accounts.settings_pages import Column, SettingsPage
from denials import payer_sheet
from denials.payer_forms import PayerForm
from denials.views import payer_merges, payers

PAYERS = SettingsPage(
    name="payers",
    address="settings/payers/",
    title="Payers",
    singular="Payer",
    purpose="Who pays, by which names and ids, and where appeals go. One that a remittance names first waits here.",
    form=PayerForm,
    searched=("name", "key", "identifiers__value"),
    parts=payer_sheet.PARTS,
    rows=payer_sheet.listed,
    columns=(
        Column("Payer", str),
        Column("Key", lambda payer: payer.key),
        Column("Kind", lambda payer: payer.get_kind_display()),
        Column("Appeals address", lambda payer: "on file" if payer.has_address else "missing"),
        Column("Answers within", lambda payer: f"{payer.response_days} days", is_number=True),
        Column("State", lambda payer: "confirmed" if payer.is_confirmed else "to confirm"),
    ),
)

PAYER_URLS = [
    path("settings/payers/<int:pk>/", payers.payer, name="payers_edit"),
    path("settings/payers/<int:pk>/who/", payer_merges.payer_confirm, name="payer_confirm"),
    path("settings/payers/<int:pk>/merge/", payer_merges.payer_merge, name="payer_merge"),
    path("settings/payer-merges/<int:pk>/", payer_merges.payer_unmerge, name="payer_unmerge"),
    path("settings/payers/<int:pk>/products/new/", payers.product, name="payer_product_new"),
    path("settings/payers/<int:pk>/products/<int:product_pk>/", payers.product, name="payer_product"),
    path("settings/payers/<int:pk>/contacts/new/", payers.contact, name="payer_contact_new"),
    path("settings/payers/<int:pk>/contacts/<int:contact_pk>/", payers.contact, name="payer_contact"),
    path(
        "settings/payers/<int:pk>/contacts/<int:contact_pk>/checked/",
        payers.contact_checked,
        name="payer_contact_checked",
    ),
    *(pattern for pattern in PAYERS.urls() if pattern.name != "payers_edit"),
]
