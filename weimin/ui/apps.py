"""Registration of the room: the gallery in the navigation, and the check of the navigation itself."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _

from weimin.ui.checks import check_navigation
from weimin.ui.navigation import entry


class UiConfig(AppConfig):
    name = "weimin.ui"
    label = "ui"
    verbose_name = _("界面组件")

    def ready(self) -> None:
        register_check(check_navigation)
        entry("ui:gallery", label=_("组件样本"), section="manage", roles=("administrator",), order=900)
