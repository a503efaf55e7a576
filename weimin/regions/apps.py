"""Registration of the room: its actions, its page in the navigation, its search."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class RegionsConfig(AppConfig):
    name = "weimin.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.regions.actions")
        import_module("weimin.regions.finding")
        entry("regions:browse", label=_("区划"), section="manage", roles=("administrator",), order=210)
