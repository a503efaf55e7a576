"""Windows, hours and what hangs on the wall."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

from weimin.actions.registry import Outcome, register
from weimin.reception.actions.finding import KEEPERS, centre_url, check_site_in_use, find_site, find_window, where
from weimin.reception.actions.releasing import release_closed
from weimin.reception.forms.windows import FACTS, DayForm, PledgeForm, WeekForm, Why, WindowForm
from weimin.reception.models import Booking, DayException, OpeningHours, Pledge, Ticket, Window
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

USUAL: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent.parent / "data" / "pledges.yaml")


@register("reception.open_window", label=_("设立窗口"), form=WindowForm, roles=KEEPERS, find=find_site, region=where, check=check_site_in_use)
def open_window(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """在站点设立一个服务窗口，写明受理哪一类事项。"""
    row = Window.objects.create(site=site, region=site.region, **data)
    return Outcome(row, after={"number": row.number, "name": row.name, "kind": row.kind}, message=_now("已设立窗口。"), next_url=centre_url(site.pk))


def check_window_kept(window: Window, actor: Actor, now: datetime) -> None:
    if window.state == "closed":
        raise RuleBroken(_now("这个窗口已经撤销。"))


@register("reception.change_window", label=_("修改窗口"), form=WindowForm, roles=KEEPERS, find=find_window, region=where, check=check_window_kept)
def change_window(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """修改窗口的名称、受理的事项和预约数。"""
    before = {name: getattr(window, name) for name in FACTS if name in data and getattr(window, name) != data[name]}
    for name, value in data.items():
        setattr(window, name, value)
    window.save()
    return Outcome(window, before=before, after={name: data[name] for name in before}, message=_now("已修改。"), next_url=centre_url(window.site_id))


def check_window_open(window: Window, actor: Actor, now: datetime) -> None:
    if window.state != "open":
        raise RuleBroken(_now("这个窗口现在没有开放。"))


def check_nobody_at(window: Window) -> None:
    if Ticket.objects.filter(window=window, state__in=["called", "serving"]).exists():
        raise RuleBroken(_now("窗口正在办理，请先办完或过号。"))


def put(window: Window, state: str, reason: str, message: Any) -> Outcome:
    before = window.state
    window.state, window.state_reason = state, reason
    window.save(update_fields=["state", "state_reason"])
    return Outcome(window, before={"state": before}, after={"state": state}, reason=reason, message=message, next_url=centre_url(window.site_id))


@register("reception.suspend_window", label=_("暂停窗口"), form=Why, roles=(*KEEPERS, "window"), find=find_window, region=where, check=check_window_open)
def suspend_window(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """窗口暂时不接待，写明原因；正在办理的先办完。"""
    check_nobody_at(window)
    return put(window, "suspended", data["reason"], _now("已暂停。"))


def check_window_suspended(window: Window, actor: Actor, now: datetime) -> None:
    if window.state != "suspended":
        raise RuleBroken(_now("这个窗口没有暂停。"))


@register("reception.resume_window", label=_("恢复窗口"), roles=(*KEEPERS, "window"), find=find_window, region=where, check=check_window_suspended)
def resume_window(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """暂停的窗口重新接待。"""
    return put(window, "open", "", _now("已恢复。"))


@register(
    "reception.close_window", label=_("撤销窗口"), form=Why, roles=KEEPERS, find=find_window, region=where, check=check_window_kept,
    confirm=_("撤销后不能恢复，窗口号可以给新窗口用。确定撤销吗？"),
)  # fmt: skip
def close_window(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """撤销一个窗口；还有人预约的不能撤销。"""
    check_nobody_at(window)
    if Booking.objects.filter(window=window, state="booked", on__gte=timezone.localdate(now)).exists():
        raise RuleBroken(_now("这个窗口还有没到的预约，请先改约或取消。"))
    return put(window, "closed", data["reason"], _now("已撤销。"))


@register("reception.set_hours", label=_("设定开放时间"), form=WeekForm, roles=KEEPERS, find=find_site, region=where, check=check_site_in_use)
def set_hours(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """设定一周每天的开放时间；和办理时限用的工作日历分开。不再开放的时间里约好的，取消并短信告知。"""
    OpeningHours.objects.filter(site=site).delete()
    rows = [
        OpeningHours(site=site, region=site.region, weekday=day, opens_at=part.opens_at, closes_at=part.closes_at)
        for day in range(7)
        for part in data[f"day_{day}"]
    ]
    OpeningHours.objects.bulk_create(rows)
    after = {str(day + 1): " ".join(map(str, data[f"day_{day}"])) for day in range(7)}
    after["given_back"] = str(given_back := release_closed(site, _now("开放时间调整"), now))
    return Outcome(site, after=after, message=and_given_back(_now("已设定。"), given_back), next_url=centre_url(site.pk))


@register("reception.mark_day", label=_("登记特殊日"), form=DayForm, roles=KEEPERS, find=find_site, region=where, check=check_site_in_use)
def mark_day(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记某一天不开放，或错时、延时开放；代替平时的时间。已约好而不再开放的，预约取消并短信告知，不算爽约。"""
    closed = data["open_as"] == "closed"
    times = None if closed else data["times"][0]
    facts = {
        "region": site.region, "closed": closed, "reason": data["reason"],
        "opens_at": times.opens_at if times else None, "closes_at": times.closes_at if times else None,
    }  # fmt: skip
    row, _new = DayException.objects.update_or_create(site=site, on=data["on"], defaults=facts)
    given_back = release_closed(site, row.reason, now)
    after = {"on": str(row.on), "times": str(times or ""), "reason": row.reason, "given_back": given_back}
    return Outcome(row, after=after, message=and_given_back(_now("已登记。"), given_back), next_url=centre_url(site.pk))


