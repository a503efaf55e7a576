from importlib import import_module

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "weimin.residents"
    label = "residents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("importing.actions", "importing.duties"):
            import_module(f"weimin.residents.{module}")
