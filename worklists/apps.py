from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "worklists"

    def ready(self) -> None:
        from denials import sheet_kinds
        from worklists import (
            after_code_changes,
            after_payer_merges,
            after_rule_changes,
            beside,
            choosing_parts,
            one_by_one,
            order_weights,
            own_panels,
            panels,
            redating,
        )
        from worklists.evidence import panel as evidence_panel
        from worklists.evidence import recounting, undoing
        from worklists.imaging.sheets import EVENTS
        from worklists.models import BulkAct
        from worklists.notes import notes_panel
        from worklists.routing import routed_facts
        from worklists.watch import ledger

        after_code_changes.listen()
        after_rule_changes.listen()
        order_weights.listen()
        recounting.listen()
        redating.listen()
        undoing.listen()
        ledger.listen()
        one_by_one.register()
        beside.also(BulkAct.Kind.PART_CHOSEN, beside.More(choosing_parts.nothing_in_the_way, choosing_parts.put_back))
        after_payer_merges.register()
        routed_facts.register()
        own_panels.register()
        evidence_panel.register()
        sheet_kinds.register(EVENTS)
        panels.register(notes_panel.NOTES)
