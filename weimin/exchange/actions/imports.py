"""A bundle comes in: looked at first, then taken in as one action, or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.exchange.actions.exports import exchange_url, post_label
from weimin.exchange.applying import apply, check_living, choices_of, counts_of
from weimin.exchange.forms import ApplyBundle, UploadBundle
from weimin.exchange.incoming import look
from weimin.exchange.models import Exchange, ExchangeState
from weimin.exchange.packing import digest, packed
from weimin.exchange.reviewing import Review, review
from weimin.health.actions.base import KEEPERS, check_active, named, record_url, where
from weimin.residents.models import ResidentStatus
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_incoming(actor: Actor, pk: Any) -> Exchange:
    return Exchange.objects.visible_to(actor).filter(way="in").select_for_update(of=("self",)).get(pk=pk)


def check_waiting(target: Exchange, actor: Actor, now: datetime) -> None:
    if target.state != ExchangeState.WAITING:
        raise RuleBroken(_now("这份数据包现在是“%(state)s”，不用再办。") % {"state": target.get_state_display()})


def here_already(by: Actor, bundle: str, sum_of: str) -> Exchange | None:
    """The same bundle, brought in before in this range and not given up. RuleBroken when its number came with other content."""
    rows = Exchange.objects.visible_to(by).filter(way="in", bundle=bundle).exclude(state=ExchangeState.DROPPED)
    known = rows.order_by("pk").first()
    if known is not None and known.digest != sum_of:
        raise RuleBroken(_now("编号相同的数据包 %(on)s 已经来过，内容与这次不同。请向来源机构核对。") % {"on": timezone.localdate(known.at).isoformat()})
    return known


@register("exchange.upload_bundle", label=_("导入档案"), form=UploadBundle, roles=KEEPERS, region=lambda target, data: data["place"], keeps_draft=False)
def upload_bundle(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """上传一个人的 FHIR 数据包，先核对是谁、有什么、和本地有什么不同，不写入。"""
    raw = data["bundle"].read()
    content, release = look(raw, timezone.localdate(now))
    sum_of = digest(raw)
    known = here_already(by, content.bundle, sum_of)
    if known is not None:
        return Outcome(known, after={"again": True}, region=known.region, message=_now("这份数据包已经上传过。"), next_url=exchange_url(known.pk))
    said = {name: len(rows) for name, rows in content.rows.items()} | {"left": sum(content.left.values()), "elsewhere": len(content.elsewhere)}
    row = Exchange.objects.create(
        region=data["place"], way="in", state=ExchangeState.WAITING, bundle=content.bundle, release=release, full=bool(content.person.get("id_number")),
        institution=content.source.get("institution", "")[:200], said=said, person=by.person or 0, person_name=by.name or by.role, post_label=post_label(by),
        at=now, size=len(raw), digest=sum_of, content=packed(raw),
    )  # fmt: skip
    return Outcome(row, after={"release": release, "bytes": row.size}, message=_now("已读取，请核对。"), next_url=exchange_url(row.pk))


def looked_at(by: Actor, target: Exchange, data: dict[str, Any]) -> Review:
    """What is decided about, read again under the locks of this action."""
    found = review(by, target, data.get("resident"), lock=True)
    if found is None or found.resident is None or found.compared is None:
        raise RuleBroken(_now("还没有认定是哪位居民。请先在居民登记里核对或登记，再导入。"))
    if found.resident.status != ResidentStatus.LIVING:
        raise RuleBroken(_now("这位居民现在是“%(status)s”，不能导入。") % {"status": found.resident.get_status_display()})
    check_living(found.resident, found.content)
    return found


@register(
    "exchange.apply_bundle", label=_("写入档案"), form=ApplyBundle, roles=KEEPERS, find=find_incoming, region=where, check=check_waiting, keeps_draft=False,
    template="exchange/apply.html",
)  # fmt: skip
def apply_bundle(by: Actor, target: Exchange, data: dict[str, Any], now: datetime) -> Outcome:
    """把核对过的数据包写入这位居民的健康档案；有不同的，按选的办，不选的留本地。"""
    found = looked_at(by, target, data)
    compared, resident = found.compared, found.resident
    assert compared is not None and resident is not None
    if compared.record is not None:
        check_active(compared.record, by, now)
    chosen = choices_of(data, compared.plan)
    record = apply(by, target, resident, compared, found.content, chosen, now)
    target.record, target.region, target.state, target.applied_at, target.applied_by = record, record.region, ExchangeState.APPLIED, now, by.name or by.role
    target.said = target.said | {"done": counts_of(compared.plan), "theirs": sum(value == "theirs" for value in chosen.values())}
    target.save(update_fields=["record", "region", "state", "applied_at", "applied_by", "said"])
    after = {"name": named(resident), "number": record.number, "bundle": target.bundle[-60:], "theirs": target.said["theirs"]}
    return Outcome(target, after=after, region=record.region, message=_now("已写入健康档案。"), next_url=record_url(record.pk))


@register(
    "exchange.drop_bundle", label=_("不导入"), roles=KEEPERS, find=find_incoming, region=where, check=check_waiting, confirm=_("内容会清空，要导入时再上传。")
)
def drop_bundle(by: Actor, target: Exchange, data: dict[str, Any], now: datetime) -> Outcome:
    """不导入这份数据包，内容清空。"""
    target.state, target.content = ExchangeState.DROPPED, None
    target.save(update_fields=["state", "content"])
    return Outcome(target, after={"state": target.state}, message=_now("已记为未导入。"), next_url=exchange_url(target.pk))
