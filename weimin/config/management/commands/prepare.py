from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.config import environment
from weimin.config.bootstrap import prepare
from weimin.config.commands import find_commands


class Command(BaseCommand):
    help = gettext_lazy("做好启动前的准备：译文、数据表、静态文件；内置数据库第一次启动时装入演示数据")  # type: ignore[assignment]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help=_("不装入演示数据"))

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        def tell(what: str) -> None:
            self.stdout.write(_("已准备：%s") % what)
            self.stdout.flush()

        prepare(find_commands(), empty=empty, demonstrate=not environment.text("DATABASE_URL"), tell=tell)
