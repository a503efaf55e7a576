"""weimin plan diff FILE"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tenants.utils import tenant_context

from weimin.buildout.models import Plan
from weimin.buildout.plan.arithmetic import budget, wanted_sites
from weimin.buildout.plan.diff import diff
from weimin.buildout.plan.schema import Plan as PlanData
from weimin.buildout.plan_files import jurisdiction_of, parse_day, read_file
from weimin.regions.queries import geography


class Command(BaseCommand):
    help = _lazy("显示执行方案会改变什么，不做任何改动")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("方案文件（YAML）"))
        parser.add_argument("--issued", type=parse_day, help=_("改按这一天印发，日期整体平移"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_file(options["file"], options["issued"])
        with tenant_context(jurisdiction_of(plan)):
            known = Plan.objects.filter(code=plan.meta.code).first()
            changes = [str(change) for change in diff(known.content, plan)] if known else first_time(plan)
        if options["json"]:
            self.stdout.write(json.dumps({"new": known is None, "changes": changes}, ensure_ascii=False))
            return
        for change in changes or [_("没有变化。")]:
            self.stdout.write(change)


def first_time(plan: PlanData) -> list[str]:
    """What a first application would make, in words."""
    places = geography(plan.meta.region, plan.meta.issued_on)
    wanted = wanted_sites(plan, places)
    lines = [_("%(tier)s：%(number)d 个") % {"tier": plan.tier(key).label, "number": row.count} for key, row in wanted.items() if plan.tier(key).build]
    total = budget(plan, places).total_fen
    return [_("首次执行：目标 %(number)d 项") % {"number": len(plan.goals)}, *lines, _("预算合计 %(yuan)s 元") % {"yuan": f"{total / 100:,.2f}"}]
