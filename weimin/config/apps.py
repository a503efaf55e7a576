"""Wires the house: what rooms on lower floors need from higher ones is lent to them here."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class ConfigConfig(AppConfig):
    name = "weimin.config"
    label = "config"

    def ready(self) -> None:
        import_module("weimin.config.actions")
        import_module("weimin.config.lending").lend_all()
        entry("jobs:list", label=_("后台任务"), section="manage", roles=("administrator",), order=90)