def and_given_back(done: str, number: int) -> str:
    return done + _now("取消了 %(number)d 个预约，已发短信告知。") % {"number": number} if number else done


def find_day(actor: Actor, pk: Any) -> DayException:
    return DayException.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


@register("reception.unmark_day", label=_("取消特殊日"), roles=KEEPERS, find=find_day, region=where)
def unmark_day(by: Actor, day: DayException, data: dict[str, Any], now: datetime) -> Outcome:
    """取消登记的特殊日，这一天按平时的时间开放。平时不开放的，约在这一天的预约取消并短信告知，不算爽约。"""
    site, on = day.site, day.on
    day.delete()
    given_back = release_closed(site, _now("这一天恢复平时的时间"), now)
    message = and_given_back(_now("已取消。"), given_back)
    return Outcome(None, before={"on": str(on)}, after={"given_back": given_back}, message=message, next_url=centre_url(site.pk))


@register("reception.add_pledge", label=_("增加上墙内容"), form=PledgeForm, roles=KEEPERS, find=find_site, region=where, check=check_site_in_use)
def add_pledge(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """增加一条岗位职责、服务承诺或制度，上墙并在网上公开。"""
    if Pledge.objects.filter(site=site, kind=data["kind"], text=data["text"], withdrawn_on=None).exists():
        raise RuleBroken(_now("这一条已经在墙上了。"))
    row = Pledge.objects.create(site=site, region=site.region, published_on=timezone.localdate(now), **{**data, "position": data["position"] or 0})
    return Outcome(row, after={"kind": row.kind, "text": row.text}, message=_now("已上墙。"), next_url=centre_url(site.pk))


def usual_missing(site: Site) -> list[dict[str, Any]]:
    held = set(Pledge.objects.filter(site=site, withdrawn_on=None).values_list("kind", "text"))
    return [row for row in USUAL if (row["kind"], row["text"]) not in held]


def check_usual_missing(site: Site, actor: Actor, now: datetime) -> None:
    check_site_in_use(site, actor, now)
    if not usual_missing(site):
        raise RuleBroken(_now("常用的职责和承诺都已经上墙。"))


@register("reception.hang_usual", label=_("挂上常用职责和承诺"), roles=KEEPERS, find=find_site, region=where, check=check_usual_missing)
def hang_usual(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """把常用的岗位职责、服务承诺和制度一次上墙，以后可以逐条增减。"""
    rows = [
        Pledge(
            site=site, region=site.region, kind=row["kind"], post=row.get("post", ""), text=row["text"], position=row["position"],
            published_on=timezone.localdate(now),
        )
        for row in usual_missing(site)
    ]  # fmt: skip
    Pledge.objects.bulk_create(rows)
    return Outcome(site, after={"lines": len(rows)}, message=_now("已上墙 %(number)d 条。") % {"number": len(rows)}, next_url=centre_url(site.pk))


def find_pledge(actor: Actor, pk: Any) -> Pledge:
    return Pledge.objects.visible_to(actor).select_for_update().get(pk=pk)


def check_hanging(pledge: Pledge, actor: Actor, now: datetime) -> None:
    if pledge.withdrawn_on is not None:
        raise RuleBroken(_now("这一条已经撤下。"))


@register("reception.withdraw_pledge", label=_("撤下"), roles=KEEPERS, find=find_pledge, region=where, check=check_hanging)
def withdraw_pledge(by: Actor, pledge: Pledge, data: dict[str, Any], now: datetime) -> Outcome:
    """撤下一条职责、承诺或制度；留有记录。"""
    pledge.withdrawn_on = timezone.localdate(now)
    pledge.save(update_fields=["withdrawn_on"])
    return Outcome(pledge, before={"text": pledge.text}, message=_now("已撤下。"), next_url=centre_url(pledge.site_id))
