"""weimin regions load: fill the national division table, wholly or for one region."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.regions.loading import DATA, load_regions


class Command(BaseCommand):
    help = gettext_lazy("装入全国区划表（随软件提供），替换原有的表；本地标记和更正不受影响")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA, help=_("parquet 文件，列为 code、name、pinyin、initials"))

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        if not file.is_file():
            raise CommandError(_("读不到文件 %(file)s。") % {"file": file})
        self.stdout.write(_("已装入 %(count)d 个区划。") % {"count": load_regions(file)})
