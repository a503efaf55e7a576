from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry
from weimin.ui.shortcuts import shortcut

READERS = ("doctor", "institution", "hospital", "health_bureau")


class ReferralsConfig(AppConfig):
    name = "weimin.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("actions", "searching", "indicators", "files", "settable"):
            import_module(f"weimin.referrals.{module}")
        for module in ("flow", "following", "joining"):
            import_module(f"weimin.referrals.{module}").register()
        entry("referrals:referrals", label=_("双向转诊"), section="serve", roles=READERS, order=7)
        entry("referrals:pairings", label=_("对口支援"), section="serve", roles=READERS, order=9)
        shortcut("referrals:people", label=_("为居民转诊"), roles=("doctor", "institution", "hospital"), order=40)
