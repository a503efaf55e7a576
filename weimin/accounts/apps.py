"""Registration of the room: its actions and its pages in the navigation."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class AccountsConfig(AppConfig):
    name = "weimin.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.accounts.actions")
        entry("accounts:people", label=_("人员与岗位"), section="manage", roles=("administrator",), order=200)
        entry("accounts:me", label=_("我的"), section="manage", order=800)
