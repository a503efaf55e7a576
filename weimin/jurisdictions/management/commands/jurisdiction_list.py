"""weimin jurisdiction list: who uses this installation."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.jurisdictions.models import Jurisdiction


class Command(BaseCommand):
    help = gettext_lazy("列出全部辖区")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(Jurisdiction.objects.all())
        if options["json"]:
            facts = [{"code": row.code, "name": row.name, "schema": row.schema_name, "demonstration": row.demonstration} for row in rows]
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        if not rows:
            self.stdout.write(_("还没有辖区。用 weimin jurisdiction create 代码 建立。"))
        for row in rows:
            self.stdout.write(f"{row.code}  {row.name}{'  ' + _('演示数据') if row.demonstration else ''}")
