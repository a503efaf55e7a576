from django.apps import AppConfig


class YamlFilesConfig(AppConfig):
    name = "weimin.yamlfiles"
    label = "yamlfiles"
    default_auto_field = "django.db.models.BigAutoField"
