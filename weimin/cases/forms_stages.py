"""The shape of input on the way of a case: accepting, telling what is missing, checking, reviewing together, publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.cases.forms_intake import TOLD
from weimin.cases.forms_papers import PaperFields
from weimin.cases.items import stages_of
from weimin.cases.models import Case, CaseState, JointReview
from weimin.cases.rules_papers import missing
from weimin.cases.rules_way import Stage
from weimin.ui.widgets import DateParts, Upload

LONG = forms.Textarea(attrs={"rows": 2})


def long() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class Accept(PaperFields):
    """Papers that came meanwhile may be ticked on the same page."""

    def prepare(self) -> None:
        self.add_papers()


class TellMissing(PaperFields):
    """Every paper that is missing, and what else must be put right."""

    reason = forms.CharField(label=_("还要更正或说明的内容"), max_length=500, required=False, widget=long())
    told_how = forms.ChoiceField(label=_("告知方式"), choices=TOLD)
    supplement_by = forms.DateField(label=_("请在哪天之前补齐"), required=False, widget=DateParts, help_text=_("不填按 30 天。"))
    again_reason = forms.CharField(label=_("为什么再次告知"), max_length=200, required=False, validators=[LINE])

    def prepare(self) -> None:
        self.add_papers(photos=False)
        if not isinstance(self.target, Case) or self.target.told_at is None:
            del self.fields["again_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not missing(cleaned.get("papers", [])) and not cleaned.get("reason"):
            self.add_error("reason", _("没有标为“缺”的材料，也没有写要更正的内容，不用告知。"))
        if "again_reason" in self.fields and not cleaned.get("again_reason"):
            self.add_error("again_reason", _("材料应当一次告知；确实要再次告知的，请写明原因，会记入监督。"))
        on = cleaned.get("supplement_by")
        if on and self.now and on <= self.now.date():
            self.add_error("supplement_by", _("补正期限应在今天之后。"))
        return cleaned


class Supplement(PaperFields):
    note = forms.CharField(label=_("补正说明"), max_length=300, required=False, widget=long())
    accept = forms.BooleanField(label=_("材料已经齐全，直接受理"), required=False, initial=True)
    together = forms.BooleanField(label=_("同一件事的其他办件缺同样材料的，一并登记"), required=False, initial=True)

    def prepare(self) -> None:
        self.add_papers()
        if isinstance(self.target, Case) and self.target.accepted_at is not None:
            del self.fields["accept"]
        if isinstance(self.target, Case) and not self.target.bundle:
            del self.fields["together"]


class Fulfil(PaperFields):
    """The promised papers that have come."""

    def prepare(self) -> None:
        self.add_papers()


class Decline(ActionForm):
    kind = forms.ChoiceField(
        label=_("处理"),
        choices=[
            ("declined", _("不予受理")),
            ("not_needed", _("依法不需要办理")),
            ("not_competent", _("不属于本机关职权")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由和指引"), max_length=500, widget=long(), help_text=_("写明依据；不属于本机关的，告诉去哪里办。"))
    told_how = forms.ChoiceField(label=_("告知方式"), choices=TOLD)


class PassOn(ActionForm):
    opinion = forms.CharField(label=_("审核意见"), max_length=200, required=False, widget=long(), help_text=_("后面的环节看得到。"))


def stage_words(stage: Stage) -> str:
    return f"{CaseState(stage.key).label}（{Role(stage.desk).label}）"  # text: data


class SendBack(ActionForm):
    stage = forms.TypedChoiceField(label=_("退回到"), coerce=int)
    reason = forms.CharField(label=_("退回理由"), max_length=300, widget=long())

    def prepare(self) -> None:
        if not isinstance(self.target, Case):
            return
        way = stages_of(self.target)[: self.target.stage]
        self.offer("stage", [(number, stage_words(stage)) for number, stage in enumerate(way)])


class CheckSite(ActionForm):
    """What two people found on the spot; made for a phone."""

    checked_on = forms.DateField(label=_("核查日期"), widget=DateParts)
    people = forms.CharField(label=_("核查人员"), max_length=100, validators=[LINE], help_text=_("不少于两人，用顿号隔开。"))
    passed = forms.ChoiceField(label=_("核查结果"), choices=[("yes", _("符合")), ("no", _("不符合"))], widget=forms.RadioSelect)
    findings = forms.CharField(label=_("核查情况"), max_length=1000, widget=long())
    photo = forms.FileField(label=_("现场照片"), required=False, widget=Upload(kinds="image/*"))
    photo2 = forms.FileField(label=_("现场照片"), required=False, widget=Upload(kinds="image/*"))

    def prepare(self) -> None:
        if self.now is not None:
            self.initial.setdefault("checked_on", self.now.date())

    def clean_checked_on(self) -> Any:
        return not_later(self, "checked_on")

    def clean_people(self) -> str:
        names = [part for part in str(self.cleaned_data["people"]).replace("，", "、").replace(",", "、").split("、") if part.strip()]  # text: data
        if len(names) < 2:
            raise forms.ValidationError(_("现场核查不少于两人。"))
        return "、".join(part.strip() for part in names)  # text: data


OFFICES = [(role.value, role.label) for role in (Role.COUNTY_OFFICE, Role.TOWNSHIP, Role.VILLAGE, Role.WINDOW)]


class AskOffice(ActionForm):
    office = forms.CharField(label=_("会审部门"), max_length=60, validators=[LINE])
    role = forms.ChoiceField(label=_("岗位"), choices=OFFICES)


class AnswerOffice(ActionForm):
    answer = forms.ChoiceField(label=_("意见"), choices=[("agree", _("同意")), ("object", _("不同意"))], widget=forms.RadioSelect)
    opinion = forms.CharField(label=_("理由"), max_length=300, required=False, widget=long())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "object" and not cleaned.get("opinion"):
            self.add_error("opinion", _("不同意的，请写明理由。"))
        return cleaned


class PostNotice(ActionForm):
    place = forms.CharField(label=_("公示地点"), max_length=100, validators=[LINE])
    text = forms.CharField(label=_("公示内容"), max_length=500, widget=long(), help_text=_("不写证件号码、电话、病情、账号和住址门牌。"))
    days = forms.IntegerField(label=_("公示天数"), min_value=1, max_value=60)
    photo = forms.FileField(label=_("公示照片"), required=False, widget=Upload(kinds="image/*"))

    def prepare(self) -> None:
        review: Any = self.target
        if isinstance(review, Case):
            self.initial.setdefault("days", self.least())
            self.initial.setdefault("text", f"{review.applicant_name}：{review.item_name}")

    def least(self) -> int:
        from_list = self.target.item_version.content.public_notice_days if isinstance(self.target, Case) else 1
        return from_list or 1

    def clean_days(self) -> int:
        days = int(self.cleaned_data["days"])
        if days < self.least():
            raise forms.ValidationError(_("这个事项至少公示 %(n)d 天。") % {"n": self.least()})
        return days


class CloseNotice(ActionForm):
    objection = forms.ChoiceField(
        label=_("有没有异议"),
        choices=[("none", _("没有异议")), ("rejected", _("有异议，经核实不成立")), ("upheld", _("有异议，退回重新审核"))],
        widget=forms.RadioSelect,
    )
    objections = forms.CharField(label=_("异议和核实情况"), max_length=500, required=False, widget=long())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("objection") in ("rejected", "upheld") and not cleaned.get("objections"):
            self.add_error("objections", _("有异议的，请写明内容和核实情况。"))
        return cleaned


def office_label(review: JointReview) -> str:
    return f"{review.office}（{Role(review.role).label}）"  # text: data
