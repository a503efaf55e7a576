from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class ReceptionConfig(AppConfig):
    name = "weimin.reception"
    label = "reception"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "on_duty", "panel"):
            import_module(f"weimin.reception.{module}")
        entry("reception:centres", label=_("窗口和值班"), section="serve", order=40)
