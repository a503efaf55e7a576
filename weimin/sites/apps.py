from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class SitesConfig(AppConfig):
    name = "weimin.sites"
    label = "sites"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "files"):
            import_module(f"weimin.sites.{module}")
        entry("sites:sites", label=_("站点"), section="build", order=20)
