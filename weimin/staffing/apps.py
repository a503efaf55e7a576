from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class StaffingConfig(AppConfig):
    name = "weimin.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "files", "panel"):
            import_module(f"weimin.staffing.{module}")
        import_module("weimin.staffing.flow").register()
        entry("staffing:nominations", label=_("人选推荐"), section="build", order=30)
        entry("staffing:people", label=_("服务人员"), section="build", order=31)
        entry("staffing:posts", label=_("岗位和人员"), section="serve", order=41)
        entry("staffing:activities", label=_("志愿服务"), section="serve", order=42)
        entry("staffing:groups", label=_("领导小组"), section="build", order=32)
