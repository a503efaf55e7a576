"""Registration of the room: its lines in the navigation."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from weimin.ui.navigation import entry


class ShellConfig(AppConfig):
    name = "weimin.shell"
    label = "shell"
    verbose_name = _("工作台")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("weimin.shell.calendar_actions")
        import_module("weimin.shell.lamp_actions")
        queries = import_module("weimin.shell.queries")
        entry("shell:workbench", label=_("工作台"), section="work", order=1, count=queries.todo_count)
        entry("shell:search", label=_("搜索"), section="work", order=5)
        entry("shell:burden", label=_("填报负担"), section="supervise", roles=("lead_office", "leader", "supervisor", "administrator"), order=90)
        entry("shell:guide", label=_("10 分钟走一遍"), section="help", order=900)
        entry("shell:help", label=_("我能办什么"), section="help", order=910)
        entry("shell:about", label=_("关于"), section="help", order=920)
        entry("calendars:year", label=_("工作日历"), section="manage", roles=("administrator",), order=60)
