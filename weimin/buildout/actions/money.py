"""Money: a budget's allocation to a township, its withdrawal, the one payment for a site, invoices (N6).

Rows are locked in one order everywhere, so that nobody waits in a ring: budget, project, allocation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.attachments.subjects import register_subject
from weimin.buildout.actions.lifecycle import advance, check_state, find_project, local_day, where
from weimin.buildout.flow import project_url
from weimin.buildout.forms import ReasonForm
from weimin.buildout.forms_money import AllocateForm, DisburseForm, InvoiceForm, WithdrawForm
from weimin.buildout.models import Acceptance, Allocation, Budget, Disbursement, Invoice, Project
from weimin.buildout.plan.schema import Subsidy
from weimin.buildout.queries.money import allocations_with, passed_acceptance, subsidy_of, valid_invoices
from weimin.buildout.rules_money import Payment, payment_for
from weimin.ui.formats import yuan
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

INVOICING = ("filed", "building", "fitted", "trained", "open", "applied", "rectifying", "failed", "accepted")

PAYERS = ("finance", "lead_office")  # plan 1 lets the bureau itself pay, plan 5 the finance office


def money_url(plan: int) -> str:
    return reverse("buildout:money", args=[plan])


def find_budget(actor: Actor, pk: Any) -> Budget:
    return Budget.objects.select_for_update(of=("self",)).select_related("plan").defer("plan__data").get(pk=pk)


def check_budget_left(budget: Budget, actor: Actor, now: datetime) -> None:
    if budget.allocated_fen >= budget.total_fen:
        raise RuleBroken(_now("这项预算已经全部下达。") if budget.total_fen else _now("这项预算是零，没有可以下达的资金。"))


@register(
    "buildout.allocate", label=_("下达资金"), form=AllocateForm, roles=PAYERS, find=find_budget,
    region=lambda budget, data: data["township"], check=check_budget_left,
)  # fmt: skip
def allocate(by: Actor, budget: Budget, data: dict[str, Any], now: datetime) -> Outcome:
    """把预算的一部分下达给一个乡镇，写明文号；不超过预算，也不超过这个乡镇的站点按标准应得的数额。"""
    row = Allocation.objects.create(
        budget=budget, region=data["township"], amount_fen=data["amount"], document_number=data["document_number"], allocated_by=by.name, allocated_at=now
    )
    Budget.objects.filter(pk=budget.pk).update(allocated_fen=F("allocated_fen") + data["amount"])
    after = {"budget": budget.label, "amount_fen": data["amount"], "document_number": data["document_number"]}
    said = _now("已下达 %(amount)s。") % {"amount": yuan(data["amount"])}
    return Outcome(row, after=after, message=said, next_url=money_url(budget.plan_id))


def find_allocation(actor: Actor, pk: Any) -> Allocation:
    """The budget is locked first, like everywhere."""
    rows = Allocation.objects.visible_to(actor)
    Budget.objects.select_for_update().get(pk=rows.get(pk=pk).budget_id)
    return rows.select_for_update(of=("self",)).select_related("budget").get(pk=pk)


def check_withdrawable(row: Allocation, actor: Actor, now: datetime) -> None:
    if row.left_fen <= 0:
        raise RuleBroken(_now("这笔资金没有未拨付的部分可以收回。"))


@register(
    "buildout.withdraw_allocation", label=_("收回资金"), form=WithdrawForm, roles=PAYERS, find=find_allocation, region=where, check=check_withdrawable,
    confirm=_("收回后这笔资金不能再拨付，确定吗？"),
)  # fmt: skip
def withdraw_allocation(by: Actor, row: Allocation, data: dict[str, Any], now: datetime) -> Outcome:
    """收回一笔下达资金中没有拨付的部分，说明理由；收回的数额回到预算。"""
    left = row.left_fen
    row.withdrawn_fen, row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = left, by.name, now, data["reason"]
    row.save(update_fields=["withdrawn_fen", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    Budget.objects.filter(pk=row.budget_id).update(allocated_fen=F("allocated_fen") - left)
    said = _now("已收回 %(amount)s。") % {"amount": yuan(left)}
    return Outcome(row, before={"withdrawn_fen": 0}, after={"withdrawn_fen": left}, reason=data["reason"], message=said, next_url=money_url(row.budget.plan_id))


def find_payable(actor: Actor, pk: Any) -> Project:
    """The project with the budgets of its tier locked before it."""
    seen = Project.objects.visible_to(actor).get(pk=pk)
    list(Budget.objects.select_for_update().filter(plan=seen.plan_id, tier=seen.tier).order_by("pk"))
    return find_project(actor, pk)


def owed_payment(project: Project) -> tuple[Subsidy, Payment]:
    """The standard that pays for a project and what it comes to now. RuleBroken when the plan pays nothing or nothing was invoiced."""
    subsidy = subsidy_of(project)
    if subsidy is None:
        raise RuleBroken(_now("方案没有给这类站点安排补助。"))
    return subsidy, payment_for(subsidy, valid_invoices(project).values_list("amount_fen", flat=True))


def acceptance_behind(project: Project) -> Acceptance:
    found = passed_acceptance(project)
    if found is None:
        raise RuleBroken(_now("没有验收合格的记录，不能拨付。"))
    return found


def check_disbursable(project: Project, actor: Actor, now: datetime) -> None:
    """Accepted, paid by the plan, new, and its township has enough left. RuleBroken says which is missing."""
    check_state(project, "accepted")
    if project.site is not None and project.site.existing:
        raise RuleBroken(_now("这是方案执行前就有的站点，不再补助。"))
    acceptance_behind(project)
    subsidy, payment = owed_payment(project)
    if not allocations_with(project, subsidy, payment.amount_fen):
        raise RuleBroken(_now("这个乡镇的下达资金没有一笔还剩 %(amount)s，请先下达。") % {"amount": yuan(payment.amount_fen)})


@register(
    "buildout.disburse", label=_("拨付补助"), form=DisburseForm, roles=PAYERS, find=find_payable, region=where, check=check_disbursable,
    confirm=_("每个站点只拨付一次，拨付后不能更改，确定吗？"),
)  # fmt: skip
def disburse(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """验收合格后拨付补助：按标准，方案规定不超过发票额的按发票额；一个站点一次，只付给方案规定的收款方。"""
    _subsidy, payment = owed_payment(project)
    source = Allocation.objects.select_for_update().get(pk=data["allocation"])
    if source.left_fen < payment.amount_fen:
        raise RuleBroken(_now("这笔下达资金只剩 %(left)s，不够拨付。") % {"left": yuan(source.left_fen)})
    row = keep_payment(by, project, source, payment, data, now)
    Allocation.objects.filter(pk=source.pk).update(disbursed_fen=F("disbursed_fen") + payment.amount_fen)
    Budget.objects.filter(pk=source.budget_id).update(disbursed_fen=F("disbursed_fen") + payment.amount_fen)
    project.subsidised_on = local_day(now)
    advance(project, "buildout.disburse", "subsidised", by, now)
    after = {"state": "subsidised", "amount_fen": payment.amount_fen, "payee": row.payee, "voucher": row.voucher, "allocation": source.document_number}
    said = _now("已向%(payee)s拨付 %(amount)s。%(reason)s") % {"payee": row.payee, "amount": yuan(payment.amount_fen), "reason": payment.reason}
    return Outcome(project, before={"state": "accepted"}, after=after, message=said, next_url=project_url(project.pk))


def keep_payment(by: Actor, project: Project, source: Allocation, payment: Payment, data: dict[str, Any], now: datetime) -> Disbursement:
    try:
        with transaction.atomic():
            return Disbursement.objects.create(
                region=project.region, project=project, allocation=source, acceptance=acceptance_behind(project), payee=data["payee"],
                amount_fen=payment.amount_fen, standard_fen=payment.standard_fen, invoiced_fen=payment.invoiced_fen, voucher=data["voucher"],
                paid_by=by.name, paid_at=now,
            )  # fmt: skip
    except IntegrityError:  # another payment took the number since the form was read
        raise RuleBroken(_now("凭证号“%(voucher)s”刚刚被另一笔拨付用了，请核对。") % {"voucher": data["voucher"]}) from None


def check_invoicing(project: Project, actor: Actor, now: datetime) -> None:
    check_state(project, *INVOICING)


@register(
    "buildout.record_invoice", label=_("登记发票"), form=InvoiceForm, roles=("township", "village"), find=find_project, region=where, check=check_invoicing,
)  # fmt: skip
def record_invoice(by: Actor, project: Project, data: dict[str, Any], now: datetime) -> Outcome:
    """登记为站点建设开具的发票并附扫描件；一张发票在全辖区只能用一次。"""
    try:
        with transaction.atomic():
            row = Invoice.objects.create(
                region=project.region, project=project, number=data["number"], seller=data["seller"], item=data["item"], amount_fen=data["amount"],
                issued_on=data["issued_on"], recorded_by=by.name, recorded_at=now,
            )  # fmt: skip
    except IntegrityError:  # somebody else recorded the same number since the form was read
        raise RuleBroken(_now("这个发票号码刚刚在别处登记过，一张发票只能用一次。")) from None
    attach(by, data["scan"], subject_type="buildout.invoice", subject_id=row.pk, region=row.region, kind="invoice", now=now)
    after = {"project": project.pk, "number": row.number, "amount_fen": row.amount_fen, "seller": row.seller}
    return Outcome(row, after=after, message=_("发票已登记。"), next_url=project_url(project.pk))


def find_invoice(actor: Actor, pk: Any) -> Invoice:
    """The project is locked first, so that an invoice does not vanish while it is being paid for."""
    rows = Invoice.objects.visible_to(actor)
    find_project(actor, rows.get(pk=pk).project_id)
    return rows.select_for_update(of=("self",)).select_related("project").get(pk=pk)


def check_voidable(row: Invoice, actor: Actor, now: datetime) -> None:
    if row.voided_at is not None:
        raise RuleBroken(_now("这张发票已经作废。"))
    if row.project.state == "subsidised":
        raise RuleBroken(_now("补助已按这张发票拨付，不能作废。"))


@register(
    "buildout.void_invoice", label=_("作废发票"), form=ReasonForm, roles=("township", "village"), find=find_invoice, region=where, check=check_voidable,
)  # fmt: skip
def void_invoice(by: Actor, row: Invoice, data: dict[str, Any], now: datetime) -> Outcome:
    """作废登记错的发票，说明理由；记录保留，号码可以重新登记。"""
    row.voided_at, row.voided_by, row.voided_reason = now, by.name, data["reason"]
    row.save(update_fields=["voided_at", "voided_by", "voided_reason"])
    return Outcome(
        row, before={"number": row.number}, after={"voided": True}, reason=data["reason"], message=_("发票已作废。"), next_url=project_url(row.project_id)
    )


def invoice_for_files(actor: Actor, pk: int) -> Invoice:
    return Invoice.objects.visible_to(actor).get(pk=pk)


def check_takes_files(row: Invoice, actor: Actor, now: datetime) -> None:
    if row.voided_at is not None or Disbursement.objects.filter(project=row.project_id).exists():
        raise RuleBroken(_now("发票已作废或已用于拨付，附件不能再改。"))


register_subject("buildout.invoice", find=invoice_for_files, kinds=("invoice",), check=check_takes_files)
