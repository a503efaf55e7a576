"""Money of a plan: budgets, townships, documents, payments with their trace; the payment list as Excel and paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.buildout.models import Allocation, Consequence
from weimin.buildout.papers_pressure import payments_paper
from weimin.buildout.queries import money as queries
from weimin.buildout.queries.plans import budgets, get_plan
from weimin.buildout.views.downloads import filters_of, workbook
from weimin.papers.answers import paper_answer
from weimin.regions.queries import names
from weimin.ui.formats import yuan_figure
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.request import Request

SIZE, MOST = 25, 50_000
SHOWS = [("payments", _("拨付明细")), ("allocations", _("下达文件")), ("rewards", _("奖补付款"))]
PAYMENTS = [
    Column(_("站点"), "site", url="url", hint="township", main=True), Column(_("下达文号"), "document", hint="allocated_by"),
    Column(_("发票"), "invoiced", hint="invoices", minor=True), Column(_("验收"), "acceptance", hint="step", minor=True), Column(_("标准"), "standard_fen", kind="money", minor=True),
    Column(_("拨付"), "amount_fen", kind="money", hint="capped"), Column(_("收款方"), "payee", minor=True), Column(_("凭证号"), "voucher", hint="paid_by"),
]  # fmt: skip
ALLOCATIONS = [
    Column(_("乡镇"), "township", hint="budget", main=True), Column(_("文号"), "document", hint="allocated_by"), Column(_("下达"), "amount_fen", kind="money"),
    Column(_("已拨付"), "disbursed_fen", kind="money", minor=True), Column(_("已收回"), "withdrawn_fen", kind="money", hint="withdrawn_by", minor=True),
    Column(_("剩余"), "left_fen", kind="money"), Column(_("办理"), template="buildout/_withdraw.html"),
]  # fmt: skip
REWARDS = [
    Column(_("站点"), "site", url="url", hint="label", main=True), Column(_("得奖方"), "payee"), Column(_("金额"), "amount_fen", kind="money"),
    Column(_("决定人"), "decided_by", minor=True), Column(_("凭证号"), "voucher", hint="paid_by"), Column(_("办理"), template="buildout/_pay.html"),
]  # fmt: skip
EXCEL = {
    "payments": [
        ("township", _("乡镇")), ("site", _("站点")), ("budget", _("补助项目")), ("document", _("下达文号")), ("allocated_by", _("下达经办人")), ("step", _("拨付环节")),
        ("invoices", _("发票号码")), ("invoiced", _("发票合计（元）")), ("acceptance", _("验收")), ("standard", _("标准（元）")), ("amount", _("拨付（元）")),
        ("payee", _("收款方")), ("voucher", _("凭证号")), ("paid_by", _("拨付经办人")), ("paid_on", _("拨付日期")),
    ],
    "allocations": [
        ("budget", _("补助项目")), ("township", _("乡镇")), ("document", _("文号")), ("amount", _("下达（元）")), ("disbursed", _("已拨付（元）")), ("withdrawn", _("已收回（元）")),
        ("left", _("剩余（元）")), ("allocated_by", _("经办人")), ("allocated_on", _("下达日期")), ("withdrawn_reason", _("收回理由")),
    ],
    "rewards": [
        ("site", _("站点")), ("label", _("奖励")), ("payee", _("得奖方")), ("amount", _("金额（元）")), ("decided_by", _("决定人")), ("voucher", _("凭证号")), ("paid_by", _("付款经办人")),
    ],
}  # fmt: skip


def payment_rows(actor: Any, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """A payment on one line: site → step → invoices → acceptance → payment."""
    return [payment_row(trace) for trace in queries.traces(actor, rows)]


def payment_row(trace: queries.Trace) -> dict[str, Any]:
    row, allocation, step = trace.row, trace.row.allocation, trace.step
    on_time = "" if step is None else _now("逾期办结") if step.on_time is False else _now("按时办结")
    return {
        "site": row.project.name, "url": reverse("buildout:project", args=[row.project_id]), "township": trace.township, "budget": allocation.budget.label,
        "document": allocation.document_number, "allocated_by": _now("下达：%(name)s") % {"name": allocation.allocated_by},
        "invoices": "、".join(invoice.number for invoice in trace.invoices), "invoiced": yuan_figure(row.invoiced_fen), "step": on_time,
        "acceptance": _now("第 %(round)d 轮 %(score)s 分") % {"round": row.acceptance.round, "score": row.acceptance.score},
        "standard_fen": row.standard_fen, "standard": yuan_figure(row.standard_fen), "amount_fen": row.amount_fen, "amount": yuan_figure(row.amount_fen),
        "capped": _now("按发票额") if row.capped else "", "payee": row.payee, "voucher": row.voucher, "paid_by": _now("拨付：%(name)s") % {"name": row.paid_by},
        "paid_on": timezone.localtime(row.paid_at).date(),
    }  # fmt: skip


def allocation_rows(actor: Any, rows: Iterable[Allocation]) -> list[dict[str, Any]]:
    found = list(rows)
    known = names({row.region for row in found})
    return [
        {
            "row": row, "budget": row.budget.label, "township": known[row.region], "document": row.document_number, "amount_fen": row.amount_fen, "amount": yuan_figure(row.amount_fen),
            "disbursed_fen": row.disbursed_fen, "disbursed": yuan_figure(row.disbursed_fen), "withdrawn_fen": row.withdrawn_fen, "withdrawn": yuan_figure(row.withdrawn_fen),
            "left_fen": row.left_fen, "left": yuan_figure(row.left_fen), "allocated_by": row.allocated_by, "withdrawn_by": row.withdrawn_by,
            "withdrawn_reason": row.withdrawn_reason, "allocated_on": timezone.localtime(row.allocated_at).date(),
        }
        for row in found
    ]  # fmt: skip


def reward_rows(actor: Any, rows: Iterable[Consequence]) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "site": row.project.name, "url": reverse("buildout:project", args=[row.project_id]), "label": row.label, "payee": row.payee, "amount_fen": row.amount_fen,
            "amount": yuan_figure(row.amount_fen), "decided_by": row.decided_by, "voucher": row.voucher or "—", "paid_by": row.paid_by,
        }
        for row in rows
    ]  # fmt: skip


BUDGET_HEADS = (_("补助项目"), _("预算"), _("已下达"), _("已拨付"), _("下达未拨"), _("还可下达"))
TOWNSHIP_HEADS = (_("乡镇"), _("站点应得"), _("已下达"), _("已拨付"), _("下达未拨"), _("还可下达"))
LISTS: dict[str, tuple[Any, Any, list[str], list[Column]]] = {
    "payments": (queries.filter_payments, payment_rows, ["-paid_at"], PAYMENTS),
    "allocations": (queries.filter_allocations, allocation_rows, ["-allocated_at"], ALLOCATIONS),
    "rewards": (queries.filter_rewards, reward_rows, ["-pk"], REWARDS),
}


@require_GET
@signed_in
def money_page(request: Request, number: int) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives the list that is shown as a workbook."""
    actor, chosen = request.actor, filters_of(request)
    plan = get_plan(actor, number)
    show = chosen["show"] if chosen.get("show") in LISTS else "payments"
    find, rows_of, order, columns = LISTS[show]
    found = find(actor, plan, chosen)
    if chosen.get("excel"):
        return workbook(request, EXCEL[show], rows_of(actor, found.order_by(*order, "pk")[:MOST]), plan.title, f"money-{show}")
    page, lines = page_of(found, order, chosen.get("cursor", ""), SIZE), budgets(plan)
    townships = queries.township_money(actor, plan, lines)
    context = {
        "plan": plan, "budgets": lines, "totals": queries.totals(actor, plan, lines), "budget_rows": budget_table(lines), "parts": township_tables(lines, townships),
        "budget_heads": BUDGET_HEADS, "township_heads": TOWNSHIP_HEADS,
        "shows": [(value, words, None) for value, words in SHOWS], "columns": columns, "rows": rows_of(actor, page.rows), "page": page, "chosen": chosen, "show": show,
        "budget_choices": [(row.key, row.label) for row in lines], "whole": actor.covers(plan.region),
        "township_choices": sorted({(row.code, row.name) for rows in townships.values() for row in rows}),
    }  # fmt: skip
    return render(request, "buildout/money.html", context)


def budget_table(lines: list[Any]) -> list[tuple[str, list[int]]]:
    return [
        (row.label, [row.total_fen, row.allocated_fen, row.disbursed_fen, row.allocated_fen - row.disbursed_fen, row.total_fen - row.allocated_fen])
        for row in lines
    ]


def township_tables(lines: list[Any], townships: dict[int, list[queries.TownshipMoney]]) -> list[dict[str, Any]]:
    """Per budget the townships that have money or sites worth some."""
    return [
        {
            "budget": row,
            "rows": [(line.name, [line.worth_fen, line.allocated_fen, line.disbursed_fen, line.left_fen, line.open_fen]) for line in townships[row.pk]],
        }
        for row in lines
    ]


@require_GET
@signed_in
def payments_file(request: Request, number: int, ending: str) -> HttpResponse:
    """The payment list as an official paper, with the filters of the page."""
    actor, today = request.actor, timezone.localdate()
    plan = get_plan(actor, number)
    rows = queries.filter_payments(actor, plan, filters_of(request)).order_by("project__region", "pk")
    return paper_answer(lambda: payments_paper(plan, queries.traces(actor, rows), today), ending, f"payments-{plan.code}")
