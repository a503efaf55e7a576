"""What the plan commands share: the file's text, its plan, the jurisdiction it belongs to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from weimin.buildout.plan.read import read_plan, shift
from weimin.buildout.plan.schema import Plan
from weimin.jurisdictions.models import Jurisdiction
from weimin.yamlfiles.opening import read_text
from weimin.yamlfiles.problems import FileInvalid


def read_file(file: Path, issued: date | None = None) -> Plan:
    """The checked plan; CommandError lists every problem with its line."""
    try:
        plan = read_plan(read_text(file))
    except FileInvalid as invalid:
        lines = "\n".join(str(problem) for problem in invalid.problems)
        raise CommandError(_("方案文件有 %(number)d 处问题，什么都没有改动：\n%(lines)s") % {"number": len(invalid.problems), "lines": lines}) from None
    return shift(plan, issued) if issued else plan


def jurisdiction_of(plan: Plan) -> Jurisdiction:
    found = Jurisdiction.objects.filter(code=plan.meta.region).first()
    if found is None:
        raise CommandError(_("方案适用的 %(code)s 还不是辖区。请先运行 weimin jurisdiction create %(code)s。") % {"code": plan.meta.region})
    return found


def parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("日期“%(text)s”不对，请写成 2026-11-23 的样子。") % {"text": text}) from None
