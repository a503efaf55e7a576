"""An institution is entered, corrected; its posts, its villages and the records of its residents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.models import Care, HealthRecord
from weimin.institutions.actions.base import BUREAU, KEEPERS, check_open, find_institution, institution_url, where
from weimin.institutions.forms.profile import Facts, Posts, Villages
from weimin.institutions.models import Catchment, Institution, PostKind, StaffPost
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FACTS = ("kind", "belongs_to_id", "beds", "licence_number", "licence_to")


def find_site(actor: Actor, pk: Any) -> Site:
    return Site.objects.visible_to(actor).select_for_update().get(pk=pk)


def check_site(site: Site, actor: Actor, now: datetime) -> None:
    if site.tier != "institution" or site.state == "closed":
        raise RuleBroken(_now("只有开放的“机构”一类站点可以登记为卫生机构。"))
    if Institution.objects.filter(site=site).exists():
        raise RuleBroken(_now("这个站点已经登记为卫生机构。"))


def facts_of(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name.removesuffix("_id")] for name in FACTS}


def told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) or value is None else str(value) for name, value in facts.items()}


def done(institution: Institution, message: Any, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Outcome:
    return Outcome(institution, before=before or {}, after=after or {}, message=message, next_url=institution_url(institution.pk))


@register("institutions.enter", label=_("登记卫生机构"), form=Facts, roles=BUREAU, find=find_site, region=where, check=check_site)
def enter(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """把一个机构站点登记为社区卫生服务中心或服务站，写明床位和许可证。"""
    facts = facts_of(data)
    row = Institution.objects.create(site=site, region=site.region, **facts)
    return done(row, _now("已登记，接着登记编制和服务范围。"), after=told(facts))


@register("institutions.correct", label=_("更正机构资料"), form=Facts, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def correct(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """更正机构的种类、所属中心、床位和许可证。"""
    facts = facts_of(data)
    before = {name: getattr(institution, name) for name in facts if getattr(institution, name) != facts[name]}
    for name, value in facts.items():
        setattr(institution, name, value)
    institution.save(update_fields=list(facts))
    return done(institution, _now("已更正。"), told(before), told({name: facts[name] for name in before}))


@register("institutions.set_posts", label=_("登记编制和人员"), form=Posts, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def set_posts(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """按岗位种类登记编制数和在岗数。"""
    before = {post.kind: [post.approved, post.reported] for post in institution.posts.all()}
    for kind in PostKind.values:
        facts = {"region": institution.region, "approved": data[f"approved_{kind}"], "reported": data[f"reported_{kind}"]}
        StaffPost.objects.update_or_create(institution=institution, kind=kind, defaults=facts)
    after = {kind: [data[f"approved_{kind}"], data[f"reported_{kind}"]] for kind in PostKind.values}
    return done(institution, _now("编制和人员已登记。"), before, after)


@register("institutions.set_villages", label=_("划定服务范围"), form=Villages, roles=BUREAU, find=find_institution, region=where, check=check_open)
def set_villages(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """划定机构服务的村（社区），一个村只归一个机构；原来归别的机构的划过来。"""
    wanted = set(data["villages"])
    before = sorted(institution.catchments.values_list("region", flat=True))
    moved = Catchment.objects.filter(region__in=wanted).exclude(institution=institution)
    from_others = {str(region): name for region, name in moved.values_list("region", "institution__site__name")}
    Catchment.objects.filter(institution=institution).exclude(region__in=wanted).delete()
    moved.delete()
    Catchment.objects.bulk_create(Catchment(institution=institution, region=village) for village in sorted(wanted - set(before)))
    after = {"villages": sorted(wanted)} | ({"from": from_others} if from_others else {})
    message = _now("服务范围已划定，共 %(number)d 个村（社区）。接着把这些居民的档案归到本机构。") % {"number": len(wanted)}
    return done(institution, message, {"villages": before}, after)


def records_elsewhere(institution: Institution) -> Any:
    """Records of residents of its villages that it does not keep yet."""
    villages = institution.catchments.values("region")
    return HealthRecord.objects.filter(region__in=villages).exclude(institution=institution.site_id)


def check_villages(institution: Institution, actor: Actor, now: datetime) -> None:
    check_open(institution, actor, now)
    if not institution.catchments.exists():
        raise RuleBroken(_now("还没有划定服务范围。"))


@register(
    "institutions.keep_records", label=_("归口管理档案"), roles=KEEPERS, find=find_institution, region=where, check=check_villages,
    confirm=_("服务范围内居民的健康档案都改由本机构管理，确定吗？"),
)  # fmt: skip
def keep_records(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """服务范围内所有居民的健康档案和重点管理，一次改由本机构管理。"""
    site = institution.site_id
    records = records_elsewhere(institution).update(institution=site)
    villages = list(institution.catchments.values_list("region", flat=True))
    cares = Care.objects.filter(region__in=villages).exclude(state="ended").exclude(institution=site).update(institution=site)
    message = _now("已归口 %(number)d 份档案。") % {"number": records} if records else _now("这些档案都已经由本机构管理。")
    return done(institution, message, after={"records": records, "cares": cares, "villages": len(villages)})
