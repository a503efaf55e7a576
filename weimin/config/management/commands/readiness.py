import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.config.checks import Finding, judge
from weimin.config.facts import gather


class Command(BaseCommand):
    help = gettext_lazy("列出正式使用前还缺什么，每一条都说怎么办")  # type: ignore[assignment]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help=_("有一条不满足就以非零退出"))
        parser.add_argument("--json", action="store_true", help=_("输出机器可读的结果"))

    def handle(self, *args: Any, strict: bool, **options: Any) -> None:
        now = timezone.now()
        findings = judge(gather(now), now)
        missing = [finding for finding in findings if not finding.good]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, default=str))
        else:
            self.show(findings)
        if strict and missing:
            raise CommandError(_("还有 %d 条没有满足，暂不宜正式使用。") % len(missing))

    def show(self, findings: list[Finding]) -> None:
        for finding in findings:
            todo = "" if finding.good else _("：未满足。%s") % finding.todo
            self.stdout.write(f"{'✓' if finding.good else '✗'} {finding.says}{todo}")
        missing = sum(not finding.good for finding in findings)
        self.stdout.write(_("还有 %d 条没有满足。") % missing if missing else _("全部满足，可以正式使用。"))
