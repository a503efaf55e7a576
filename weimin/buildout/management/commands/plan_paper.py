"""weimin plan paper FILE --docx|--pdf OUT"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.buildout.papers_plan import plan_paper
from weimin.buildout.plan_files import parse_day, read_file
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf


class Command(BaseCommand):
    help = _lazy("把方案印成公文（GB/T 9704-2012）：Word 或 PDF")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("方案文件（YAML）"))
        parser.add_argument("--docx", type=Path, help=_("写成 Word 文件"))
        parser.add_argument("--pdf", type=Path, help=_("写成 PDF 文件"))
        parser.add_argument("--issued", type=parse_day, help=_("改按这一天印发，日期整体平移"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["docx"] and not options["pdf"]:
            raise CommandError(_("请用 --docx 或 --pdf 指明写到哪个文件。"))
        paper = plan_paper(read_file(options["file"], options["issued"]))
        for target, render in ((options["docx"], to_docx), (options["pdf"], to_pdf)):
            if target:
                self.save(target, render(paper))

    def save(self, target: Path, content: bytes) -> None:
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CommandError(_("写不了文件 %(file)s：%(why)s") % {"file": target, "why": error.strerror}) from None
        self.stdout.write(_("已写好 %(file)s") % {"file": target})
