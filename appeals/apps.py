from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        from appeals import code_uses, lists, many, on_item, timeline
        from appeals.outcomes import decide_from
        from worklists import searching
        from worklists.exceptions import deciding

        code_uses.listen()
        on_item.listen()
        many.register()
        timeline.listen()
        deciding.after_choosing(decide_from)
        searching.also(lists.items_of_proof)
