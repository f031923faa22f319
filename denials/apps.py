from django.apps import AppConfig


class DenialsConfig(AppConfig):
    name = "denials"

    def ready(self) -> None:
        from denials import code_areas, sheet_kinds
        from denials.denial_sheets import DENIALS
        from denials.told_sheets import TOLD

        code_areas.listen()
        for kind in (DENIALS, *TOLD):
            sheet_kinds.register(kind)
