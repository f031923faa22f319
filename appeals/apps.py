from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, lists, many, on_item, timeline
        from appeals.outcomes import decide_again
        from worklists import choosing_parts, searching

        code_uses.listen()
        on_item.listen()
        many.register()
        timeline.listen()
        choosing_parts.after_choosing(decide_again)
        searching.also(lists.items_of_proof)
