from importlib import import_module

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "weimin.attachments"
    label = "attachments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.attachments.actions")
