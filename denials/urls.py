"""Remittances, the code dictionary and payers."""

from __future__ import annotations

from django.urls import path

from accounts.governance.areas import SWITCH
from accounts.governance.pages import GovernedPage
from accounts.settings_pages import Column
from denials.models import Playbook
from denials.payer_rule_pages import PAYER_RULES, SENDING_TIMES
from denials.payer_urls import PAYER_URLS
from denials.playbook_form import PlaybookForm, bindings_written, steps_written
from denials.playbooks import bound_to
from denials.views import code_lists, codes, entries, intake, playbooks, readings, rejections, sheets, sources

PLAYBOOKS = GovernedPage(
    name="playbooks",
    address="settings/playbooks/",
    title="Playbooks",
    singular="Playbook",
    purpose="What to do about a kind of denial: steps with team and day, evidence, points for a letter, and what for.",
    form=PlaybookForm,
    form_template="denials/_playbook_form.html",
    searched=("title", "key", "summary"),
    rows=Playbook.objects.all,
    columns=(
        Column("Playbook", str),
        Column("Used for", lambda playbook: bound_to(playbook)[0] if playbook.bindings else "nothing yet"),
        Column("Steps", lambda playbook: len(playbook.steps), is_number=True),
        Column("Version", lambda playbook: playbook.version, is_number=True),
        Column("State", lambda playbook: "in use" if playbook.is_active else "not in use"),
    ),
    words={"steps": steps_written, "bindings": bindings_written},
    retirement=SWITCH,
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
    path("remittances/enter/", entries.enter_denial, name="enter_denial"),
    path("remittances/<int:pk>/scan/", entries.entry_original, name="entry_original"),
    path("remittances/sheets/", sheets.sheets, name="sheets"),
    path("remittances/sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("remittances/sheets/<int:pk>/record/", sheets.sheet_confirm, name="sheet_confirm"),
    path("remittances/sheets/<int:pk>/report/", sheets.sheet_report, name="sheet_report"),
    path("rejections/", rejections.rejections, name="rejections"),
    path("acknowledgments/<int:pk>/", rejections.acknowledgment, name="acknowledgment"),
    path("codes/", codes.codes, name="codes"),
    path("codes/lists/", code_lists.code_lists, name="code_lists"),
    path("codes/lists/<int:pk>/", code_lists.code_list, name="code_list"),
    path("codes/lists/<int:pk>/apply/", code_lists.code_list_apply, name="code_list_apply"),
    path("codes/lists/<int:pk>/discard/", code_lists.code_list_discard, name="code_list_discard"),
    path("codes/readings/", readings.readings, name="readings"),
    path("codes/readings/<int:pk>/", readings.reading, name="reading"),
    path("codes/readings/<int:pk>/retire/", readings.reading_retire, name="reading_retire"),
    path("codes/<slug:system>/<str:code>/", codes.code, name="code"),
    path("codes/<slug:system>/<str:code>/map/", codes.code_map, name="code_map"),
    path("codes/<slug:system>/<str:code>/readings/new/", readings.reading_new, name="reading_new"),
    path("playbooks/", playbooks.playbooks, name="playbooks_read"),
    path("playbooks/<slug:key>/", playbooks.playbook, name="playbook"),
    *PLAYBOOKS.urls(),
    *PAYER_URLS,
    *PAYER_RULES.urls(),
    *SENDING_TIMES.urls(),
]
