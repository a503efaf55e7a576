"""Referrals with what the hospital wrote back. A hospital of elsewhere answers nobody here: the community goes on by telephone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.exchange import rules_parts_referrals  # noqa: F401  (the FHIR side of this kind)
from weimin.exchange.kinds import Kind, Naming, Work, plain, register_kind
from weimin.exchange.kinds_health import changed, facts
from weimin.exchange.rules_lines import Item
from weimin.exchange.rules_parts_referrals import REFERRAL, SUMMARY
from weimin.flows.models import NEVER
from weimin.flows.steps import open_step
from weimin.health.models import HealthRecord
from weimin.referrals.actions.base import title_of
from weimin.referrals.desks import community_desk, seen_by
from weimin.referrals.flow import REFERRAL as FLOW
from weimin.referrals.models import ON_THE_WAY, OVER, Direction, Referral, Summary
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

COLUMNS, ANSWER = tuple(line.name for line in REFERRAL), tuple(line.name for line in SUMMARY)
CALLED_BACK = ("returned", "received")


def referrals_of(actor: Actor, record: HealthRecord) -> list[Referral]:
    """As far as the post sees referrals: a hospital's only its own. With `answer`: the summary or None."""
    rows = list(seen_by(actor).filter(record=record).order_by("pk"))
    said = {one.referral_id: one for one in Summary.objects.visible_to(actor).filter(referral__in=rows)}
    for row in rows:
        row.answer = said.get(row.pk)  # type: ignore[attr-defined]
    return rows


def referral_item(row: Any, naming: Naming) -> Item:
    return naming.identity("referral", row) | plain(row, COLUMNS) | {"summary": plain(row.answer, ANSWER) if row.answer is not None else None}


def add_referral(work: Work, item: Item) -> Referral:
    resident = work.record.resident
    if item["state"] in ON_THE_WAY and Referral.objects.filter(resident=resident, state__in=ON_THE_WAY).exists():
        raise RuleBroken(_now("这位居民在本地已经有一次转诊在办，来件里也有一次，没有导入。请先办完本地的。"))
    over = item["state"] in OVER
    row = Referral.objects.create(
        region=work.record.region, resident=resident, record=work.record, attended=False, wait_until=work.now if over else NEVER, **facts(item, COLUMNS)
    )
    if item["summary"] is not None:
        Summary.objects.create(region=row.region, referral=row, **facts(item["summary"], ANSWER))
    if not over:
        desk = community_desk(row.region, timezone.localdate(work.now))
        open_step(FLOW, row.state, row, title=title_of(row), region=row.region, now=work.now, role=desk.role)
    return row


def change_referral(work: Work, row: Referral, values: Item, item: Item) -> Referral:
    if values.get("state", row.state) != row.state:
        raise RuleBroken(_now("这次转诊现在是“%(state)s”，请在转诊里办理，不能按来件改。") % {"state": row.get_state_display()})
    return changed(row, values)  # type: ignore[no-any-return]


def referral_faults(item: Item, today: date) -> list[str]:
    found = [] if item["sent_at"] else [_now("转诊没有时间")]
    if item["state"] in CALLED_BACK and item["returned_on"] is None:
        found.append(_now("转回的没有转回日期"))
    if (item["state"] in OVER) != (item["closed_on"] is not None):
        found.append(_now("完成日期和状态对不上"))
    if item["admitted_on"] and item["returned_on"] and item["returned_on"] < item["admitted_on"]:
        found.append(_now("转回早于入院"))
    long = [one for one in item["grounds"] if len(one) > 60] or [name for name in ("present", "past", "treatment") if len(item[name]) > 5000]
    return found + ([_now("转诊内容过长")] if long else []) + summary_faults(item["summary"])


def summary_faults(item: Item | None) -> list[str]:
    if item is None:
        return []
    columns = {name: Summary._meta.get_field(name) for name in ANSWER}
    missing = [name for name, column in columns.items() if not column.blank and item[name] in (None, "")]  # type: ignore[union-attr]
    long = [name for name, column in columns.items() if isinstance(item[name], str) and len(item[name]) > (getattr(column, "max_length", None) or 5000)]
    return [_now("转回小结不完整，或者过长")] if missing or long else []


def about_referral(item: Item) -> str:
    direction = dict(Direction.choices).get(item["direction"], item["direction"])
    return f"{direction} {item['hospital']} {timezone.localdate(item['sent_at']).isoformat() if item['sent_at'] else ''}".strip()


register_kind(Kind("referral", Referral, _("双向转诊"), COLUMNS, referrals_of, referral_item, add_referral, change_referral, referral_faults, about_referral))
