from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "weimin.papers"
    label = "papers"
    verbose_name = _("公文与单据")
    default_auto_field = "django.db.models.BigAutoField"
