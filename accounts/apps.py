from django.apps import AppConfig
from django.core.validators import MaxLengthValidator

TOO_LONG = (
    "This has %(show_value)s characters, and there is room for %(limit_value)s. Nothing was saved, and nothing cut off:"
    " shorten or split it, then send it again."
)


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from accounts.middleware import say_not_saved

        MaxLengthValidator.message = TOO_LONG
        user_logged_in.connect(say_not_saved)
