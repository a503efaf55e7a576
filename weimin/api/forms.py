"""The shape of what is typed about tokens and webhooks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.forms import LINE
from weimin.accounts.roles import DUTIES
from weimin.actions.forms import ActionForm
from weimin.actions.registry import ACTIONS as REGISTERED
from weimin.api.scopes import ACTIONS, ALL_OF_A_ROOM, CLOSED_ROOMS, offered, room_of
from weimin.messages.posting import fault_of_address
from weimin.ui.widgets import DateParts

LONGEST = timedelta(days=366)
MOST_LINES = 100


def lines_of(text: str) -> list[str]:
    """Names that were typed one a line (or with commas), each once."""
    return list(dict.fromkeys(text.replace(",", "\n").replace("，", "\n").split()))


def unknown_names(names: list[str], known: set[str]) -> list[str]:
    """Those that are neither a known action nor a whole room of known ones."""
    rooms = {room_of(name) + ALL_OF_A_ROOM for name in known}
    return [name for name in names if name not in known and name not in rooms]


class GiveToken(ActionForm):
    """Target: the post. cleaned: name, scopes (fixed ones and actions), expires_at."""

    name = forms.CharField(
        label=gettext_lazy("用途"), max_length=60, validators=[LINE], help_text=gettext_lazy("哪个单位的哪个系统，例如：县政务平台办件对接。")
    )
    fixed = forms.MultipleChoiceField(label=gettext_lazy("可以做的事"), required=False, widget=forms.CheckboxSelectMultiple)
    actions = forms.CharField(
        label=gettext_lazy("可以办的操作"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("一行一个操作代码，或“模块.*”，例如 cases.accept、sites.*。只能写这个岗位能办的操作。"),
    )  # fmt: skip
    expires_on = forms.DateField(label=gettext_lazy("最后一天"), widget=DateParts, help_text=gettext_lazy("最长一年，到期后重新发放。"))

    def prepare(self) -> None:
        role = getattr(self.target, "role", "")
        self.offer("fixed", [(scope.code, scope.label) for scope in offered(DUTIES[role].purposes if role else {"*"})])

    def clean_actions(self) -> list[str]:
        names = lines_of(self.cleaned_data["actions"])
        if len(names) > MOST_LINES:
            raise forms.ValidationError(_("最多写 %(count)d 个操作，更多请写“模块.*”。"), params={"count": MOST_LINES})
        role = getattr(self.target, "role", "")
        open_to_it = {name for name, action in REGISTERED.items() if role in action.roles and room_of(name) not in CLOSED_ROOMS}
        if wrong := unknown_names(names, open_to_it):
            raise forms.ValidationError(_("没有这些操作，或者这个岗位不能用令牌办：%(names)s"), params={"names": "、".join(wrong[:10])})
        return [ACTIONS + name for name in names]

    def clean_expires_on(self) -> Any:
        last = self.cleaned_data["expires_on"]
        today = timezone.localdate(self.now) if self.now else timezone.localdate()
        if last < today:
            raise forms.ValidationError(_("最后一天已经过去了。"))
        if last - today > LONGEST:
            raise forms.ValidationError(_("最长一年。"))
        return last

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scopes = [*cleaned.get("fixed", []), *cleaned.get("actions", [])]
        if not scopes and not self.errors:
            self.add_error("fixed", _("请至少选一件可以做的事，或写一个操作。"))
        if last := cleaned.get("expires_on"):
            cleaned["expires_at"] = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
        return cleaned | {"scopes": scopes}


class TakeBack(ActionForm):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=100, validators=[LINE])


class AddWebhook(ActionForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60, validators=[LINE])
    url = forms.CharField(label=gettext_lazy("接收地址"), max_length=300, help_text=gettext_lazy("https:// 开头；政务内网的地址须先由运维人员在设置里放行。"))
    events = forms.CharField(
        label=gettext_lazy("通知的事"), max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("一行一个操作代码，或“模块.*”，例如 cases.accept、cases.*。"),
    )  # fmt: skip

    def clean_url(self) -> str:
        if fault := fault_of_address(self.cleaned_data["url"]):
            raise forms.ValidationError(fault)
        return self.cleaned_data["url"]

    def clean_events(self) -> list[str]:
        names = lines_of(self.cleaned_data["events"])
        if len(names) > MOST_LINES:
            raise forms.ValidationError(_("最多写 %(count)d 个操作，更多请写“模块.*”。"), params={"count": MOST_LINES})
        if wrong := unknown_names(names, set(REGISTERED)):
            raise forms.ValidationError(_("没有这些操作：%(names)s"), params={"names": "、".join(wrong[:10])})
        return names
