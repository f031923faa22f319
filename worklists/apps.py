from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "worklists"

    def ready(self) -> None:
        from worklists import following, governed, payers, redating

        following.listen()
        governed.listen()
        redating.listen()
        payers.register()
