from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.trail.labels import named
from weimin.ui.navigation import entry

READERS = ("doctor", "institution", "hospital", "health_bureau")


class ExaminationsConfig(AppConfig):
    name = "weimin.examinations"
    label = "examinations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "following", "merging", "indicators", "papers_form", "settable"):
            import_module(f"weimin.examinations.{module}")
        import_module("weimin.examinations.flow").register()
        import_module("weimin.examinations.joined").register()
        named("examinations.feedback", _("打印告知单"))
        named("examinations.invitation_list", _("导出邀请名单"))
        entry("examinations:plans", label=_("健康体检"), section="serve", roles=READERS, order=10)
        entry("examinations:abnormal", label=_("体检异常追踪"), section="serve", roles=READERS, order=11)
