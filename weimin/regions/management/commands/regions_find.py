"""weimin regions find TEXT: codes by name, pinyin, initials or digits."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.regions.queries import path_name, search


class Command(BaseCommand):
    help = gettext_lazy("按名称、拼音、首字母或代码查全国区划")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", help=_("名称、拼音、首字母或代码"))
        parser.add_argument("--limit", type=int, default=20, help=_("最多几条（默认 20）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = search(options["text"], limit=max(1, min(options["limit"], 1000)))
        if options["json"]:
            rows = [{"code": row.code, "name": row.name, "level": row.level, "kind": row.kind, "path": path_name(row)} for row in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        if not found:
            raise CommandError(_("没有找到“%(text)s”。") % {"text": options["text"]})
        for row in found:
            self.stdout.write(f"{row.code}  {row.get_kind_display()}  {path_name(row)}")
