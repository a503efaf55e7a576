from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class TrailConfig(AppConfig):
    name = "weimin.trail"
    label = "trail"
    verbose_name = _("留痕")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        entry("trail:search", label=_("留痕查询"), section="supervise", roles=("auditor", "supervisor"), order=80)
