"""What the agent does under a mandate: ways that are run, papers taken from the resident and given back (S4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.attachments.queries import attachments_of
from weimin.calendars.clock import ZONE
from weimin.cases.actions.agency import CLERKS, CLIENT_PAGE, check_in_force, find_mandate, page_of, where
from weimin.cases.forms_agency import AddErrand, FinishErrand
from weimin.cases.forms_hand_over import CollectPapers, ReturnPapers
from weimin.cases.models import Errand, HandOver, HeldPaper, Mandate
from weimin.cases.queries.agency import papers_of
from weimin.cases.rules_mandate import Held, check_return
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


@register(
    "cases.add_errand", label=_("安排跑腿"), form=AddErrand, roles=CLERKS, find=find_mandate, region=where, check=check_in_force, template=CLIENT_PAGE
)  # fmt: skip
def add_errand(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """登记要替委托人跑的一件事：做什么、去哪里、哪天去。"""
    errand = Errand.objects.create(
        mandate=mandate, region=mandate.region, case_id=data["case"], what=data["what"], place=data["place"], planned_on=data["planned_on"],
        agent=mandate.agent_id, added_by=by.name, added_at=now,
    )  # fmt: skip
    after = {"what": errand.what, "place": errand.place, "planned_on": errand.planned_on.isoformat()}
    return Outcome(errand, after=after, message=_now("已登记。"), next_url=page_of(mandate))


def find_errand(actor: Actor, pk: Any) -> Errand:
    """The locked errand with its mandate, for the client's face on the page."""
    found = Errand.objects.visible_to(actor).select_for_update(of=("self",)).select_related("mandate__principal").get(pk=pk)
    found.mandate.face = attachments_of(actor, "cases.mandate", found.mandate_id, "photo").last()  # type: ignore[attr-defined]  # for the page only
    return found


def check_errand_open(errand: Errand, actor: Actor, now: datetime) -> None:
    if errand.done_at is not None:
        raise RuleBroken(_now("这件事已经办完。"))
    check_in_force(errand.mandate, actor, now)


@register(
    "cases.finish_errand", label=_("登记跑腿结果"), form=FinishErrand, roles=CLERKS, find=find_errand, region=where, check=check_errand_open,
    template=CLIENT_PAGE,
)  # fmt: skip
def finish_errand(by: Actor, errand: Errand, data: dict[str, Any], now: datetime) -> Outcome:
    """登记跑腿的结果，居民在进度页面看得到。"""
    noon = datetime.combine(data["done_on"], now.astimezone(ZONE).time(), ZONE)
    errand.result, errand.done_by, errand.done_at = data["result"], by.name, min(noon, now)
    errand.save(update_fields=["result", "done_by", "done_at"])
    if data.get("photo"):
        attach(by, data["photo"], subject_type="cases.errand", subject_id=errand.pk, region=errand.region, kind="photo", now=now)
    return Outcome(errand, after={"result": errand.result}, message=_now("结果已登记。"), next_url=page_of(errand.mandate))


def write_list(mandate: Mandate, kind: str, lines: list[dict[str, Any]], data: dict[str, Any], by: Actor, now: datetime) -> HandOver:
    """The signed list; its number counts on within the mandate, whose row is locked."""
    count = HandOver.objects.filter(mandate=mandate).count() + 1
    row = HandOver.objects.create(
        mandate=mandate, region=mandate.region, kind=kind, number=f"{mandate.number}-{count:02d}", lines=lines, signed_by=data["signed_by"],
        note=data["note"], by=by.name, at=now,
    )  # fmt: skip
    for name in ("signature", "photo"):
        if data.get(name):
            attach(by, data[name], subject_type="cases.handover", subject_id=row.pk, region=row.region, kind="photo", now=now)
    return row


@register(
    "cases.collect_papers", label=_("收取材料"), form=CollectPapers, roles=CLERKS, find=find_mandate, region=where, check=check_in_force,
    template="cases/act_collect.html",
)  # fmt: skip
def collect_papers(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """逐件登记从委托人手里收了哪些材料：几份、原件还是复印件，给委托人一份清单。"""
    row = write_list(mandate, "collect", data["lines"], data, by, now)
    HeldPaper.objects.bulk_create(HeldPaper(mandate=mandate, region=mandate.region, collected=row, place=mandate.agent_name, **line) for line in data["lines"])
    return Outcome(row, after={"lines": [f"{line['name']}×{line['count']}" for line in data["lines"]]}, message=_now("已登记收取的材料。"), next_url=page_of(mandate))  # fmt: skip


def check_holds(mandate: Mandate, actor: Actor, now: datetime) -> None:
    """Papers go back also after the mandate ended."""
    if not any(paper.left for paper in papers_of(actor, mandate)):
        raise RuleBroken(_now("手里没有这位委托人的材料。"))


@register(
    "cases.return_papers", label=_("交还材料"), form=ReturnPapers, roles=CLERKS, find=find_mandate, region=where, check=check_holds, template=CLIENT_PAGE
)  # fmt: skip
def return_papers(by: Actor, mandate: Mandate, data: dict[str, Any], now: datetime) -> Outcome:
    """把材料逐件交还委托人，由委托人签名。"""
    for paper, count in data["back"]:
        check_return(Held(paper.name, paper.count, paper.original, paper.returned), count)
        paper.returned += count
        paper.save(update_fields=["returned"])
    lines = [{"name": paper.name, "count": count, "original": paper.original} for paper, count in data["back"]]
    row = write_list(mandate, "return", lines, data, by, now)
    return Outcome(row, after={"lines": [f"{line['name']}×{line['count']}" for line in lines]}, message=_now("已登记交还的材料。"), next_url=page_of(mandate))
