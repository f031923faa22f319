from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "worklists"

    def ready(self) -> None:
        from worklists import governed, payers, redating

        governed.listen()
        redating.listen()
        payers.register()
