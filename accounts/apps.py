from django.apps import AppConfig
from django.core.validators import MaxLengthValidator

TOO_LONG = (
    "This has %(show_value)s characters, and there is room for %(limit_value)s. Nothing was saved, and nothing cut off:"
    " shorten or split it, then send it again."
)


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        MaxLengthValidator.message = TOO_LONG
