"""The shape of input of agency: the mandate, errands, ending it, and handing clients on to another agent."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, PlainField, not_later
from weimin.calendars.clock import ZONE, add_months
from weimin.cases.fields_signature import SignatureField
from weimin.cases.models import AgentKind, Errand, Mandate
from weimin.cases.queries.agency import Client, active_of, agents, cases_of, resident_with
from weimin.cases.rules_mandate import CLERK, POWERS, forbidden
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import offered
from weimin.catalogue.vocabulary import WINDOWS
from weimin.regions.fields import PlaceField, offer_places, range_top
from weimin.regions.rules import Level
from weimin.ui.widgets import DateParts, Upload
from weimin.walls.actor import Actor

MOBILE = RegexValidator(r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$", _("电话号码不对：手机 11 位，座机写区号和号码。"))
ID_NUMBER = RegexValidator(r"^[0-9A-Za-z()/ -]{6,30}$", _("证件号码只有数字和字母，请核对。"))
TYPED = forms.TextInput(attrs={"autocomplete": "off"})
USUAL_MONTHS = 6


def area(label: Any, length: int, **named: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 2}), **named)


class ClientFields(ActionForm):
    """Who asks. What the register or the case knows is shown and not typed."""

    name = forms.CharField(label=_("委托人姓名"), max_length=60, validators=[LINE])
    id_number = PlainField(label=_("委托人证件号码"), max_length=30, validators=[ID_NUMBER], widget=TYPED)
    phone = PlainField(label=_("委托人电话"), max_length=13, required=False, validators=[MOBILE])
    region = PlaceField(label=_("委托人所在村（社区）"), levels=(Level.VILLAGE, Level.TOWNSHIP))

    def prepare(self) -> None:
        client = self.target
        if isinstance(client, Client):
            for field in ("name", "id_number", "region"):
                del self.fields[field]
            if client.phone:
                del self.fields["phone"]
        else:
            offer_places(self, "region")

    def client(self, cleaned: dict[str, Any]) -> Client:
        """The client of the target, else the one that was typed, found in the register where it has the document."""
        if isinstance(self.target, Client):
            return Client(**{**vars(self.target), "phone": self.target.phone or cleaned.get("phone", "")})
        id_number = cleaned.get("id_number", "").replace(" ", "").upper()
        found = resident_with(self.actor, id_number) if self.actor else None
        if found is not None and cleaned.get("name") and found.name != cleaned["name"]:
            self.add_error("id_number", _("这个证件号码登记的是另一个姓名，请核对姓名和号码。"))
        region = found.region if found else cleaned.get("region") or 0
        return Client("", cleaned.get("name", ""), id_number, cleaned.get("phone", ""), region, found)


class WriteMandate(ClientFields):
    """The elements of a mandate (C-24)."""

    agent_kind = forms.ChoiceField(label=_("谁来代办"), choices=AgentKind.choices, widget=forms.RadioSelect, initial=CLERK)
    agent = forms.TypedChoiceField(label=_("代办员"), required=False, coerce=int, empty_value=None, help_text=_("村干部或窗口人员代办的选这里。"))
    agent_name = forms.CharField(label=_("代办人姓名"), max_length=60, required=False, validators=[LINE], help_text=_("亲属或其他人代办的填姓名和证件号码。"))
    agent_id_number = PlainField(label=_("代办人证件号码"), max_length=30, required=False, validators=[ID_NUMBER], widget=TYPED)
    agent_phone = PlainField(label=_("代办人电话"), max_length=13, required=False, validators=[MOBILE])
    relation = forms.CharField(label=_("与委托人关系"), max_length=20, required=False, validators=[LINE])
    items = forms.MultipleChoiceField(label=_("委托办理的事项"), widget=forms.CheckboxSelectMultiple, help_text=_("必须本人到场的事项不在这里。"))
    powers = forms.MultipleChoiceField(label=_("委托代办人做什么"), choices=list(POWERS.items()), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("从哪天起"), widget=DateParts)
    until_on = forms.DateField(label=_("到哪天止"), widget=DateParts, help_text=_("最长一年，到期可以续签。"))
    signature = SignatureField(label=_("委托人签名"), required=False)
    signed_paper = forms.FileField(
        label=_("签了名的委托书照片"), required=False, widget=Upload(kinds="image/*"), help_text=_("没有在屏幕上签名的，打印委托书签名后拍照。")
    )  # fmt: skip
    photo = forms.FileField(label=_("委托人和代办人当面照片"), required=False, widget=Upload(kinds="image/*"))
    family = forms.BooleanField(label=_("看过户口簿，亲属关系属实"), required=False)
    note = area(_("说明"), 300, required=False)

    def prepare(self) -> None:
        super().prepare()
        if self.actor is None or self.now is None:
            return
        today = self.now.astimezone(ZONE).date()
        self.offer("agent", [("", "---------"), *agents(self.actor, today)])
        self.versions = {row.item.code: row for row in offered()}
        self.offer_items([row for row in self.versions.values() if not forbidden(row.content)])
        self.initial = {
            "agent": self.actor.person, "starts_on": today, "until_on": add_months(today, USUAL_MONTHS), "powers": ["submit", "supplement", "receive_notice"],
            "items": own_items(self.target), **self.initial,
        }  # fmt: skip

    def offer_items(self, rows: list[ItemVersion]) -> None:
        """A hundred items are found under the window that takes them."""
        rows.sort(key=lambda row: (list(WINDOWS).index(row.item.window), row.item.code))
        self.offer("items", [(row.item.code, row.item.name) for row in rows])
        cast(Any, self.fields["items"].widget).headings = {row.item.code: WINDOWS[row.item.window] for row in rows}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        clerk = cleaned.get("agent_kind") == CLERK
        if clerk and not cleaned.get("agent"):
            self.add_error("agent", _("请选择代办员。"))
        for name in () if clerk else ("agent_name", "agent_id_number"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("亲属或其他人代办的，请填代办人姓名和证件号码。"))
        cleaned["client"] = client = self.client(cleaned)
        cleaned["region"] = client.region
        cleaned["contents"] = [self.versions[code].content for code in cleaned.get("items", ())] if self.actor else []
        signed = cleaned.get("signature") or cleaned.get("signed_paper")
        found = {"signature": signed, "photo": cleaned.get("photo"), "family": cleaned.get("family")}
        cleaned["evidence"] = frozenset(name for name, given in found.items() if given)
        return cleaned


def own_items(target: Any) -> list[str]:
    """The item of the case that the mandate begins with."""
    return [target.case.item_code] if isinstance(target, Client) and target.case is not None else []


class AttachCase(ActionForm):
    number = forms.CharField(label=_("办件编号"), max_length=21, validators=[LINE], help_text=_("只能填这位委托人自己的办件。"))


class EndMandate(ActionForm):
    reason = area(_("原因"), 200)


class FinishMandate(ActionForm):
    note = area(_("办结和回访情况"), 200)


class AddErrand(ActionForm):
    """What to run for. Only cases of this client can be named."""

    what = forms.CharField(label=_("跑腿事项"), max_length=100, validators=[LINE])
    place = forms.CharField(label=_("去哪里"), max_length=100, validators=[LINE])
    planned_on = forms.DateField(label=_("计划日期"), widget=DateParts)
    case = forms.TypedChoiceField(label=_("为哪个办件"), required=False, coerce=int, empty_value=None)

    def prepare(self) -> None:
        mandate: Mandate | None = self.target
        if mandate is None or self.actor is None:
            return
        rows = cases_of(self.actor, mandate)
        self.offer("case", [("", _("不针对某个办件")), *((row.pk, f"{row.item_name} {row.number}") for row in rows)])
        if self.now is not None:
            self.initial.setdefault("planned_on", self.now.astimezone(ZONE).date())


class FinishErrand(ActionForm):
    result = area(_("结果"), 300)
    done_on = forms.DateField(label=_("办理日期"), widget=DateParts)
    photo = forms.FileField(label=_("照片"), required=False, widget=Upload(kinds="image/*"))

    def prepare(self) -> None:
        errand: Errand | None = self.target
        if errand is not None and self.now is not None:
            self.initial.setdefault("done_on", self.now.astimezone(ZONE).date())

    def clean_done_on(self) -> Any:
        return not_later(self, "done_on")


class ChangeAgent(ActionForm):
    """Clients of an agent who leaves or is on leave go to another one, all or some."""

    after = forms.TypedChoiceField(label=_("交给谁"), coerce=int)
    mandates = forms.TypedMultipleChoiceField(label=_("移交哪些委托"), coerce=int, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("原因"), max_length=100, validators=[LINE], help_text=_("例如调离、请假。"))

    def prepare(self) -> None:
        if self.target is None or self.actor is None or self.now is None:
            return
        actor: Actor = self.actor
        today = self.now.astimezone(ZONE).date()
        self.offer("after", [pair for pair in agents(actor, today) if pair[0] != self.target.pk])
        rows = active_of(actor, self.target.pk)
        self.offer("mandates", [(row.pk, f"{row.principal_name} · {'、'.join(row.items.values())} · {row.number}") for row in rows])  # text: data
        self.initial.setdefault("mandates", [row.pk for row in rows])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["region"] = range_top(self.actor) if self.actor else 0
        return cleaned
