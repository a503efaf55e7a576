"""weimin jurisdiction create CODE: a county or township begins to use Weimin."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.jurisdictions.creation import create_jurisdiction
from weimin.walls.errors import RuleBroken


class Command(BaseCommand):
    help = gettext_lazy("把一个县（市、区）或乡镇建成辖区；失败时什么都不留下")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help=_("12 位区划代码，用 weimin regions find 查"))
        parser.add_argument("--name", default="", help=_("名称（默认用区划名称）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        if not (len(code) == 12 and code.isascii() and code.isdigit()):
            raise CommandError(_("区划代码是 12 位数字，不能是“%(code)s”。可用 weimin regions find 名称 查询。") % {"code": code})
        try:
            made = create_jurisdiction(int(code), options["name"].strip())
        except RuleBroken as broken:
            raise CommandError(str(broken)) from broken
        if options["json"]:
            self.stdout.write(json.dumps({"code": made.code, "name": made.name, "schema": made.schema_name}, ensure_ascii=False))
            return
        self.stdout.write(_("%(name)s（%(code)s）已建成辖区。") % {"name": made.name, "code": made.code})
        self.stdout.write(_("下一步：weimin user add 登录名 --name 姓名 --role administrator --region %(code)s") % {"code": made.code})
