from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class IndicatorsConfig(AppConfig):
    name = "weimin.indicators"
    label = "indicators"
    verbose_name = _("指标")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        entry("indicators:list", label=_("指标"), section="assess", order=10)
