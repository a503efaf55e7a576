"""weimin secrets rotate: a new encryption key, and everything sealed anew with it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.secrets.cipher import SealBroken
from weimin.secrets.keys import KeyTrouble, add_version, drop_old_versions, keyring, look_again
from weimin.secrets.rotation import count_old, rotate
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


def opened() -> Any:
    return entered(system_actor(name="secrets_rotate", channel="command"))


class Command(BaseCommand):
    help = gettext_lazy("更换加密密钥，分批重新加密全部辖区的加密内容；中断后再次运行即可继续")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drop-old", action="store_true", help=_("全部换完后，从密钥文件中清除旧密钥（请先备份）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.drop() if options["drop_old"] else self.rotate(quiet=options["json"])
        except (KeyTrouble, SealBroken) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result))

    def rotate(self, *, quiet: bool) -> dict[str, int]:
        look_again()
        resumed = count_old(opened)
        if not resumed:
            add_version()
        total = 0
        for schema, place, done in rotate(opened):
            total += done
            if not quiet:
                self.stdout.write(f"{schema} {place}: {done}")
        if not quiet:
            self.stdout.write(_("已用第 %(version)d 版密钥重新加密 %(total)d 项。") % {"version": keyring().current, "total": total})
        return {"version": keyring().current, "sealed": total, "resumed": resumed}

    def drop(self) -> dict[str, int]:
        look_again()
        old = count_old(opened)
        if old:
            raise CommandError(_("还有 %(count)d 项使用旧密钥，请先运行 weimin secrets rotate。") % {"count": old})
        return {"version": drop_old_versions().current, "sealed": 0, "resumed": 0}
