"""The shape of what people type about people: signing in, own password and code, posts, leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.accounts.roles import Role
from weimin.accounts.rules import LONGEST_LEAVE, password_faults
from weimin.actions.forms import ActionForm, PlainField
from weimin.regions.models import Region
from weimin.ui.widgets import DateParts

LOGIN = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}\Z", _("登录名用 3 至 40 个字母、数字、点、横线，字母或数字开头。"))
LINE = RegexValidator(r"[\x00-\x1f\x7f]", _("不能有换行或控制字符。"), inverse_match=True)


class SignInForm(forms.Form):
    jurisdiction = forms.ChoiceField(label=_("辖区"))
    login = forms.CharField(label=_("登录名"), max_length=40, widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}))
    password = forms.CharField(label=_("口令"), max_length=128, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"}))

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        if offered:
            self.fields["jurisdiction"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["jurisdiction"]


class CodeForm(forms.Form):
    code = PlainField(
        label=_("动态口令"), max_length=20, help_text=_("身份验证器里的 6 位数字；手机不在身边时填一个恢复码。"),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text"}),
    )  # fmt: skip


class NewPassword(ActionForm):
    """Target: the seat; the person is the actor."""

    current = forms.CharField(
        label=_("现在的口令"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新口令"), max_length=128, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("至少 8 位，含大写字母、小写字母、数字、符号中的三类；最近 5 次用过的不能再用；90 天换一次。"),
    )  # fmt: skip
    repeated = forms.CharField(
        label=_("再填一次新口令"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        login = Person.objects.values_list("login", flat=True).get(pk=self.actor.person) if self.actor and self.actor.person else ""
        if faults := password_faults(self.cleaned_data["password"], login):
            raise forms.ValidationError(faults)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and "repeated" in cleaned and cleaned["password"] != cleaned["repeated"]:
            self.add_error("repeated", _("两次填的新口令不一样。"))
        return cleaned


class ConfirmCode(ActionForm):
    code = PlainField(
        label=_("动态口令"),
        max_length=10,
        help_text=_("身份验证器里现在显示的 6 位数字。"),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class RegionCodeField(forms.IntegerField):
    """A 12-digit official code, checked against the national table; answers the code."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("help_text", _("12 位区划代码，可在“区划”里查。"))
        super().__init__(min_value=110_000_000_000, max_value=999_999_999_999, **named)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if code is not None and not Region.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("区划代码 %(code)s 不在全国区划表中。"), params={"code": code})
        return code


class GivePost(ActionForm):
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    region = RegionCodeField(label=_("所在区划"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False, validators=[LINE])
    unit = forms.CharField(label=_("单位"), max_length=80, required=False, validators=[LINE])
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), widget=DateParts, required=False, help_text=_("没有期限就不填。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned


class AddPerson(GivePost):
    login = forms.CharField(label=_("登录名"), max_length=40, validators=[LOGIN])
    name = forms.CharField(label=_("姓名"), max_length=40, validators=[LINE])
    field_order = ("login", "name", "role", "region", "title", "unit", "starts_on", "ends_on")

    def clean_login(self) -> str:
        login = self.cleaned_data["login"]
        if Person.objects.filter(login=login).exists():
            raise forms.ValidationError(_("登录名 %(login)s 已经有人用了，请换一个。"), params={"login": login})
        return login


class EndPost(ActionForm):
    ends_on = forms.DateField(label=_("最后一天"), widget=DateParts, help_text=_("这一天过后就不能再用这个岗位。"))
    reason = forms.CharField(label=_("原因"), max_length=100, validators=[LINE])

    def clean_ends_on(self) -> Any:
        ends = self.cleaned_data["ends_on"]
        if self.target is not None and ends < self.target.starts_on:
            raise forms.ValidationError(_("不能早于岗位的开始日期。"))
        return ends


class Reason(ActionForm):
    reason = forms.CharField(label=_("原因"), max_length=100, validators=[LINE])


class Delegate(ActionForm):
    deputy = forms.CharField(label=_("代理人的登录名"), max_length=40)
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), widget=DateParts)
    reason = forms.CharField(label=_("原因"), max_length=100, validators=[LINE], help_text=_("例如：年休假、外出培训。"))

    def clean_deputy(self) -> Person:
        person = Person.objects.filter(login=self.cleaned_data["deputy"].strip(), active=True).first()
        if person is None:
            raise forms.ValidationError(_("没有这个登录名，或者已停用。"))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        elif starts and ends and ends - starts > LONGEST_LEAVE:
            self.add_error("ends_on", _("代理最长 180 天，更久请由系统管理员调整岗位。"))
        return cleaned


class FindPeople(forms.Form):
    """Filters of the list of people, from the address."""

    q = forms.CharField(label=_("姓名或登录名"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("岗位"), choices=[("", _("全部岗位")), *Role.choices], required=False)
    region = forms.IntegerField(label=_("区划"), required=False)
