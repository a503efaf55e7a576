from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class CatalogueConfig(AppConfig):
    name = "weimin.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching"):
            import_module(f"weimin.catalogue.{module}")
        entry("catalogue:items", label=_("事项目录"), section="serve", order=60)
        entry("catalogue:bundles", label=_("一件事"), section="serve", order=61)
