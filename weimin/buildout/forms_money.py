"""The shape of input for money: allocating, paying, invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.buildout.models import Budget, Project
from weimin.buildout.plan.schema import Subsidy
from weimin.buildout.queries.money import (
    TownshipMoney,
    allocations_with,
    invoice_use,
    subsidy_of,
    township_money,
    valid_invoices,
    voucher_used,
)
from weimin.buildout.rules_money import check_allocation, organ_of, payment_for, read_invoice_number
from weimin.regions.queries import names
from weimin.ui.fields import YuanField
from weimin.ui.formats import yuan
from weimin.walls.errors import RuleBroken

DAY = {"type": "date"}


class AllocateForm(ActionForm):
    """Money of a budget for one township."""

    township = forms.TypedChoiceField(label=_("乡镇"), coerce=int)
    amount = YuanField(label=_("金额"), smallest=1)
    document_number = forms.CharField(label=_("文号"), max_length=60)

    def prepare(self) -> None:
        if self.target is None or self.actor is None:
            return
        budget: Budget = self.target
        rows = township_money(self.actor, budget.plan, [budget])[budget.pk]
        self.rows: dict[int, TownshipMoney] = {row.code: row for row in rows}
        words = _("%(name)s（还可下达 %(left)s）")
        self.offer("township", [(row.code, words % {"name": row.name, "left": yuan(row.open_fen)}) for row in rows if row.open_fen])
        self.fields["amount"].help_text = _("预算还可下达 %(left)s") % {"left": yuan(budget.total_fen - budget.allocated_fen)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        township, amount = cleaned.get("township"), cleaned.get("amount")
        if not township or not amount:
            return cleaned
        budget, row = self.target, self.rows[township]
        try:
            check_allocation(amount, budget.total_fen - budget.allocated_fen, row.open_fen, row.name)
        except RuleBroken as broken:
            self.add_error("amount", str(broken))
        if budget.allocations.filter(region=township, document_number=cleaned.get("document_number", "")).exists():
            self.add_error("document_number", _("这个文号已经给这个乡镇下达过这项资金。"))
        return cleaned


class WithdrawForm(ActionForm):
    reason = forms.CharField(label=_("收回理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        if self.target is not None:
            self.fields["reason"].help_text = _("收回未拨付的 %(left)s，以后不能再从这笔资金拨付。") % {"left": yuan(self.target.left_fen)}


class VoucherForm(ActionForm):
    """What every payment needs: a voucher number that was not used before."""

    voucher = forms.CharField(label=_("凭证号"), max_length=60)

    def clean_voucher(self) -> str:
        voucher = self.cleaned_data["voucher"]
        if voucher_used(voucher):
            raise forms.ValidationError(_("凭证号“%(voucher)s”已经用过，请核对。") % {"voucher": voucher})
        return voucher


class DisburseForm(VoucherForm):
    """The one payment for a site: out of which allocation, to whom, by which voucher. The amount is not typed: it follows."""

    allocation = forms.TypedChoiceField(label=_("从哪笔下达资金拨付"), coerce=int)
    payee = forms.CharField(label=_("收款单位全称"), max_length=100)

    field_order = ["allocation", "payee", "voucher"]

    def prepare(self) -> None:
        project: Project | None = self.target
        subsidy = subsidy_of(project) if project is not None else None
        if project is None or subsidy is None:
            return
        self.fill_payee(project, subsidy)
        try:
            payment = payment_for(subsidy, valid_invoices(project).values_list("amount_fen", flat=True))
        except RuleBroken as broken:
            self.fields["allocation"].help_text = str(broken)
            return
        rows = allocations_with(project, subsidy, payment.amount_fen)
        words = _("%(number)s（剩余 %(left)s，经办人 %(name)s）")
        self.offer("allocation", [(row.pk, words % {"number": row.document_number, "left": yuan(row.left_fen), "name": row.allocated_by}) for row in rows])
        self.fields["allocation"].help_text = payment.reason

    def fill_payee(self, project: Project, subsidy: Subsidy) -> None:
        """The plan's payee is not a choice; only where the plan names a mere kind of body its full name is typed."""
        role = project.plan.content.role(subsidy.payee)
        place = project.region if role.level == "village" else project.township
        organ = organ_of(role, names([place])[place])
        self.fixed_payee = organ
        if organ:
            del self.fields["payee"]
        else:
            self.fields["payee"].help_text = _("方案规定的收款方：%(role)s") % {"role": role.label}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["payee"] = self.fixed_payee or cleaned.get("payee", "")
        return cleaned


class InvoiceForm(ActionForm):
    """An invoice for a site, with its scan."""

    number = forms.CharField(
        label=_("发票号码"),
        max_length=40,
        help_text=_("数电票填 20 位号码；老式发票把发票代码和号码连起来填。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    seller = forms.CharField(label=_("销售方"), max_length=100)
    item = forms.CharField(label=_("内容"), max_length=100)
    amount = YuanField(label=_("价税合计"), smallest=1)
    issued_on = forms.DateField(label=_("开票日期"), widget=forms.DateInput(attrs=DAY))
    scan = forms.FileField(label=_("发票扫描件"), help_text=_("PDF、JPG 或 PNG"))

    def prepare(self) -> None:
        subsidy = subsidy_of(self.target) if self.target is not None else None
        if subsidy is not None and subsidy.earmarked and subsidy.items:
            self.fields["item"].help_text = _("专款专用，可以列支：%(items)s") % {"items": "、".join(subsidy.items)}

    def clean_number(self) -> str:
        try:
            number = read_invoice_number(self.cleaned_data["number"])
        except RuleBroken as broken:
            raise forms.ValidationError(str(broken)) from None
        used = invoice_use(number)
        if used is not None:
            raise forms.ValidationError(_("这个发票号码已在%(place)s的“%(site)s”登记过，一张发票只能用一次。") % {"place": used.place, "site": used.site})
        return number

    def clean_issued_on(self) -> date:
        on: date = self.cleaned_data["issued_on"]
        if self.now is not None and on > timezone.localtime(self.now).date():
            raise forms.ValidationError(_("开票日期不能晚于今天。"))
        return on
