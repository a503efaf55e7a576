from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.config.backup.make import make_backup


class Command(BaseCommand):
    help = gettext_lazy("把数据库与附件备份成一个文件，并当场核对。密钥不在其中，须另外保管")  # type: ignore[assignment]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT", help=_("备份文件，或放备份的文件夹"))

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        manifest = make_backup(out, settings.MEDIA_ROOT, settings.DATA_DIR, timezone.localtime())
        rows = sum(count for count, _hash in manifest.tables.values())
        figures = {"tables": len(manifest.tables), "rows": rows, "files": len(manifest.files) - 1}
        self.stdout.write(_("备份完成并已核对：%(tables)d 张表，%(rows)d 行，%(files)d 个附件。") % figures)
        self.stdout.write(
            _("密钥不在备份中：请把 %(key)s 另存到别处（如密封光盘、保密柜）。没有它，恢复后的身份证号等加密内容无法读出。") % {"key": settings.KEY_FILE}
        )
