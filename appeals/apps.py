from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, lists, on_item, timeline
        from worklists import searching

        code_uses.listen()
        on_item.listen()
        timeline.listen()
        searching.also(lists.items_of_proof)
