"""The quarterly bulletin: issued with the figures of its day, told to every institution."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.institutions.actions.base import BUREAU
from weimin.institutions.forms.ratings import IssueBulletin
from weimin.institutions.models import QuarterBulletin
from weimin.institutions.queries.comparison import comparison, kept
from weimin.messages.sending import send
from weimin.messages.wording import register_template
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import here

ISSUED = "institutions.bulletin_issued"
register_template(ISSUED, _("%(year)d 年第 %(quarter)d 季度社区卫生服务情况通报已印发。"))


def last_day_of(year: int, quarter: int) -> date:
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


@register("institutions.issue_bulletin", label=_("印发季度通报"), form=IssueBulletin, roles=BUREAU, region=lambda target, data: here().code)
def issue_bulletin(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """按季度末的指标印发通报，写明各机构情况和落后的原因；印发后数字不再变。"""
    year, quarter = data["period"]
    with translation.override("zh-hans"):
        figures = kept(comparison(by, last_day_of(year, quarter)))
    if not figures["day"] or not figures["rows"]:
        raise RuleBroken(_now("这个季度还没有可以通报的指标值，或者还没有登记卫生机构。"))
    facts = {"document_number": data["document_number"], "issuer": data["issuer"], "figures": figures, "issued_by": by.name or by.role, "issued_at": now}
    row = QuarterBulletin.objects.create(year=year, quarter=quarter, **facts)
    url = reverse("institutions:bulletin", args=[row.pk])
    send("institution", here().code, "", url, now, template=ISSUED, parameters={"year": year, "quarter": quarter})
    after = {"year": year, "quarter": quarter, "institutions": len(figures["rows"])}
    return Outcome(row, after=after, message=_now("已印发。"), region=here().code, next_url=url)
