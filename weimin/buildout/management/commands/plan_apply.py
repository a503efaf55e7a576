"""weimin plan apply FILE"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tenants.utils import tenant_context

from weimin.actions.act import act, new_key
from weimin.buildout.plan_files import jurisdiction_of, parse_day, read_file, read_text
from weimin.walls.actor import system_actor
from weimin.walls.errors import Refusal


class Command(BaseCommand):
    help = _lazy("执行方案：建立目标、站点任务、期限和预算；再执行一次不会改变任何东西")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("方案文件（YAML）"))
        parser.add_argument("--issued", type=parse_day, help=_("改按这一天印发，日期整体平移"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_file(options["file"])
        jurisdiction = jurisdiction_of(plan)
        with tenant_context(jurisdiction):
            actor = system_actor(jurisdiction.low, jurisdiction.high, name="weimin plan apply", channel="command")
            data = {"text": read_text(options["file"]), "issued_on": str(options["issued"] or "")}
            try:
                receipt = act(actor, "buildout.apply_plan", data, new_key())
            except Refusal as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps({"plan": receipt.subject_id, "message": receipt.message}, ensure_ascii=False) if options["json"] else receipt.message)
