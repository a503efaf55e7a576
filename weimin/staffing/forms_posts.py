"""The shape of input for posts of a centre and who holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.accounts.queries import people_in_range
from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.staffing.forms import PersonFacts
from weimin.staffing.models import Capacity, Holding, ServicePost
from weimin.staffing.queries import workers_near
from weimin.ui.widgets import DateParts, Suggest

USUAL_POSTS = ("政策宣传岗", "便民代办岗", "纠纷调解岗", "环境卫生岗", "治安巡逻岗", "关爱帮扶岗", "民主监督岗", "文明新风岗")  # text: data


class PostForm(ActionForm):
    """A post: its name, its duties line by line, how many may hold it and who it is for."""

    name = forms.CharField(label=_("岗位名称"), max_length=40, validators=[LINE], widget=Suggest({"class": "in"}, USUAL_POSTS))
    duties = forms.CharField(label=_("岗位职责"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("一行写一条。"))
    places = forms.IntegerField(label=_("定员"), min_value=1, max_value=99, initial=1)
    capacities = forms.MultipleChoiceField(label=_("面向人员"), choices=Capacity.choices, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        post = self.target
        if isinstance(post, ServicePost):
            held = {"name": post.name, "duties": "\n".join(post.duties), "places": post.places, "capacities": post.capacities}
            self.initial = held | self.initial

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        post = self.target
        site = post.site_id if isinstance(post, ServicePost) else post.pk if post else None
        same = ServicePost.objects.filter(site=site, name=name, ended_on=None)
        if (same.exclude(pk=post.pk) if isinstance(post, ServicePost) else same).exists():
            raise forms.ValidationError(_("这个站点已经有同名的岗位。"))
        return str(name)

    def clean_duties(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["duties"].splitlines() if line.strip()]
        if any(len(line) > 120 for line in lines) or len(lines) > 12:
            raise forms.ValidationError(_("最多 12 条，每条不超过 120 字。"))
        return lines


class TakeUp(PersonFacts):
    """Somebody known already, or somebody new by name and phone, takes up the post."""

    worker = forms.TypedChoiceField(label=_("已登记的人员"), required=False, coerce=int, empty_value=None)
    capacity = forms.ChoiceField(label=_("人员身份"), choices=Capacity.choices)
    starts_on = forms.DateField(label=_("上岗日期"), widget=DateParts)
    pledge = forms.CharField(label=_("本人承诺"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ["worker", "name", "phone", "gender", "birth_year", "background", "capacity", "starts_on", "pledge"]

    def prepare(self) -> None:
        self.fields["name"].required = self.fields["phone"].required = False
        post: ServicePost | None = self.target
        if post is None or self.actor is None:
            return
        near = workers_near(self.actor, post.region)
        self.offer("worker", [("", _("新登记一个人（填下面的姓名和手机号）")), *((row.pk, row.name) for row in near)])
        labels = dict(Capacity.choices)
        self.offer("capacity", [(key, labels[key]) for key in Capacity.values if key in post.capacities])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("worker"):
            for name in ("name", "phone"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("新登记的人要填姓名和手机号；已登记的请在上面选。"))
        return cleaned

    def clean_starts_on(self) -> date:
        on: date = not_later(self, "starts_on")
        post: ServicePost | None = self.target
        if post is not None and on < post.set_up_on:
            raise forms.ValidationError(_("上岗日期不能早于设岗日期。"))
        return on


class LeavePost(ActionForm):
    ends_on = forms.DateField(label=_("离岗日期"), widget=DateParts)
    reason = forms.CharField(label=_("离岗原因"), max_length=200)

    def clean_ends_on(self) -> date:
        on: date = not_later(self, "ends_on")
        held: Holding | None = self.target
        if held is not None and on < held.starts_on:
            raise forms.ValidationError(_("离岗日期不能早于上岗日期。"))
        return on


class LinkAccount(ActionForm):
    """Which sign-in belongs to the person, so that only they agree to their own swaps."""

    person = forms.TypedChoiceField(label=_("系统账号"), required=False, coerce=int, empty_value=None)

    def prepare(self) -> None:
        if self.target is None or self.actor is None:
            return
        people: list[Person] = list(people_in_range(self.actor)[:500])
        self.offer("person", [("", _("没有账号")), *((row.pk, row.name) for row in people)])
        self.initial.setdefault("person", self.target.person_id)
