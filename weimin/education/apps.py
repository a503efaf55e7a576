from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry

KEEPERS = ("institution", "doctor", "health_bureau")
READERS = (*KEEPERS, "leader", "lead_office", "township", "village")  # from the list they go on to the rest


class EducationConfig(AppConfig):
    name = "weimin.education"
    label = "education"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "files", "following", "indicators", "panel", "public_place", "settable"):
            import_module(f"weimin.education.{module}")
        import_module("weimin.education.flow").register()
        entry("education:activities", label=_("健康教育"), section="serve", roles=READERS, order=50)
        entry("education:years", label=_("健康教育年度任务"), section="serve", roles=KEEPERS, order=51)
        entry("education:kits", label=_("控油壶和限盐勺"), section="serve", roles=KEEPERS, order=52)
        entry("education:letters", label=_("致居民的一封信"), section="serve", roles=KEEPERS, order=53)
