"""Daily duties of the build-out: what follows from the dates is listed, the lead office is told when a bulletin is due."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.buildout.models import Plan
from weimin.buildout.queries.pressure import due_bulletins, local_day
from weimin.jurisdictions.models import Jurisdiction
from weimin.messages.models import Message
from weimin.messages.sending import send
from weimin.messages.wording import register_template
from weimin.walls.actor import system_actor
from weimin.walls.periodic import every

BULLETIN_DUE = "buildout.bulletin_due"
register_template(BULLETIN_DUE, _("“%(label)s”应于 %(on)s 通报，请核对数字并印发。"))


@every("15 6 * * *", "buildout.consequences", label=_("按期限列出奖惩"))
def list_consequences(jurisdiction: Jurisdiction, now: datetime) -> None:
    """One action a plan and day: running again on the day changes nothing."""
    for plan in Plan.objects.defer("data"):
        act(system_actor(), "buildout.find_consequences", {}, f"consequences-{plan.pk}-{local_day(now)}", target=plan.pk, now=now)


@every("30 8 * * *", "buildout.bulletins_due", label=_("提醒印发通报"))
def remind_bulletins(jurisdiction: Jurisdiction, now: datetime) -> None:
    remind(now)


def remind(now: datetime) -> int:
    """Tells the lead office of each bulletin whose day came and that was not issued; each day of a bulletin once. How many were told."""
    told = 0
    for plan in Plan.objects.all():
        for item, day in due_bulletins(plan, local_day(now)):
            told += tell_once(plan, item.key, item.label, day, now)
    return told


def tell_once(plan: Plan, key: str, label: str, day: date, now: datetime) -> int:
    parameters = {"plan": plan.pk, "key": key, "label": label, "on": day.isoformat()}
    if Message.objects.filter(template=BULLETIN_DUE, parameters=parameters).exists():
        return 0
    url = f"{reverse('buildout:bulletins', args=[plan.pk])}?key={key}"
    send("lead_office", plan.region, "", url, now, template=BULLETIN_DUE, parameters=parameters)
    return 1
