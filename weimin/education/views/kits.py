"""Oil pots and salt spoons: stock and coverage, and the households of a community with ticks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from weimin.accounts.guard import signed_in
from weimin.actions.act import act, is_sound_key, new_key
from weimin.actions.registry import get_action
from weimin.education.models import KitKind
from weimin.education.queries import kits as reads
from weimin.education.queries.yearly import institutions
from weimin.education.stocks import serving
from weimin.regions.fields import range_top
from weimin.regions.queries import names
from weimin.regions.rules import Level, level, township_of
from weimin.residents.models import Household
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.trail.record import record
from weimin.ui.paging import part_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible, Refusal, RuleBroken
from weimin.walls.request import Request

READERS = ("doctor", "institution", "health_bureau", "township", "village")  # who see which household has its kit
MOST, KEY_PART = 100, 40
COVERAGE = [
    Column(_("社区（村）"), "name", url="url", hint="township", main=True),
    Column(_("在册户"), "whole", kind="number"),
    Column(_("已发放"), "served", kind="number"),
    Column(_("未发放"), "left", kind="number"),
    Column(_("到户率"), "share"),
]
EXPORTED = [("township", _("乡镇")), ("name", _("社区（村）")), ("whole", _("在册户")), ("served", _("已发放")), ("left", _("未发放")), ("share", _("到户率"))]
LIST = [("address", _("住址")), ("head", _("户主")), ("number", _("户号")), ("oil_pot", _("控油壶")), ("salt_spoon", _("限盐勺")), ("on", _("发放日期"))]
SHOWN = [("", _("还没有领齐的")), ("served", _("已领的")), ("all", _("全部"))]


def may_list(actor: Actor) -> bool:
    return actor.role in READERS


@require_GET
@signed_in
def kits(request: Request) -> HttpResponse:
    """Figures for everybody: what institutions have, coverage of communities as stored, what is short; ?excel=1 gives the coverage."""
    actor, now = request.actor, timezone.now()
    standings, stocks = reads.coverage(actor, timezone.localdate(now)), reads.stocks(actor)
    known = names({row.region for row in standings} | {township_of(row.region) for row in standings})
    rows = [
        {
            "name": known[row.region], "township": known[township_of(row.region)], "whole": row.denominator, "served": row.numerator,
            "left": row.denominator - row.numerator, "share": "" if row.figure is None else f"{row.figure}%",
            "url": reverse("education:households", args=[row.region]) if may_list(actor) and level(row.region) == Level.VILLAGE else "",
        }
        for row in standings
    ]  # fmt: skip
    if request.GET.get("excel"):
        mark = watermark(actor.name, request.seat.label, now)
        return workbook(export([(key, str(label)) for key, label in EXPORTED], rows, title=str(_("控油壶和限盐勺")), watermark=mark), "kits")
    kinds = dict(KitKind.choices)
    short = [(known[place], kinds[kind], missing) for (place, kind), missing in sorted(reads.shortages(standings, stocks).items())]
    page = part_of(rows, request.GET.get("cursor", ""))
    served, whole = sum(row.numerator for row in standings), sum(row.denominator for row in standings)
    context = {
        "stocked": level(range_top(actor)) < Level.VILLAGE,  # the stock of a centre lies outside the range of a community
        "columns": COVERAGE, "rows": page.rows, "page": page, "stocks": stocks, "short": short, "served": served, "whole": whole,
        "sites": list(institutions(actor, {}).order_by("region", "pk")[:50]) if get_action("education.receive_kits").allows(actor) else [],
    }  # fmt: skip
    return render(request, "education/kits.html", context)


def check_community(actor: Actor, community: int) -> None:
    """403 for posts that have nothing to do with households, 404 for a community outside or none at all."""
    if not may_list(actor):
        raise NotAllowed()
    if not 110_000_000_000 <= community <= 999_999_999_999 or level(community) != Level.VILLAGE or not actor.covers(community):
        raise NotVisible()


@require_GET
@never_cache
@signed_in
def households(request: Request, community: int) -> HttpResponse:
    """The households of a community by address, to be ticked; made for the phone."""
    actor, chosen = request.actor, request.GET.dict()
    check_community(actor, community)
    if chosen.get("excel"):
        return exported(request, community, chosen)
    page = reads.households(actor, community, chosen)
    known = names({community, township_of(community)})
    may = get_action("education.hand_out").allows(actor)
    context = {
        "page": page, "chosen": chosen, "community": community, "name": known[community], "township": known[township_of(community)], "may": may,
        "tabs": [(key, words, None) for key, words in SHOWN], "sites": serving(community) if may else [], "key": new_key(), "most": MOST,
    }  # fmt: skip
    return render(request, "education/households.html", context)


def exported(request: Request, community: int, chosen: dict[str, str]) -> HttpResponse:
    """The households that are shown as a workbook to take from door to door, masked; who took them out is on the trail."""
    actor, now, yes = request.actor, timezone.now(), _now("已领")
    found = reads.all_households(actor, community, chosen)
    rows = [
        {
            **row, "oil_pot": yes if row["kit"] and row["kit"].oil_pot else "", "salt_spoon": yes if row["kit"] and row["kit"].salt_spoon else "",
            "on": row["kit"].on.isoformat() if row["kit"] else "",
        }
        for row in found
    ]  # fmt: skip
    after = {"show": chosen.get("show", ""), "rows": len(rows)}
    record(
        actor, "education.households", subject_type=Household._meta.label_lower, subject_id=None, region=community, now=now, after=after, reason=_now("导出")
    )
    mark = watermark(actor.name, request.seat.label, now)
    return workbook(export([(key, str(label)) for key, label in LIST], rows, title=str(_("控油壶和限盐勺")), watermark=mark), "households")


@require_POST
@signed_in
def hand_out_all(request: Request, community: int) -> HttpResponse:
    """Hands a kit to every ticked household: one action each, and for each what came of it."""
    actor, posted = request.actor, request.POST
    check_community(actor, community)
    if not get_action("education.hand_out").allows(actor):
        raise NotAllowed()
    ticked = [int(text) for text in posted.getlist("row") if text.isascii() and text.isdigit() and len(text) < 19]
    key = posted.get("key", "")
    if not ticked or not is_sound_key(key):
        raise RuleBroken(_now("没有勾选住户。请返回，先勾选再发放。"))
    data = {name: posted.get(name, "") for name in ("institution", "oil_pot", "salt_spoon", "explained")}
    data["on"] = timezone.localdate().isoformat()
    wanted = list(dict.fromkeys(ticked))[:MOST]
    known = Household.objects.visible_to(actor).filter(region=community).in_bulk(wanted)
    told = [do_one(actor, known.get(number), data, f"{key[:KEY_PART]}-{number}") for number in wanted]
    done = sum(line["done"] for line in told)
    context = {"told": told, "done": done, "left": len(told) - done, "community": community}
    return render(request, "education/handed_out.html", context)


def do_one(actor: Actor, household: Household | None, data: dict[str, Any], key: str) -> dict[str, Any]:
    if household is None:
        return {"title": _now("这一行"), "done": False, "words": _now("不是这个社区的户，或者已经不在。")}
    try:
        receipt = act(actor, "education.hand_out", data, key, target=household.pk)
    except Refusal as refusal:
        return {"title": reads.title_of(actor, household), "done": False, "words": str(refusal)}
    return {"title": reads.title_of(actor, household), "done": True, "words": receipt.message}
