from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry

READERS = ("doctor", "institution", "hospital", "health_bureau")


class ExchangeConfig(AppConfig):
    name = "weimin.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "kinds_health", "kinds_examinations", "kinds_referrals", "kinds_files", "merging", "panel", "settable"):
            import_module(f"weimin.exchange.{module}")
        entry("exchange:exchanges", label=_("档案交换"), section="serve", roles=READERS, order=9)
