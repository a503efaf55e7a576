from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry
from weimin.ui.shortcuts import shortcut

READERS = ("village", "window", "township", "county_office", "lead_office", "supervisor")


class CasesConfig(AppConfig):
    name = "weimin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "panel", "indicators", "indicators_rating"):
            import_module(f"weimin.cases.{module}")
        import_module("weimin.cases.flow").register()
        import_module("weimin.cases.flow_rating").register()
        import_module("weimin.cases.subjects").register_parts()
        import_module("weimin.cases.following").register()
        import_module("weimin.calendars.publish").on_year_published(import_module("weimin.cases.jobs").recompute_provisional)
        entry("cases:list", label=_("办件"), section="serve", roles=READERS, order=10)
        entry("cases:choose", label=_("新建受理"), section="serve", roles=("village", "window", "township"), order=9)
        entry("cases:mandates", label=_("代办"), section="serve", roles=READERS, order=50)
        entry("cases:ratings", label=_("群众评价"), section="serve", roles=READERS, order=60)
        shortcut("cases:choose", label=_("新建受理"), roles=("village", "window", "township"), order=1)
