from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, lists, many, on_item, timeline
        from worklists import searching

        code_uses.listen()
        on_item.listen()
        many.register()
        timeline.listen()
        searching.also(lists.items_of_proof)
