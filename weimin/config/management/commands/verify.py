import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.config.backup.archive import verify_archive


class Command(BaseCommand):
    help = gettext_lazy("逐字节核对备份文件，不需要数据库；有一处不符即报告并以非零退出")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=gettext_lazy("备份文件"))
        parser.add_argument("--json", action="store_true", help=gettext_lazy("输出机器可读的结果"))

    def handle(self, *args: Any, file: Path, json: bool, **options: Any) -> None:
        manifest = verify_archive(file)
        figures = {
            "made_at": manifest.made_at,
            "version": manifest.version,
            "tables": len(manifest.tables),
            "rows": sum(count for count, _hash in manifest.tables.values()),
            "files": len(manifest.files) - 1,
            "trail": manifest.trail,
        }
        if json:
            self.stdout.write(as_json(figures))
        else:
            sentence = _(
                "备份完好：%(made_at)s 由版本 %(version)s 写成，%(tables)d 张表，%(rows)d 行，%(files)d 个附件。"
            )
            self.stdout.write(sentence % figures)


def as_json(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False)
