"""weimin demo load"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.demonstration.loading import load


class Command(BaseCommand):
    help = _lazy("装入演示数据：两个真实区划上的两份方案，人员和进度为虚构")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        for jurisdiction in load(timezone.localdate()):
            self.stdout.write(_("已装入 %(name)s 的演示数据。") % {"name": jurisdiction.name})
