from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, timeline
        from worklists.timeline import register

        code_uses.listen()
        register(timeline.entries)
