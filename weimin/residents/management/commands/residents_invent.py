"""weimin residents invent CODE --count N: invented residents for a trial or a measurement, never beside real ones."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tenants.utils import tenant_context

from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.queries import inside
from weimin.regions.rules import Level
from weimin.residents.models import Resident
from weimin.trail.record import record
from weimin.walls.actor import Actor, system_actor
from weimin.walls.later import Later
from weimin.walls.session import entered

settling = Later("weimin.residents.inventing.settling")
MOST = 20_000_000


class Command(BaseCommand):
    help = gettext_lazy("为演示或测量编造居民（标明“演示数据”）；已有真实居民的辖区不能用")  # type: ignore[assignment]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help=_("辖区的 12 位区划代码，用 weimin jurisdiction list 查"))
        parser.add_argument("--count", type=int, default=3000, help=_("一共多少人，平均分到各村（默认 3000）"))
        parser.add_argument("--seed", type=int, default=1, help=_("同一个数字每次编出同样的人（默认 1）"))

    def handle(self, *args: Any, **options: Any) -> None:
        place = Jurisdiction.objects.filter(code=int(options["code"])).first() if options["code"].isdecimal() else None
        if place is None:
            raise CommandError(_("没有代码为 %(code)s 的辖区。可用 weimin jurisdiction list 查看。") % {"code": options["code"]})
        if not 0 < options["count"] <= MOST:
            raise CommandError(_("人数要在 1 到 %(most)d 之间。") % {"most": MOST})
        villages = [region.code for region in inside(place.code, Level.VILLAGE)]
        began = time.monotonic()
        with tenant_context(place):
            written = self.settle(place, villages, options["count"], options["seed"])
        self.stdout.write(_("已编造 %(count)d 位居民（%(villages)d 个村、社区），用时 %(seconds).1f 秒。") % {
            "count": written, "villages": len(villages), "seconds": time.monotonic() - began,
        })  # fmt: skip

    def settle(self, place: Any, villages: list[int], count: int, seed: int) -> int:
        """Village by village in transactions of their own, so that a million need no more memory than one village."""
        actor = system_actor(place.low, place.high, name="residents.invent", channel="command")
        refuse_beside_real(actor)
        each = -(-count // max(1, len(villages)))
        written = 0
        today = timezone.localdate()
        for rows in settling.in_batches(villages, each, count, seed, today):
            with entered(actor):
                written += settling.settle(rows, today)
        with entered(actor):
            after = {"count": written, "seed": seed}
            record(actor, "residents.invent", subject_type="residents.resident", subject_id=None, region=place.code, now=timezone.now(), after=after)
        return written


def refuse_beside_real(actor: Actor) -> None:
    """Invented people beside real ones would be counted, visited and paid."""
    with entered(actor):
        if Resident.objects.visible_to(actor).exclude(source=settling.MARK).exists():
            raise CommandError(_("这个辖区已有真实居民，不能再编造。"))
