from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "weimin.config"
    label = "config"
