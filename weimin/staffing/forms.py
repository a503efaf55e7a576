"""The shape of input for people who serve: nomination, examination, decision, appointment, certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, PlainField, not_later
from weimin.sites.models import Site
from weimin.staffing.models import Appointment, Nomination, Worker
from weimin.staffing.queries import sites_of_worker, workers_near
from weimin.staffing.requirements import Requirements, requirements_for
from weimin.staffing.rules import FAIR, GOOD, POOR
from weimin.ui.widgets import DateParts, Suggest

MOBILE = RegexValidator(r"^1[3-9]\d{9}$", _("手机号是 11 位数字，以 1 开头。"))
MARKS = [(GOOD, _("符合")), (FAIR, _("基本符合")), (POOR, _("不符合"))]
GENDERS = [("", "---------"), ("m", _("男")), ("f", _("女"))]


class PersonFacts(ActionForm):
    """Who somebody is. The phone tells two people of one name apart."""

    name = forms.CharField(label=_("姓名"), max_length=40, validators=[LINE])
    phone = PlainField(label=_("手机号"), max_length=11, validators=[MOBILE], widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
    gender = forms.ChoiceField(label=_("性别"), choices=GENDERS, required=False)
    birth_year = forms.IntegerField(label=_("出生年份"), required=False, min_value=1930, max_value=2015)
    background = forms.CharField(label=_("来源人群"), max_length=60, required=False, validators=[LINE], help_text=_("例如返乡创业青年、大中专毕业生。"))


class Nominate(PersonFacts):
    """A single candidate for the site."""

    opinion = forms.CharField(label=_("推荐意见"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    roles = forms.MultipleChoiceField(label=_("兼任身份"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("一人可以兼任几种身份。"))

    def prepare(self) -> None:
        site: Site | None = self.target
        asks = requirements_for(site) if site is not None else None
        if asks is None or not asks.roles:
            del self.fields["roles"]
        else:
            self.offer("roles", list(asks.roles))
        if asks is not None and asks.backgrounds:
            self.fields["background"].widget = Suggest({"class": "in"}, asks.backgrounds)


class Examine(ActionForm):
    """A mark and a remark for each point that the plan names."""

    opinion = forms.CharField(label=_("考察意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        nomination: Nomination | None = self.target
        asks = requirements_for(nomination.site) if nomination is not None else None
        self.asks = asks
        given: dict[str, forms.Field] = {}
        for key, label in asks.criteria if asks else ():
            given[f"mark_{key}"] = forms.ChoiceField(label=label, choices=MARKS, widget=forms.RadioSelect)
            given[f"remark_{key}"] = forms.CharField(label=_("%s：说明") % label, max_length=100, required=False, validators=[LINE])
        self.fields = {**given, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key, _label in self.asks.criteria if self.asks else ():
            if cleaned.get(f"mark_{key}") == POOR and not cleaned.get(f"remark_{key}"):
                self.add_error(f"remark_{key}", _("不符合的，请写明情况。"))
        return cleaned

    def marks(self, asks: Requirements) -> dict[str, dict[str, str]]:
        return marks_of(asks, self.cleaned_data)


def marks_of(asks: Requirements, cleaned: dict[str, Any]) -> dict[str, dict[str, str]]:
    """{criterion: {label, mark, remark}}, as the nomination keeps it."""
    return {key: {"label": str(label), "mark": cleaned[f"mark_{key}"], "remark": cleaned[f"remark_{key}"]} for key, label in asks.criteria}


class Choose(ActionForm):
    reason = forms.CharField(label=_("确定理由"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class Reason(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FileList(ActionForm):
    note = forms.CharField(label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    list_file = forms.FileField(label=_("盖章的名单"), required=False, help_text=_("PDF、Word 或 Excel 文件"))


class Appoint(PersonFacts):
    """Somebody known already, or somebody new by name and phone."""

    worker = forms.TypedChoiceField(label=_("已登记的人员"), required=False, coerce=int, empty_value=None)
    job = forms.CharField(label=_("职责"), max_length=60, validators=[LINE])
    starts_on = forms.DateField(label=_("任职日期"), widget=DateParts)

    field_order = ["worker", "name", "phone", "gender", "birth_year", "background", "job", "starts_on"]

    def prepare(self) -> None:
        self.fields["name"].required = self.fields["phone"].required = False
        if self.target is None or self.actor is None:
            return
        near = workers_near(self.actor, self.target.region)
        self.offer("worker", [("", _("新登记一个人（填下面的姓名和手机号）")), *((row.pk, row.name) for row in near)])
        asks = requirements_for(self.target)
        suggestions = [_("站点负责人"), _("值班人员"), _("志愿者")]
        self.fields["job"].widget = Suggest({"class": "in"}, [*([asks.job] if asks else []), *map(str, suggestions)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("worker"):
            for name in ("name", "phone"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("新登记的人要填姓名和手机号；已登记的请在上面选。"))
        return cleaned

    def clean_starts_on(self) -> Any:
        return not_later(self, "starts_on")


class EndAppointment(ActionForm):
    ends_on = forms.DateField(label=_("离任日期"), widget=DateParts)
    reason = forms.CharField(label=_("离任原因"), max_length=200)

    def clean_ends_on(self) -> Any:
        on = not_later(self, "ends_on")
        held: Appointment | None = self.target
        if held is not None and on < held.starts_on:
            raise forms.ValidationError(_("离任日期不能早于任职日期。"))
        return on


class IssueCertificate(ActionForm):
    kind = forms.CharField(label=_("培训或证书"), max_length=60, validators=[LINE])
    issued_on = forms.DateField(label=_("发证日期"), widget=DateParts)
    score = forms.IntegerField(label=_("成绩"), required=False, min_value=0, max_value=100)
    number = forms.CharField(label=_("编号"), max_length=60, required=False, validators=[LINE])
    issued_by = forms.CharField(label=_("发证单位"), max_length=80, required=False, validators=[LINE])
    expires_on = forms.DateField(label=_("有效期至"), required=False, widget=DateParts)

    def prepare(self) -> None:
        worker: Worker | None = self.target
        if worker is None or self.actor is None:
            return
        asked = [asks.training for site in sites_of_worker(self.actor, worker) if (asks := requirements_for(site)) and asks.training]
        self.fields["kind"].widget = Suggest({"class": "in"}, list(dict.fromkeys(asked)))
        if asked:
            self.initial.setdefault("kind", asked[0])

    def clean_issued_on(self) -> Any:
        return not_later(self, "issued_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("有效期不能早于发证日期。"))
        return cleaned


class CorrectPerson(PersonFacts):
    roles = forms.MultipleChoiceField(label=_("兼任身份"), required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        worker: Worker | None = self.target
        if worker is None or self.actor is None:
            return
        self.fields["phone"].required = False
        self.fields["phone"].help_text = _("不改就不填；登记过的号码不在这里显示。")
        offered = dict(pair for site in sites_of_worker(self.actor, worker) if (asks := requirements_for(site)) for pair in asks.roles)
        if offered:
            self.offer("roles", list(offered.items()))
        else:
            del self.fields["roles"]
        held = {name: getattr(worker, name) for name in ("name", "gender", "birth_year", "background")}
        self.initial = {**held, "roles": [role for role in worker.roles if role in offered]} | self.initial
