"""Registration of the room: its actions, and the wish to hear of a newly published year."""

from importlib import import_module

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "weimin.flows"
    label = "flows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.flows.actions")
        import_module("weimin.flows.finding")
        import_module("weimin.calendars.publish").on_year_published(import_module("weimin.flows.jobs").recompute_provisional)
