from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry
from weimin.ui.shortcuts import shortcut

READERS = ("doctor", "institution", "hospital", "health_bureau")


class HealthConfig(AppConfig):
    name = "weimin.health"
    label = "health"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "following", "merging", "indicators", "papers", "files", "panel", "settable"):
            import_module(f"weimin.health.{module}")
        import_module("weimin.health.flow").register()
        entry("health:today", label=_("今日随访"), section="serve", roles=READERS, order=5)
        shortcut("health:today", label=_("今日随访"), roles=("doctor", "institution"), order=1)
        shortcut("health:records", label=_("健康档案"), roles=("doctor", "institution", "hospital"), order=2)
        shortcut("health:indicators", label=_("健康指标"), roles=("health_bureau",), order=2)
        entry("health:records", label=_("健康档案"), section="serve", roles=READERS, order=6)
        entry("health:checks", label=_("数值核对"), section="serve", roles=("doctor", "institution"), order=7)
        entry("health:indicators", label=_("健康指标"), section="serve", roles=READERS, order=8)
        entry("health:parameters", label=_("卫生健康参数"), section="serve", roles=READERS, order=28)
