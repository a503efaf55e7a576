from django.apps import AppConfig


class WallsConfig(AppConfig):
    name = "weimin.walls"
    label = "walls"
    default_auto_field = "django.db.models.BigAutoField"
