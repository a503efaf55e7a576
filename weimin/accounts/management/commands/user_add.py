"""weimin user add LOGIN: a person with a first post; the temporary password is printed once."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.models import Person
from weimin.accounts.passwords import set_password, temporary_password
from weimin.accounts.roles import Role
from weimin.accounts.rules import password_faults
from weimin.actions.act import act, new_key
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import system_actor
from weimin.walls.errors import Refusal
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy


class Command(BaseCommand):
    help = gettext_lazy("新增一个人和第一个岗位；临时口令只显示一次，首次登录必须修改")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help=_("登录名"))
        parser.add_argument("--name", required=True, help=_("姓名"))
        parser.add_argument("--role", required=True, choices=Role.values, help=_("岗位"))
        parser.add_argument("--region", required=True, type=int, help=_("12 位区划代码"))
        parser.add_argument("--title", default="", help=_("职务"))
        parser.add_argument("--jurisdiction", type=int, help=_("辖区代码；不给时按区划找，找不到就是省、市级用户"))
        parser.add_argument("--password-stdin", action="store_true", help=_("从标准输入读口令（不再要求首次修改）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        jurisdiction, now = self.jurisdiction_of(options), timezone.now()
        if jurisdiction is None:
            tenancy.set_schema_to_public()
        else:
            tenancy.set_tenant(jurisdiction)
        try:
            password = self.add(options, jurisdiction, now)
        finally:
            tenancy.set_schema_to_public()
        self.tell(options, jurisdiction, password)

    def jurisdiction_of(self, options: dict[str, Any]) -> Jurisdiction | None:
        """The one that was named, else the one whose range holds the region, else none: a person above all of them."""
        rows = list(Jurisdiction.objects.all())
        if options["jurisdiction"] is None:
            return next((row for row in rows if row.low <= options["region"] <= row.high), None)
        found = next((row for row in rows if row.code == options["jurisdiction"]), None)
        if found is None:
            raise CommandError(_("%(code)s 不是辖区。用 weimin jurisdiction list 查看。") % {"code": options["jurisdiction"]})
        return found

    def add(self, options: dict[str, Any], jurisdiction: Jurisdiction | None, now: datetime) -> str:
        """The temporary password, or an empty text when one was given."""
        given = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else ""
        if options["password_stdin"] and (faults := password_faults(given, options["login"])):
            raise CommandError(" ".join(faults))
        password = given or temporary_password()
        actor = system_actor(jurisdiction.low, jurisdiction.high, channel="command") if jurisdiction else system_actor(channel="command")
        data = {name: options[name] for name in ("login", "name", "role", "region", "title")}
        data |= {"starts_on": timezone.localdate(now).isoformat()}
        try:
            with entered(actor):
                receipt = act(actor, "accounts.add_person", data, new_key(), now=now)
                set_password(Person.objects.get(pk=receipt.subject_id or 0), password, now, must_change=not given)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        return "" if given else password

    def tell(self, options: dict[str, Any], jurisdiction: Jurisdiction | None, password: str) -> None:
        place = jurisdiction.name if jurisdiction else _("省、市级（全部辖区）")
        if options["json"]:
            facts = {
                "login": options["login"],
                "jurisdiction": jurisdiction.code if jurisdiction else None,
                "temporary_password": password,
            }
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(_("%(name)s（%(login)s）已加入：%(place)s") % {"name": options["name"], "login": options["login"], "place": place})
        if password:
            self.stdout.write(_("临时口令（只显示这一次）：%(password)s") % {"password": password})
