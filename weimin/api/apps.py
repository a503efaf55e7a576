"""Registration of the room: its actions, the entrance by token, the listener behind webhooks, and its pages."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class ApiConfig(AppConfig):
    name = "weimin.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.api.actions")
        tokens = import_module("weimin.api.tokens")
        import_module("weimin.jurisdictions.middleware").named_by(tokens.jurisdiction_named)
        import_module("weimin.accounts.entrances").entrance(tokens.come_in)
        import_module("weimin.actions.done").on_done(import_module("weimin.api.events").note)
        entry("api_access:tokens", label=_("接口"), section="manage", roles=("administrator",), order=210)
