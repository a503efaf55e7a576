from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import DUTIES
from weimin.ui.navigation import entry

READERS = tuple(role for role, duty in DUTIES.items() if "residents" in duty.purposes)


class ResidentsConfig(AppConfig):
    name = "weimin.residents"
    label = "residents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "hits", "own_events", "importing.actions"):
            import_module(f"weimin.residents.{module}")
        import_module("weimin.residents.flow").register()
        import_module("weimin.residents.exports").offer("residents:export")
        entry("residents:residents", label=_("居民"), section="serve", roles=READERS, order=10)
        entry("residents:duplicates", label=_("疑似重复"), section="serve", roles=("county_office", "township"), order=14)
        entry("residents:imports", label=_("居民导入"), section="serve", roles=("county_office", "township", "village"), order=15)
        entry("residents:transfers", label=_("档案交接"), section="serve", roles=READERS, order=13)
