"""weimin demo reset"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.demonstration.loading import load, unload


class Command(BaseCommand):
    help = "清空并重装演示数据；真实辖区不受影响"

    def handle(self, *args: Any, **options: Any) -> None:
        unload()
        for jurisdiction in load(timezone.localdate()):
            self.stdout.write(_("已重装 %(name)s 的演示数据。") % {"name": jurisdiction.name})
