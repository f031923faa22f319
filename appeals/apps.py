from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, lists, on_item, timeline
        from worklists import searching
        from worklists.timeline import register

        code_uses.listen()
        on_item.listen()
        register(timeline.entries)
        searching.also(lists.items_of_proof)
