"""A site's way: proposed, filed, built, fitted out, operator trained, open; sent back, suspended, closed (N3, N4, N5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.buildout.applying import desk_of, step_of
from weimin.buildout.flow import ACTION_TO_STATE, SITE, project_url
from weimin.buildout.forms import OpeningForm, PlaceForm, ProgressForm, ReasonForm, StationForm
from weimin.buildout.models import Project, Quota
from weimin.buildout.proposing import call_for, finish_quota, place_site, propose_new
from weimin.buildout.rules import Desk, check_desk, check_next, desk_for
from weimin.flows.registry import FLOWS
from weimin.flows.steps import close_step, current_step
from weimin.regions.queries import geography
from weimin.sites.register import move_site
from weimin.staffing.calls import drop_call
from weimin.staffing.queries import has_trained_operator
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ROLE_NAMES: dict[str, Any] = dict(Role.choices)
MAKERS = ("lead_office", "township", "village", "partner", "operator")


def find_project(actor: Actor, pk: Any) -> Project:
    return Project.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan", "site").defer("plan__data").get(pk=pk)


def find_quota(actor: Actor, pk: Any) -> Quota:
    return Quota.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan").defer("plan__data").get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def local_day(now: datetime) -> date:
    return timezone.localtime(now).date()


def desk(project: Project) -> Desk | None:
    return desk_of(project, project.plan.content)


def check_progress(action: str) -> Callable[[Project, Actor, datetime], None]:
    """The check of a step forward: it is what comes next on this plan's path, and it is this desk's."""
    target = ACTION_TO_STATE[action]

    def check(project: Project, actor: Actor, now: datetime) -> None:
        check_next(project.plan.content, project.tier, project.state, target)
        check_desk(desk(project), actor.role, ROLE_NAMES)

    return check


def advance(project: Project, action: str, end: str, by: Actor, now: datetime) -> None:
    """Moves a project and its step; the caller has changed the other columns already and saves nothing itself."""
    start = project.state
    if end not in FLOWS[SITE].ends(start, action):
        raise RuleBroken(_("当前状态是“%(state)s”，不能办理这一步。") % {"state": project.get_state_display()})
    held = current_step(project, SITE)
    if held is not None:
        close_step(held, by, now, action)
    project.state = end
    project.save()
    stood_before = end == "open" and project.site is not None and project.site.existing
    step = step_of(project, project.plan.content, now)
    if step is not None and end not in ("closed", "subsidised") and not stood_before:
        step.save(force_insert=True)


ATTACHMENT_KINDS = {"document": "document", "photo": "photo", "list": "document", "signature": "scan"}

PICTURES = (".jpg", ".jpeg", ".png")


def attachment_kind(kind: str, name: str) -> str:
    """A paper that was photographed comes as a scan; the content decides whether it really is one."""
    return "scan" if kind in ("document", "list") and name.lower().endswith(PICTURES) else ATTACHMENT_KINDS[kind]


def keep_evidence(by: Actor, project: Project, form: dict[str, Any], held: Desk | None, now: datetime) -> list[str]:
    """Stores what was uploaded for a step; returns the keys, for the trail."""
    kept = []
    for item in held.evidence if held else ():
        upload = form.get(f"evidence_{item.key}")
        if upload:
            kind = attachment_kind(item.kind, upload.name)
            file = attach(
                by, upload, subject_type="buildout.project", subject_id=project.pk, region=project.region, kind=kind, now=now
            )  # fmt: skip
            project.evidence[item.key] = [*project.evidence.get(item.key, []), file.pk]
            kept.append(item.key)
    if kept:
        project.save(update_fields=["evidence"])
    return kept


def outcome(project: Project, before: str, message: Any, **after: Any) -> Outcome:
    return Outcome(
        project,
        before={"state": before},
        after={"state": project.state, **after},
        message=message,
        next_url=project_url(project.pk),
    )


@register(
    "buildout.propose_site", label=_("提出站址"), form=PlaceForm, roles=("township", "village", "lead_office"),
    find=find_project, region=where, check=check_progress("buildout.propose_site"),
)  # fmt: skip
def propose_site(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """提出站点的建设地址和条件；不在公共服务中心的，先告知自付费用。"""
    held = desk(project)
    place_site(project, data, now)
    advance(project, "buildout.propose_site", "proposed", by, now)
    call_for(project, now)
    kept = keep_evidence(by, project, data, held, now)
    return outcome(project, "wanted", _("站址已提出，等待备案。"), address=data["address"], evidence=kept)


def check_quota(quota: Quota, actor: Actor, now: datetime) -> None:
    check_desk(desk_for(quota.plan.content, quota.tier, "wanted", None, None), actor.role, ROLE_NAMES)


@register(
    "buildout.propose_station", label=_("提出村级站点"), form=StationForm, roles=("township", "village", "lead_office"),
    find=find_quota, region=lambda quota, data: data["village"], check=check_quota,
)  # fmt: skip
def propose_station(by: Actor, quota: Quota, data: dict[str, Any], now: datetime) -> Outcome:
    """为本乡镇的一个行政村提出服务站；一村一点，已有站点的村不再列出。"""
    plan = quota.plan
    project, held = propose_new(plan, quota.tier, data["village"], geography(quota.region, plan.issued_on), data, now)
    kept = keep_evidence(by, project, data, held, now)
    finish_quota(quota, by, now)
    return outcome(project, "", _("%(name)s已提出，等待备案。") % {"name": project.name}, address=data["address"], evidence=kept)


@register(
    "buildout.return_proposal", label=_("退回站址"), form=ReasonForm, roles=("lead_office",), find=find_project, region=where,
    check=lambda project, actor, now: check_state(project, "proposed"),
)  # fmt: skip
def return_proposal(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """把不合要求的站址退回重新选择，说明理由。"""
    advance(project, "buildout.return_proposal", "wanted", by, now)
    done = outcome(project, "proposed", _("已退回。"))
    done.reason = data["reason"]
    return done


def check_state(project: Project, *states: str) -> None:
    if project.state not in states:
        raise RuleBroken(_now("当前状态是“%(state)s”，不能办理这一步。") % {"state": project.get_state_display()})


@register(
    "buildout.file_project", label=_("备案"), form=ProgressForm, roles=MAKERS, find=find_project, region=where,
    check=check_progress("buildout.file_project"),
)  # fmt: skip
def file_project(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """站址符合要求，予以备案。"""
    before, held = project.state, desk(project)
    advance(project, "buildout.file_project", "filed", by, now)
    return outcome(project, before, _("已备案。"), remark=data["remark"], evidence=keep_evidence(by, project, data, held, now))


@register(
    "buildout.start_building", label=_("开工"), form=ProgressForm, roles=MAKERS, find=find_project, region=where,
    check=check_progress("buildout.start_building"),
)  # fmt: skip
def start_building(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """登记开工。"""
    before, held = project.state, desk(project)
    assert project.site is not None  # it is there since its place was proposed
    move_site(project.site, "building", on=local_day(now))
    advance(project, "buildout.start_building", "building", by, now)
    return outcome(project, before, _("已登记开工。"), remark=data["remark"], evidence=keep_evidence(by, project, data, held, now))


@register(
    "buildout.finish_fitting", label=_("报告建成"), form=ProgressForm, roles=MAKERS, find=find_project, region=where,
    check=check_progress("buildout.finish_fitting"),
)  # fmt: skip
def finish_fitting(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """报告施工完成、设备配齐，附上要求的材料。"""
    before, held = project.state, desk(project)
    advance(project, "buildout.finish_fitting", "fitted", by, now)
    return outcome(project, before, _("已报告建成。"), remark=data["remark"], evidence=keep_evidence(by, project, data, held, now))


def check_training(project: Project, actor: Actor, now: datetime) -> None:
    check_progress("buildout.confirm_training")(project, actor, now)
    if project.plan.content.operators_of(project.tier) and not has_trained_operator(project.site_id, local_day(now)):
        raise RuleBroken(_now("这个站点还没有已确定并取得培训合格证的人员，不能确认培训。"))


@register(
    "buildout.confirm_training", label=_("确认培训"), form=ProgressForm, roles=MAKERS, find=find_project, region=where, check=check_training,
)  # fmt: skip
def confirm_training(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """确认站点人员已培训合格、手续齐全。"""
    before, held = project.state, desk(project)
    advance(project, "buildout.confirm_training", "trained", by, now)
    return outcome(project, before, _("已确认培训。"), remark=data["remark"], evidence=keep_evidence(by, project, data, held, now))


@register(
    "buildout.open_site", label=_("登记开业"), form=OpeningForm, roles=MAKERS, find=find_project, region=where,
    check=check_progress("buildout.open_site"),
)  # fmt: skip
def open_site(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """登记站点开业营运（投入使用）。"""
    before, held = project.state, desk(project)
    site = project.site
    assert site is not None  # it is there since its place was proposed
    site.opening_hours, site.parcel_delivery = data["opening_hours"] or site.opening_hours, data["parcel_delivery"]
    site.save(update_fields=["opening_hours", "parcel_delivery"])
    move_site(site, "open", on=data["opened_on"])
    project.opened_on = data["opened_on"]
    advance(project, "buildout.open_site", "open", by, now)
    return outcome(
        project,
        before,
        _("已登记开业。"),
        opened_on=str(data["opened_on"]),
        evidence=keep_evidence(by, project, data, held, now),
    )


def check_suspendable(project: Project, actor: Actor, now: datetime) -> None:
    if project.state in ("suspended", "closed", "accepted", "subsidised"):
        check_state(project)


@register(
    "buildout.suspend", label=_("暂停建设"), form=ReasonForm, roles=("lead_office",), find=find_project, region=where, check=check_suspendable,
)  # fmt: skip
def suspend(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """暂停一个站点的建设或营运，说明理由。"""
    before = project.state
    if project.site is not None and project.site.state in ("building", "open"):
        move_site(project.site, "suspended", on=local_day(now), reason=data["reason"])
    project.state_before = before
    advance(project, "buildout.suspend", "suspended", by, now)
    done = outcome(project, before, _("已暂停。"))
    done.reason = data["reason"]
    return done


@register(
    "buildout.resume", label=_("恢复建设"), form=ReasonForm, roles=("lead_office",), find=find_project, region=where,
    check=lambda project, actor, now: check_state(project, "suspended"),
)  # fmt: skip
def resume(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """恢复暂停的站点，回到暂停前的环节。"""
    if project.site is not None and project.site.state == "suspended":
        move_site(project.site, "open" if project.opened_on else "building", on=local_day(now), reason=data["reason"])
    advance(project, "buildout.resume", project.state_before, by, now)
    done = outcome(project, "suspended", _("已恢复。"))
    done.reason = data["reason"]
    return done


def check_closable(project: Project, actor: Actor, now: datetime) -> None:
    if project.state in ("closed", "accepted", "subsidised"):
        check_state(project)


@register(
    "buildout.close", label=_("撤销站点"), form=ReasonForm, roles=("lead_office",), find=find_project, region=where, check=check_closable,
    confirm=_("撤销后这个站点不再建设，确定吗？"),
)  # fmt: skip
def close(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """撤销一个不再建设的站点，说明理由；记录保留。"""
    before = project.state
    if project.site is not None:
        move_site(project.site, "closed", on=local_day(now), reason=data["reason"])
        drop_call(project.site, by, now)
    advance(project, "buildout.close", "closed", by, now)
    done = outcome(project, before, _("已撤销。"))
    done.reason = data["reason"]
    return done
