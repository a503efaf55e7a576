"""Registration of the room: its actions, and the wish to hear of a newly published year."""


from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "weimin.flows"
    label = "flows"
    default_auto_field = "django.db.models.BigAutoField"

