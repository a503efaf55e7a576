"""weimin catalogue load FILES… | --shipped"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tenants.utils import tenant_context

from weimin.actions.act import act, new_key
from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import FilesInvalid, read_files, shipped_texts
from weimin.catalogue.saying import short
from weimin.catalogue.writing import plan_import
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import system_actor
from weimin.walls.errors import Refusal
from weimin.yamlfiles.opening import read_text


class Command(BaseCommand):
    help = _lazy("导入事项目录：没有变化的跳过，有变化的出新版；默认存为草稿，--publish 立即发布")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help=_("目录文件（YAML）"))
        parser.add_argument("--shipped", action="store_true", help=_("导入随软件提供的目录"))
        parser.add_argument("--jurisdiction", type=int, required=True, help=_("辖区的 12 位区划代码"))
        parser.add_argument("--publish", action="store_true", help=_("导入后立即发布"))
        parser.add_argument("--check", action="store_true", help=_("只检查并列出会改动什么，不导入"))

    def handle(self, *args: Any, **options: Any) -> None:
        texts = shipped_texts() if options["shipped"] else {str(file): read_text(file) for file in options["files"]}
        if not texts:
            raise CommandError(_("请写出目录文件，或者用 --shipped 导入随软件提供的目录。"))
        jurisdiction = Jurisdiction.objects.filter(code=options["jurisdiction"]).first()
        if jurisdiction is None:
            raise CommandError(_("%(code)s 还不是辖区。") % {"code": options["jurisdiction"]})
        try:
            contents = read_files(texts)
        except FilesInvalid as invalid:
            raise CommandError("\n".join(invalid.lines)) from None
        with tenant_context(jurisdiction):
            if options["check"]:
                self.show(contents)
            else:
                self.load(jurisdiction, texts, options["publish"])

    def load(self, jurisdiction: Jurisdiction, texts: dict[str, str], publish: bool) -> None:
        actor = system_actor(jurisdiction.low, jurisdiction.high, name="weimin catalogue load", channel="command")
        data = {"several": json.dumps(texts, ensure_ascii=False), "publish": "on" if publish else ""}
        try:
            receipt = act(actor, "catalogue.import_items", data, new_key())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(receipt.message)

    def show(self, contents: Iterable[ItemContent]) -> None:
        words = {"new": _("新增"), "changed": _("修改"), "same": _("没有变化")}
        for row in plan_import(contents):
            self.stdout.write(f"{words[row.kind]}\t{row.content.code}\t{row.content.name}\t{short(row.changes)}")
