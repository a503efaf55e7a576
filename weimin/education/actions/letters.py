"""The letter to residents: a new version, and copies that went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.base import KEEPERS, who
from weimin.education.forms.letters import RecordLetters, WriteLetter
from weimin.education.models import Letter, LetterDelivery
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import here


def everywhere(target: Any, data: dict[str, Any]) -> int:
    return here().code


@register("education.write_letter", label=_("印发新版一封信"), form=WriteLetter, roles=("health_bureau",), region=everywhere)
def write_letter(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """印发《致社区居民的一封信》的新版；以前各版照样保存，可以打印。"""
    last = Letter.objects.order_by("-number").first()
    try:
        with transaction.atomic():
            row = Letter.objects.create(number=last.number + 1 if last else 1, written_by=who(by), written_at=now, **data)
    except IntegrityError:
        raise RuleBroken(_now("刚刚有人印发了新的一版，请核对以后再印发。")) from None
    message = _now("已印发第 %(number)d 版。") % {"number": row.number}
    return Outcome(row, after={"number": row.number, "title": row.title}, region=here().code, message=message, next_url=reverse("education:letters"))


@register(
    "education.record_letters",
    label=_("登记一封信发放"),
    form=RecordLetters,
    roles=(*KEEPERS, "township", "village"),
    region=lambda target, data: data["place"],
)
def record_letters(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一封信发放到户、发放到机关单位、张贴到小区和楼道门口的份数。"""
    facts = {name: data[name] for name in ("letter", "way", "copies", "on", "venue")}
    row = LetterDelivery.objects.create(region=data["place"], entered_by=who(by), entered_at=now, **facts)
    after = {"number": row.letter.number, "copies": row.copies, "way": row.way}
    return Outcome(row, after=after, message=_now("已登记 %(copies)d 份。") % {"copies": row.copies}, next_url=reverse("education:letters"))
