from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Tasks shared by name find their broker through this app; programs that need no Django do without the import.
        import config.celery  # noqa: F401
