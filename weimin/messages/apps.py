from importlib import import_module

from django.apps import AppConfig

from weimin.ui.navigation import bell


class MessagesConfig(AppConfig):
    name = "weimin.messages"
    label = "messages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.messages.actions")
        queries = import_module("weimin.messages.queries")
        bell("messages:list", count=queries.unread_count)
