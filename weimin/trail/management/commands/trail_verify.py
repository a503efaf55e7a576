"""weimin trail verify: has anybody changed the trail behind the application's back?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.trail.schemas import schemas
from weimin.trail.verification import Finding, Report, verify

KINDS = {
    "changed": gettext_lazy("第 %(entry)s 条留痕被改动"),
    "missing": gettext_lazy("第 %(entry)s 条留痕被删除"),
    "added": gettext_lazy("第 %(entry)s 条留痕是事后插入的"),
    "seal_changed": gettext_lazy("第 %(seal)s 号封存被改动，涉及第 %(entry)s 条起的留痕"),
    "seal_missing": gettext_lazy("第 %(seal)s 号封存不见了，第 %(entry)s 条起的留痕被截断"),
    "anchors_lost": gettext_lazy("数据库以外的链头文件不见了"),
    "anchor_damaged": gettext_lazy("数据库以外的链头文件已损坏"),
}


class Command(BaseCommand):
    help = gettext_lazy("核对留痕链，逐条指出被改动、删除、插入之处；有问题时以非零退出")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jurisdiction", type=int, metavar="CODE", help=_("只核对一个辖区"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        reports = [verify(schema) for schema in schemas(options["jurisdiction"])]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(report) | {"whole": report.whole} for report in reports]))
        else:
            for report in reports:
                self.tell(report)
        broken = sum(report.found for report in reports)
        if broken:
            raise CommandError(_("留痕链不完整：共 %(count)d 处。请保留现场并通知审计人员。") % {"count": broken})

    def tell(self, report: Report) -> None:
        figures = {"schema": report.schema, "sealed": report.sealed, "seals": report.seals, "unsealed": report.unsealed}
        if report.whole:
            self.stdout.write(_("%(schema)s：完整。已核对 %(sealed)d 条（%(seals)d 次封存），另有 %(unsealed)d 条尚未封存。") % figures)
            return
        self.stdout.write(_("%(schema)s：不完整") % figures)
        for finding in report.findings:
            self.stdout.write("  " + words(finding))


def words(finding: Finding) -> str:
    return str(KINDS[finding.kind]) % {"entry": finding.entry, "seal": finding.seal}
