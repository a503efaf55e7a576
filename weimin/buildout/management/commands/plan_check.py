"""weimin plan check FILE"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.buildout.plan_files import read_file


class Command(BaseCommand):
    help = _lazy("检查方案文件；有错时逐条指出行和字段")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("方案文件（YAML）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_file(options["file"])
        figures = {
            "code": plan.meta.code,
            "region": plan.meta.region,
            "goals": len(plan.goals),
            "tiers": len(plan.tiers),
            "steps": sum(len(t.steps) for t in plan.tiers),
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        said = _("方案没有问题：目标 %(goals)d 项，层级 %(tiers)d 个，步骤 %(steps)d 个。")
        self.stdout.write(said % figures)
