"""weimin plan status"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tenants.utils import tenant_context

from weimin.buildout.plan.explain import plain
from weimin.buildout.queries.plans import Overview, get_plan, goal_lines, list_plans
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


class Command(BaseCommand):
    help = _lazy("显示各方案完成到哪里：目标、站点、逾期")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jurisdiction", type=int, help=_("只看一个辖区（区划代码）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Jurisdiction.objects.all()
        if options["jurisdiction"]:
            chosen = chosen.filter(code=options["jurisdiction"])
            if not chosen:
                raise CommandError(_("没有区划代码为 %(code)s 的辖区。") % {"code": options["jurisdiction"]})
        found = [status for jurisdiction in chosen for status in status_of(jurisdiction)]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, default=str))
            return
        for plan in found:
            self.stdout.write(f"{plan['jurisdiction']}  {plan['title']}")
            for goal in plan["goals"]:
                self.stdout.write(
                    f"  {goal['label']}: {goal['done'] if goal['done'] is not None else '—'} / {goal['target']} {goal['unit']}  {goal['due_on'] or ''}"
                )
            self.stdout.write("  " + _("逾期环节 %(number)d 个") % {"number": plan["late"]})


def status_of(jurisdiction: Jurisdiction) -> list[dict[str, Any]]:
    """The plans of one jurisdiction with goals, states by tier and the number of overdue steps."""
    actor, now = system_actor(jurisdiction.low, jurisdiction.high, channel="command"), timezone.now()
    rows = []
    with tenant_context(jurisdiction), entered(actor):
        for known in list_plans(actor):
            plan = get_plan(actor, known.pk)
            goals = [
                {
                    "key": line.goal.key,
                    "label": line.goal.label,
                    "done": line.done,
                    "target": plain(line.goal.target),
                    "unit": line.goal.unit,
                    "due_on": line.goal.due_on,
                }
                for line in goal_lines(actor, plan, now)
            ]
            view = Overview(actor, plan, now)
            states = {tier.key: dict(Counter(line.state for line in view.lines if line.tier == tier.key)) for tier in plan.content.tiers if tier.build}
            rows.append({
                "jurisdiction": jurisdiction.name, "code": plan.code, "title": plan.title, "version": plan.version, "issued_on": plan.issued_on,
                "goals": goals, "states": states, "late": len(view.late),
            })  # fmt: skip
    return rows
