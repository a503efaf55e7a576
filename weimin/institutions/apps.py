from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.institutions.readers import READERS
from weimin.ui.navigation import entry
from weimin.ui.shortcuts import shortcut


class InstitutionsConfig(AppConfig):
    name = "weimin.institutions"
    label = "institutions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "files", "panel", "public_place", "indicators", "answering", "settable"):
            import_module(f"weimin.institutions.{module}")
        import_module("weimin.health.standard_words").further_words(Path(self.path) / "data" / "english.yaml")
        import_module("weimin.institutions.flow").register()
        entry("institutions:institutions", label=_("卫生机构"), section="build", roles=READERS, order=34)
        shortcut("institutions:comparison", label=_("机构比较"), roles=("health_bureau",), order=1)
        entry("institutions:comparison", label=_("机构比较"), section="assess", roles=READERS, order=5)
