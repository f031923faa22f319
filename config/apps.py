from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Tasks shared by name find their broker through this app; programs that need no Django do without the import.
        import config.celery  # noqa: F401
        from config import navigation
        from worklists import cached_numbers

        cached_numbers.on_every_page(navigation.RAIL, navigation.rail)

        # Uploads wait here while they arrive: patients' data, so not in the machine's common temporary folder.
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
