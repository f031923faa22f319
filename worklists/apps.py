from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "worklists"

    def ready(self) -> None:
        from worklists import following, governed, notes_panel, order_weights, own_panels, panels, payers, redating
        from worklists.evidence import panel as evidence_panel

        following.listen()
        governed.listen()
        order_weights.listen()
        redating.listen()
        payers.register()
        own_panels.register()
        evidence_panel.register()
        panels.register(notes_panel.NOTES)
