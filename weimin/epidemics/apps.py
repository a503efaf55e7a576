from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry
from weimin.ui.shortcuts import shortcut

REPORTERS = ("school", "village", "doctor", "institution", "hospital", "health_bureau", "township")
CLINICIANS = ("doctor", "institution", "hospital", "health_bureau")


class EpidemicsConfig(AppConfig):
    name = "weimin.epidemics"
    label = "epidemics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "indicators", "record", "settable"):
            import_module(f"weimin.epidemics.{module}")
        import_module("weimin.health.standard_words").further_words(Path(self.path) / "data" / "english.yaml")
        import_module("weimin.epidemics.flow").register()
        entry("epidemics:board", label=_("疫情日报"), section="serve", roles=REPORTERS, order=20)
        shortcut("epidemics:board", label=_("每日报告"), roles=("school",), order=1)
        shortcut("actions:act", arguments=["epidemics.fill_card"], label=_("填传染病报告卡"), roles=CLINICIANS[:3], order=50)
        shortcut("actions:act", arguments=["epidemics.report_family"], label=_("登记家庭报告"), roles=("doctor",), order=51)
        entry("epidemics:alerts", label=_("疫情预警"), section="serve", roles=REPORTERS, order=21)
        entry("epidemics:outbreaks", label=_("疫情处置"), section="serve", roles=REPORTERS, order=22)
        entry("epidemics:cards", label=_("传染病报告卡"), section="serve", roles=CLINICIANS, order=23)
