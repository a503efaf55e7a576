"""The shape of input around the clock and the end: pause, extension, transfer, withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.accounts.queries import in_force
from weimin.accounts.roles import Role
from weimin.actions.forms import LINE, ActionForm
from weimin.cases.forms_stages import long
from weimin.cases.models import SPECIAL, Case
from weimin.cases.rules_limits import limit
from weimin.regions.rules import ancestors

DESKS = [(role.value, role.label) for role in (Role.VILLAGE, Role.WINDOW, Role.TOWNSHIP, Role.COUNTY_OFFICE)]


class Pause(ActionForm):
    kind = forms.ChoiceField(label=_("暂停原因"), choices=[(kind.value, kind.label) for kind in SPECIAL])
    reason = forms.CharField(label=_("说明"), max_length=200, validators=[LINE], help_text=_("会书面告知申请人。"))


class Resume(ActionForm):
    reason = forms.CharField(label=_("结论"), max_length=200, validators=[LINE])


class AskExtension(ActionForm):
    value = forms.IntegerField(label=_("延长多少"), min_value=1, help_text=_("按承诺时限的单位。"))
    reason = forms.CharField(label=_("延期理由"), max_length=300, widget=long(), help_text=_("批准后会告知申请人。"))

    def most(self) -> int:
        """10 working days, 15 where several offices decide together (Administrative Licensing Law 42)."""
        joint = isinstance(self.target, Case) and any(step.key == "joint_review" for step in self.target.item_version.content.steps)
        assert self.now is not None
        return limit("extension_most_joint" if joint else "extension_most", self.now.date()).value

    def clean_value(self) -> int:
        value = int(self.cleaned_data["value"])
        if self.now and value > self.most():
            raise forms.ValidationError(_("最多延长 %(n)d 个单位。") % {"n": self.most()})
        return value


class GrantExtension(ActionForm):
    answer = forms.CharField(label=_("批复"), max_length=300, required=False, widget=long())


class DenyExtension(ActionForm):
    answer = forms.CharField(label=_("不批准的理由"), max_length=300, widget=long())


class Transfer(ActionForm):
    role = forms.ChoiceField(label=_("转给岗位"), choices=DESKS)
    person = forms.TypedChoiceField(label=_("转给谁"), required=False, coerce=int, empty_value=None, help_text=_("不选就是这个岗位的任何人。"))
    reason = forms.CharField(label=_("原因"), max_length=200, validators=[LINE])

    def prepare(self) -> None:
        if self.actor is None or self.now is None:
            return
        posts = Post.objects.visible_to(self.actor).filter(in_force(self.now.date()), role__in=[role for role, _label in DESKS])
        if isinstance(self.target, Case):  # only who sees the case can take it: those of its place and of the places above
            posts = posts.filter(region__in=[self.target.region, *ancestors(self.target.region)])
        rows = list(posts.select_related("person").order_by("role", "pk")[:200])
        self.posts = {(row.person_id, row.role) for row in rows}
        self.offer("person", [("", _("这个岗位的任何人")), *((row.person_id, f"{row.person.name}（{row.get_role_display()}）") for row in rows)])  # text: data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, role, case = cleaned.get("person"), cleaned.get("role"), self.target
        if person and (person, role) not in self.posts:
            self.add_error("person", _("这个人不在所选的岗位上。"))
        if isinstance(case, Case) and (case.desk_now, case.holder_now) == (role, person):
            self.add_error("role", _("现在就在这里办理，不用转。"))
        return cleaned


class Withdraw(ActionForm):
    reason = forms.CharField(label=_("撤回原因"), max_length=300, widget=long())


class ShowIdentity(ActionForm):
    reason = forms.CharField(label=_("查看原因"), max_length=200, validators=[LINE], help_text=_("会留痕，本人可以查到谁看过。"))
