from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.config.backup.restore import restore_backup


class Command(BaseCommand):
    help = gettext_lazy("把备份恢复到空数据库，逐表核对行数与内容后才启用")  # type: ignore[assignment]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("备份文件"))
        parser.add_argument("--replace", action="store_true", help=_("替换已有数据；旧数据库和旧附件改名保留"))

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        manifest, aside = restore_backup(file, settings.MEDIA_ROOT, timezone.localtime(), replace=replace)
        rows = sum(count for count, _hash in manifest.tables.values())
        figures = {"tables": len(manifest.tables), "rows": rows, "files": len(manifest.files) - 1}
        self.stdout.write(_("恢复完成，逐表核对一致：%(tables)d 张表，%(rows)d 行，%(files)d 个附件。") % figures)
        for name in aside:
            self.stdout.write(_("旧数据已改名保留：%s。确认无误后可删除。") % name)
        self.stdout.write(_("密钥不在备份中：请确认 %s 就是备份时所用的那一份。") % settings.KEY_FILE)
