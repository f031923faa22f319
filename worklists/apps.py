from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "worklists"

    def ready(self) -> None:
        from denials import sheet_kinds
        from worklists import following, governed, notes_panel, order_weights, own_panels, panels, payers, redating
        from worklists.evidence import panel as evidence_panel
        from worklists.evidence import recounting
        from worklists.imaging.sheets import EVENTS
        from worklists.routing import routed_facts

        following.listen()
        governed.listen()
        order_weights.listen()
        recounting.listen()
        redating.listen()
        payers.register()
        routed_facts.register()
        own_panels.register()
        evidence_panel.register()
        sheet_kinds.register(EVENTS)
        panels.register(notes_panel.NOTES)
