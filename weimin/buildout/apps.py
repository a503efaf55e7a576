from importlib import import_module

from django.apps import AppConfig


class BuildoutConfig(AppConfig):
    name = "weimin.buildout"
    label = "buildout"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.buildout.actions")
        import_module("weimin.buildout.flow").register()
