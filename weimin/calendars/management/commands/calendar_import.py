"""weimin calendar import FILE: take over a holiday notice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.calendars.publish import CalendarInvalid, import_csv


class Command(BaseCommand):
    help = gettext_lazy("导入放假安排（CSV：日期、类型、名称、来源、适用区划），该年转为“已公布”，暂定期限随之重算")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("CSV 文件"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = self.take_over(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps([{"year": year, "region": region} for year, region in pairs]))
            return
        for year, region in pairs:
            place = region or _("全国")
            self.stdout.write(_("%(year)d 年放假安排已导入（%(place)s），相关期限已重算。") % {"year": year, "place": place})

    def take_over(self, file: Path) -> list[tuple[int, int]]:
        try:
            return import_csv(file.read_text("utf-8-sig"))
        except OSError as error:
            raise CommandError(_("读不到文件 %(file)s：%(why)s") % {"file": file, "why": error.strerror}) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("文件 %(file)s 不是 UTF-8 编码，请另存为“CSV UTF-8”。") % {"file": file}) from error
        except CalendarInvalid as error:
            raise CommandError(_("没有导入，什么都没有改动：\n%(faults)s") % {"faults": error}) from error
