from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "weimin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.cases.flow").register()
