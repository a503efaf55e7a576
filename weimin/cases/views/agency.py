"""Agency pages: my clients and what is where; one mandate; a hand-over of clients."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.registry import get_action
from weimin.attachments.queries import attachments_of
from weimin.calendars.clock import ZONE
from weimin.cases.issuing import Paper, given_out, papers_for_mandate
from weimin.cases.models import PURPOSE, AgentChange, Case, Mandate, MandateState
from weimin.cases.queries import agency as queries
from weimin.cases.rules_mandate import POWERS, standing
from weimin.regions.queries import names
from weimin.secrets.masking import mask
from weimin.trail.record import record
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.ui.workbook import workbook
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request
from weimin.walls.tenancy import here

COLUMNS = [
    Column(_("委托人"), "client", url="url", hint="village", main=True),
    Column(_("电话"), "phone", minor=True),
    Column(_("代办人"), "agent"),
    Column(_("委托事项"), "items"),
    Column(_("办件"), "cases"),
    Column(_("代管材料"), "papers", kind="number"),
    Column(_("未办跑腿"), "errands", kind="number"),
    Column(_("期限"), "until", kind="day"),
    Column(_("状态"), "standing", kind="tag"),
]
EXPORTED = [
    ("client", _("委托人")), ("number", _("委托编号")), ("phone", _("电话")), ("village", _("村（社区）")), ("agent", _("代办人")), ("items", _("委托事项")),
    ("cases", _("办件")), ("papers", _("代管材料")), ("errands", _("未办跑腿")), ("until", _("期限")),
]  # fmt: skip
EVIDENCE = {"signature": _("委托人签名"), "photo": _("当面照片"), "family": _("亲属关系核实")}
MOST_EXPORTED = 20_000


@require_GET
@signed_in
def mandates(request: Request) -> HttpResponse:
    """A village clerk begins with the own clients; filters live in the address, ?excel=1 gives what is shown."""
    actor, chosen = request.actor, request.GET.dict()
    if not actor.has_purpose(PURPOSE):
        raise NotAllowed()
    chosen.setdefault("state", "active")
    if actor.role == "village":
        chosen.setdefault("agent", "mine")
    today = timezone.now().astimezone(ZONE).date()
    rows = queries.filter_mandates(actor, chosen)
    if chosen.get("excel"):
        return exported(request, rows)
    page = page_of(rows, ["-written_at"], chosen.get("cursor", ""), 25)
    context = {
        "columns": COLUMNS, "rows": queries.lines(actor, page.rows, today), "page": page, "chosen": chosen,
        "agents": [("mine", _("我的委托人")), *((str(number), words) for number, words in queries.agents(actor, today))],
        "states": MandateState.choices, "people": queries.agents_with_clients(actor) if actor.role == "township" else [],
        "changes": queries.latest_changes(actor) if actor.role == "township" else [],
    }  # fmt: skip
    return render(request, "cases/mandates.html", context)


def exported(request: Request, rows: Any) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    record(actor, "cases.mandates", subject_type=Mandate._meta.label_lower, subject_id=None, region=max(actor.low, here().code), now=now, reason=_now("导出"))
    shown = queries.lines(actor, rows.order_by("-written_at", "-pk")[:MOST_EXPORTED], now.astimezone(ZONE).date())
    lines = [[row[key] for key, _label in EXPORTED] for row in shown]
    return workbook([(key, str(label)) for key, label in EXPORTED], lines, title=str(_("代办委托")), name=actor.name, post=request.seat.label, now=now)


@require_GET
@signed_in
def mandate_page(request: Request, number: int) -> HttpResponse:
    """One client: what was given, cases, errands, papers and where they are, and what the client sees of it."""
    actor = request.actor
    try:
        mandate = queries.get_mandate(actor, number)
    except Mandate.DoesNotExist:
        raise NotVisible() from None
    files = list(attachments_of(actor, "cases.mandate", mandate.pk))
    mandate.face = files[-1] if files else None  # type: ignore[attr-defined]  # for the page only
    lists, cases, today = queries.hand_overs_of(actor, mandate), queries.cases_of(actor, mandate), timezone.now().astimezone(ZONE).date()
    context = {
        "mandate": mandate, "standing": queries.standing_tag(mandate, today), "cases": cases, "to_file": to_file(actor, mandate, cases, today),
        "papers": queries.papers_of(actor, mandate), "errands": queries.errands_of(actor, mandate), "hand_overs": lists,
        "acts": queries.acts_of_mandate(actor, mandate), "powers": [POWERS[power] for power in mandate.powers if power in POWERS],
        "evidence": [EVIDENCE[one] for one in mandate.evidence if one in EVIDENCE], "others": queries.other_clients(actor, mandate),
        "village": names({mandate.region})[mandate.region], "phone": mask("phone", mandate.principal_phone or "", actor.role), "files": files,
        "issued": papers_for_mandate(actor, mandate, lists),
    }  # fmt: skip
    return render(request, "cases/mandate.html", context)


def to_file(actor: Any, mandate: Mandate, cases: list[Case], today: date) -> list[tuple[str, str]]:
    """(code, name) of the items that the mandate gives and that are not on their way yet; none when nothing may be filed under it."""
    if not get_action("cases.receive").allows(actor) or "submit" not in mandate.powers:
        return []
    if standing(mandate.state, mandate.starts_on, mandate.until_on, today) != "active":
        return []
    running = {case.item_code for case in cases if case.is_open}
    return [(code, name) for code, name in mandate.items.items() if code not in running]


@require_GET
@signed_in
def agent_change(request: Request, number: int) -> HttpResponse:
    """Who took over whose clients, as both sign it."""
    change = AgentChange.objects.visible_to(request.actor).select_related("before", "after").filter(pk=number).first()
    if change is None:
        raise NotVisible()
    return render(request, "cases/agent_change.html", {"change": change, "paper": Paper("change", change, 0, given_out(change, "change", 0))})
