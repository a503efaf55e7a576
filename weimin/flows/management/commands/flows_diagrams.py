"""`weimin flows_diagrams`: every registered flow as a state diagram in docs/flows.md; `--check` fails when the file differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.flows.diagrams import document


class Command(BaseCommand):
    help = gettext_lazy("把全部流程的状态图写入 docs/flows.md（--check 只检查是否一致）")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help=_("只检查，不一致时失败"))
        parser.add_argument("--out", type=Path, default=Path(settings.BASE_DIR) / "docs" / "flows.md", help=_("写到哪个文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["out"]
        with translation.override("zh-hans"):
            text = document()
        if not options["check"]:
            target.write_text(text, "utf-8")
            self.stdout.write(_("已写入 %(file)s。") % {"file": target.name})
        elif not target.exists() or target.read_text("utf-8") != text:
            raise CommandError(_("%(file)s 与代码不一致，请运行 weimin flows_diagrams。") % {"file": target.name})
