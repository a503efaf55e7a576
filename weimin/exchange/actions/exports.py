"""A record goes out as a bundle: checked against FHIR, with a reason, on the trail, kept sealed for a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.actions.registry import Outcome, register
from weimin.exchange.collecting import collect
from weimin.exchange.forms import ExportRecord
from weimin.exchange.kinds_files import with_contents
from weimin.exchange.models import Exchange, ExchangeState
from weimin.exchange.packing import digest, packed, to_json
from weimin.exchange.rules_bundle import BUNDLES, Content, Sender, build
from weimin.exchange.rules_release import R4, to_r4
from weimin.health.actions.base import CLINICIANS, find_record, named, where
from weimin.health.models import HealthRecord
from weimin.regions.queries import names
from weimin.walls.actor import Actor
from weimin.walls.later import Later
from weimin.walls.tenancy import here

validating = Later("weimin.exchange.validating")


def exchange_url(number: int) -> str:
    return reverse("exchange:exchange", args=[number])


def post_label(by: Actor) -> str:
    """The post as Provenance names it: unit, title or role, place."""
    post = Post.objects.filter(pk=by.post or 0).first()
    place = names([by.low])[by.low]
    return " · ".join(part for part in ((post.unit, str(post), place) if post else (by.role, place)) if part)


def unit_of(by: Actor, content: Content) -> str:
    """Who keeps the record: its institution, the sender's unit, else the government that runs this house."""
    post = Post.objects.filter(pk=by.post or 0).first()
    return str(content.record.get("institution") or (post.unit if post else "") or here().name)


@register("exchange.export_record", label=_("导出档案"), form=ExportRecord, roles=CLINICIANS, find=find_record, region=where, keeps_draft=False)
def export_record(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """把一个人的健康档案导出为 FHIR 数据包，交给省平台或别的辖区；要写理由，都留痕。"""
    content = collect(by, record, here().code).content
    content.rows["file"] = with_contents(content.rows["file"], data["batch"])
    sender = Sender(str(uuid4()), now, by.name or by.role, post_label(by), unit_of(by, content), data["reason"], data["full"])
    bundle = build(content, sender)
    if data["release"] == R4:
        bundle = to_r4(bundle)
    validating.check_valid(bundle, data["release"])
    raw = to_json(bundle)
    said = {name: len(rows) for name, rows in content.rows.items()}
    row = Exchange.objects.create(
        region=record.region, way="out", state=ExchangeState.MADE, record=record, bundle=f"{BUNDLES}|{sender.number}", release=data["release"], full=data["full"],
        reason=data["reason"], institution=sender.institution, said=said, person=by.person or 0, person_name=sender.name, post_label=sender.post, at=now,
        size=len(raw), digest=digest(raw), content=packed(raw),
    )  # fmt: skip
    after = {"name": named(record.resident), "release": row.release, "full": row.full, "bytes": row.size}
    return Outcome(row, after=after, reason=data["reason"], message=_now("已导出，一个月内可以下载。"), next_url=exchange_url(row.pk))
