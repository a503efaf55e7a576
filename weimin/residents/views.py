"""The list of residents, a resident, a household, records that may be one person, transfers, and the live check of a number."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from weimin.accounts.guard import signed_in
from weimin.flows.listing import in_queue_order
from weimin.regions.fields import townships, villages
from weimin.residents import listing, pages, queries
from weimin.residents.exports import export_url, full_export_url
from weimin.residents.models import Gender, GroupKind, Household, IdKind, Resident, Transfer
from weimin.residents.rules import check_id_number, facts_of_id_number
from weimin.residents.rules_groups import BANDS, age_on
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

COLUMNS = [
    Column(_("姓名"), "name", url="url", hint="groups", main=True),
    Column(_("性别"), "gender"),
    Column(_("出生日期"), "birth_on", kind="day"),
    Column(_("年龄"), "age", kind="number", minor=True),
    Column(_("证件号码"), "id_number", minor=True),
    Column(_("联系电话"), "phone"),
    Column(_("所在村"), "village", hint="address"),
    Column(_("状态"), "tag", kind="tag"),
]
STATUSES = [("", _("在册")), ("moved_out", _("迁出")), ("dead", _("死亡")), ("all", _("全部"))]
WAYS = [("in", _("转入")), ("out", _("转出"))]


def for_the_register(request: Request) -> Actor:
    """The actor, when the post has to do with residents at all."""
    if not request.actor.has_purpose("residents"):
        raise NotAllowed()
    return request.actor


@require_GET
@signed_in
def residents(request: Request) -> HttpResponse:
    """Filters live in the address: place, group, status, age and a text in any of the ways people say it."""
    actor, chosen, today = for_the_register(request), request.GET.dict(), timezone.localdate()
    page = listing.page_for(actor, chosen, today)
    context = {
        "columns": COLUMNS, "rows": listing.lines(actor, page.rows, today), "page": page, "chosen": chosen, "townships": townships(actor),
        "villages": villages(actor, chosen), "groups": GroupKind.choices, "ages": [(band, f"{band}+") for band in BANDS], "statuses": STATUSES[1:],
        "export": export_url(request.GET, actor.role), "export_full": full_export_url(request.GET, actor.role), "most": listing.FOUND, "full": len(page.rows) >= listing.FOUND,
    }  # fmt: skip
    return render(request, "residents/residents.html", context)


@require_GET
@signed_in
def resident_page(request: Request, number: int) -> HttpResponse:
    """One resident: masked facts, household, groups with their visits, life line, trail."""
    actor = request.actor
    try:
        resident = queries.get_resident(actor, number)
    except Resident.DoesNotExist:
        raise NotVisible() from None
    return render(request, "residents/resident.html", pages.resident_parts(actor, resident, timezone.localdate()))


@require_GET
@signed_in
def household_page(request: Request, number: int) -> HttpResponse:
    """One household: who lives in it in which relation, who did before, trail."""
    actor = request.actor
    try:
        household = queries.get_household(actor, number)
    except Household.DoesNotExist:
        raise NotVisible() from None
    return render(request, "residents/household.html", pages.household_parts(actor, household, timezone.localdate()))


@require_GET
@signed_in
def duplicates(request: Request) -> HttpResponse:
    """Pairs of one name and birth date in one village that nobody has looked at yet."""
    actor = for_the_register(request)
    with in_queue_order():
        page = page_of(pages.open_pairs(actor), ["region"], request.GET.get("cursor", ""), 20)
    return render(request, "residents/duplicates.html", {"lines": pages.pair_lines(actor, page.rows), "page": page})


@require_GET
@signed_in
def transfers(request: Request) -> HttpResponse:
    """Records that came in or went out, the latest first."""
    actor, chosen = for_the_register(request), request.GET.dict()
    way = chosen.get("way") if chosen.get("way") in dict(WAYS) else "in"
    page = page_of(Transfer.objects.visible_to(actor).filter(way=way), ["-pk"], chosen.get("cursor", ""), 25)
    tabs = [(value, words, None) for value, words in WAYS]
    return render(request, "residents/transfers.html", {"lines": pages.transfer_lines(actor, page.rows), "page": page, "tabs": tabs, "way": way})


@require_GET
@signed_in
def transfer_page(request: Request, number: int) -> HttpResponse:
    actor = request.actor
    try:
        row = pages.get_transfer(actor, number)
    except Transfer.DoesNotExist:
        raise NotVisible() from None
    return render(request, "residents/transfer.html", {"row": row, **pages.transfer_parts(actor, row)})


@require_POST
@signed_in
@never_cache
def check_id(request: Request) -> HttpResponse:
    """The live check of a number while a form is filled in: what it says, what is wrong with it, who has it inside one's range."""
    actor, today = for_the_register(request), timezone.localdate()
    number, kind = request.POST.get("id_number", "")[:40].replace("\x00", ""), request.POST.get("id_kind", "")
    if not number.strip() or kind not in IdKind.values:
        return render(request, "residents/_id_check.html", {"wrong": "", "says": "", "known": None})
    wrong = check_id_number(number, kind, today)
    facts = facts_of_id_number(number) if not wrong else None
    known = queries.find_by_id_number(actor, number) if not wrong else None
    says = ""
    if facts is not None:
        words = {"gender": Gender(facts.gender).label, "born": facts.birth_on.isoformat(), "age": age_on(facts.birth_on, today)}
        says = _now("号码正确：%(gender)s，%(born)s 出生，%(age)d 岁。") % words
    elif not wrong:
        says = _now("号码格式正确。")
    return render(request, "residents/_id_check.html", {"wrong": wrong, "says": says, "known": known})
