from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class BuildoutConfig(AppConfig):
    name = "weimin.buildout"
    label = "buildout"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in (
            "actions",
            "queries",
            "indicators",
            "searching",
            "part_money",
            "operators",
            "site_hooks",
            "files_acceptance",
            "part_people",
            "part_acceptance",
            "public_place",
        ):
            import_module(f"weimin.buildout.{module}")
        import_module("weimin.buildout.flow").register()
        entry("buildout:plans", label=_("实施方案"), section="build", order=10)
