"""weimin demo reset"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.demonstration.loading import load, unload


class Command(BaseCommand):
    help = _lazy("清空并重装演示数据；真实辖区不受影响")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        unload()
        for jurisdiction in load(timezone.localdate()):
            self.stdout.write(_("已重装 %(name)s 的演示数据。") % {"name": jurisdiction.name})
