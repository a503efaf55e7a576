from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class EducationConfig(AppConfig):
    name = "weimin.education"
    label = "education"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "files", "indicators", "panel"):
            import_module(f"weimin.education.{module}")
        import_module("weimin.education.flow").register()
        entry("education:activities", label=_("健康教育"), section="serve", order=50)
        entry("education:years", label=_("健康教育年度任务"), section="serve", order=51)
        entry("education:kits", label=_("控油壶和限盐勺"), section="serve", order=52)
        entry("education:letters", label=_("致居民的一封信"), section="serve", order=53)
