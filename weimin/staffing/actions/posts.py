"""Posts of a centre: set up with their duties, taken up, left; and which sign-in belongs to a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.queries import people_in_range
from weimin.actions.registry import Outcome, register
from weimin.sites.models import Site
from weimin.staffing.actions.nominations import find_site
from weimin.staffing.actions.people import enter_person, find_person, person_url, where
from weimin.staffing.actions.service import OFFICES, check_in_use
from weimin.staffing.flow import site_url
from weimin.staffing.forms import PersonFacts
from weimin.staffing.forms_posts import LeavePost, LinkAccount, PostForm, TakeUp
from weimin.staffing.models import Holding, ServicePost, Worker
from weimin.staffing.queries import find_worker
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


@register("staffing.enter_person", label=_("登记人员"), form=PersonFacts, roles=OFFICES, find=find_site, region=where, check=check_in_use, keeps_draft=False)
def register_person(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个为站点服务的人，例如志愿者；以后可以上岗、值班、记服务时长。"""
    found, agrees = find_worker(by, data["name"], data["phone"])
    if found is not None and agrees:
        raise RuleBroken(_now("%(name)s已经登记过，不用重复登记。") % {"name": found.name})
    worker = enter_person(by, site.region, data)
    return Outcome(worker, after={"name": worker.name}, message=_now("已登记%(name)s。") % {"name": worker.name}, next_url=person_url(worker.pk))


@register("staffing.set_up_post", label=_("设岗"), form=PostForm, roles=OFFICES, find=find_site, region=where, check=check_in_use)
def set_up_post(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """设一个岗位，写明职责、定员和面向的人员。"""
    post = ServicePost.objects.create(site=site, region=site.region, set_up_on=timezone.localdate(now), **data)
    return Outcome(post, after={"name": post.name, "places": post.places}, message=_now("已设岗。"), next_url=site_url(site.pk))


def find_post(actor: Actor, pk: Any) -> ServicePost:
    return ServicePost.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def holders(post: ServicePost) -> int:
    return Holding.objects.filter(post=post, ends_on=None).count() if post.held is None else post.held


def check_kept(post: ServicePost, actor: Actor, now: datetime) -> None:
    if post.ended_on is not None:
        raise RuleBroken(_now("这个岗位已经撤销。"))


@register("staffing.change_post", label=_("修改岗位"), form=PostForm, roles=OFFICES, find=find_post, region=where, check=check_kept)
def change_post(by: Actor, post: ServicePost, data: dict[str, Any], now: datetime) -> Outcome:
    """修改岗位的职责和定员；定员不能少于现有的人。"""
    held = holders(post)
    if data["places"] < held:
        raise RuleBroken(_now("现在有 %(number)d 人在岗，定员不能更少。") % {"number": held})
    before = {name: getattr(post, name) for name in data if getattr(post, name) != data[name]}
    for name, value in data.items():
        setattr(post, name, value)
    post.save()
    return Outcome(post, before=before, after={name: data[name] for name in before}, message=_now("已修改。"), next_url=site_url(post.site_id))


def check_nobody_holds(post: ServicePost, actor: Actor, now: datetime) -> None:
    check_kept(post, actor, now)
    if holders(post):
        raise RuleBroken(_now("岗位上还有人，请先办理离岗。"))


@register("staffing.end_post", label=_("撤岗"), roles=OFFICES, find=find_post, region=where, check=check_nobody_holds)
def end_post(by: Actor, post: ServicePost, data: dict[str, Any], now: datetime) -> Outcome:
    """撤销一个没有人的岗位。"""
    post.ended_on = timezone.localdate(now)
    post.save(update_fields=["ended_on"])
    return Outcome(post, after={"ended_on": str(post.ended_on)}, message=_now("已撤岗。"), next_url=site_url(post.site_id))


def check_has_room(post: ServicePost, actor: Actor, now: datetime) -> None:
    check_kept(post, actor, now)
    if holders(post) >= post.places:
        raise RuleBroken(_now("这个岗位的 %(number)d 个名额已经满了。") % {"number": post.places})


@register("staffing.take_up_post", label=_("上岗"), form=TakeUp, roles=OFFICES, find=find_post, region=where, check=check_has_room, keeps_draft=False)
def take_up_post(by: Actor, post: ServicePost, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个人上岗：两委成员、聘用人员、无职党员、离退休人员或志愿者。"""
    worker = Worker.objects.visible_to(by).get(pk=data["worker"]) if data["worker"] else enter_person(by, post.region, data)
    if Holding.objects.filter(post=post, worker=worker, ends_on=None).exists():
        raise RuleBroken(_now("%(name)s已经在这个岗位上。") % {"name": worker.name})
    facts = {name: data[name] for name in ("capacity", "pledge", "starts_on")}
    row = Holding.objects.create(post=post, region=post.region, worker=worker, **facts)
    after = {"name": worker.name, "post": post.name, "capacity": row.capacity}
    return Outcome(row, after=after, message=_now("%(name)s已上岗。") % {"name": worker.name}, next_url=site_url(post.site_id))


def find_holding(actor: Actor, pk: Any) -> Holding:
    return Holding.objects.visible_to(actor).select_for_update(of=("self",)).select_related("post", "worker").get(pk=pk)


def check_holding(holding: Holding, actor: Actor, now: datetime) -> None:
    if holding.ends_on is not None:
        raise RuleBroken(_now("已经离岗。"))


@register("staffing.leave_post", label=_("离岗"), form=LeavePost, roles=OFFICES, find=find_holding, region=where, check=check_holding)
def leave_post(by: Actor, holding: Holding, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个人离岗，写明原因。"""
    holding.ends_on, holding.end_reason = data["ends_on"], data["reason"]
    holding.save(update_fields=["ends_on", "end_reason"])
    after = {"name": holding.worker.name, "post": holding.post.name, "ends_on": str(holding.ends_on)}
    return Outcome(holding, after=after, reason=data["reason"], message=_now("已离岗。"), next_url=site_url(holding.post.site_id))


@register("staffing.link_account", label=_("关联系统账号"), form=LinkAccount, roles=("lead_office", "township"), find=find_person, region=where)
def link_account(by: Actor, worker: Worker, data: dict[str, Any], now: datetime) -> Outcome:
    """写明这个人用哪个系统账号，换班时由本人同意。"""
    person = people_in_range(by).get(pk=data["person"]) if data["person"] else None
    if person and Worker.objects.filter(person=person).exclude(pk=worker.pk).exists():
        raise RuleBroken(_now("这个账号已经关联另一个人。"))
    before, worker.person = worker.person_id, person
    worker.save(update_fields=["person"])
    return Outcome(worker, before={"person": before}, after={"person": worker.person_id}, message=_now("已关联。"), next_url=person_url(worker.pk))
