"""The shape of an application: who, what papers, and what becomes of it at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, PlainField
from weimin.calendars.clock import Due, due
from weimin.calendars.queries import calendar_for
from weimin.cases.applicants import COPIED, FOUND, LIVING, Applicant, card_of_mandate, known, of_form
from weimin.cases.forms_delivery import evidence, handed_of
from weimin.cases.forms_papers import PaperFields
from weimin.cases.items import remember
from weimin.cases.models import Channel, Mandate
from weimin.cases.models.working import SIGNERS
from weimin.cases.rules_delivery import lacking
from weimin.cases.rules_papers import deferred, missing
from weimin.cases.rules_way import limit_of
from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.models import ItemVersion
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level
from weimin.residents.models import IdKind, Resident
from weimin.residents.naming import tidy_name
from weimin.residents.queries import card_of, find_by_id_number
from weimin.residents.rules import check_id_number, check_phone, tidy_number
from weimin.walls.errors import NotVisible

NUMBER = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
ACCEPT, TELL, HOLD, FINISH, NOT_NEEDED, NOT_COMPETENT = "accept", "tell", "hold", "finish", "not_needed", "not_competent"
VERDICTS = [
    (ACCEPT, _("材料齐全（或容缺），受理")), (TELL, _("缺材料，一次告知补正")), (HOLD, _("先收件，待审查")), (FINISH, _("当场办结")),
    (NOT_NEEDED, _("依法不需要办理")), (NOT_COMPETENT, _("不属于本机关职权")),
]  # fmt: skip
TOLD = [("in_person", _("当面")), ("paper", _("书面")), ("phone", _("电话")), ("message", _("短信"))]


class ApplicantFields(PaperFields):
    """Who applies. What the register knows is confirmed (`resident`), not typed; under a mandate (`mandate`) it is the principal, nobody else."""

    resident = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    mandate = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("姓名"), max_length=60, required=False, validators=[LINE])
    id_kind = forms.ChoiceField(label=_("证件类型"), choices=IdKind.choices, required=False, initial=IdKind.ID_CARD)
    id_number = PlainField(label=_("证件号码"), max_length=30, required=False, validators=[LINE], widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PlainField(label=_("联系电话"), max_length=13, required=False, widget=NUMBER)
    region = PlaceField(label=_("所在村（社区）"), required=False, levels=(Level.VILLAGE, Level.TOWNSHIP), help_text=_("不是本地居民的可以不选。"))
    address = forms.CharField(label=_("住址"), max_length=200, required=False, validators=[LINE])
    organisation = forms.CharField(label=_("单位名称"), max_length=100, required=False, validators=[LINE], help_text=_("替单位办理的才填。"))
    note = forms.CharField(label=_("情况说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    not_alive: Any = _("这位居民已经登记为死亡，不能作申请人；身后的事由家属以家属自己的名义申请。登记有误的，先更正居民登记。")

    def prepare(self) -> None:
        offer_places(self, "region")
        self.add_papers()

    @property
    def content(self) -> ItemContent:
        version: ItemVersion = self.target
        return remember(version)

    def materials(self) -> list[Material]:
        return self.content.materials if self.target is not None else []

    def number_in(self, name: str) -> int | None:
        """A number from the link or from what was sent."""
        value = str(self[name].value() or "") if name in self.fields else ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    @cached_property
    def person(self) -> Resident | None:
        """The resident that the page shows as known."""
        return known(self.actor, self.number_in("resident")) if self.actor else None

    @cached_property
    def under(self) -> Mandate | None:
        """The mandate that the page shows: whoever it is for applies."""
        number = self.number_in("mandate")
        return Mandate.objects.visible_to(self.actor).filter(pk=number).first() if self.actor and number else None

    @property
    def card(self) -> dict[str, Any] | None:
        """What the register, else the mandate, knows of the applicant; masked."""
        if self.actor and self.person:
            return card_of(self.actor, self.person)
        if self.actor and self.under:
            return card_of_mandate(self.actor, self.under)
        return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.actor is None:
            return cleaned
        for name, tidied in (("name", tidy_name), ("id_number", tidy_number), ("phone", tidy_number)):
            cleaned[name] = tidied(cleaned.get(name) or "")
        cleaned["under"] = mandate = self.mandate_of(cleaned)
        resident = self.principal_of(mandate, cleaned) if mandate else self.resident_of(cleaned)
        cleaned["who"] = who = of_form(self.actor, cleaned, resident)
        self.check_person(who)
        cleaned["region"] = who.region
        return cleaned

    def mandate_of(self, cleaned: dict[str, Any]) -> Mandate | None:
        """One outside one's range is like none that exists."""
        if not cleaned.get("mandate"):
            return None
        if self.under is None:
            raise NotVisible()
        return self.under

    def principal_of(self, mandate: Mandate, cleaned: dict[str, Any]) -> Resident | None:
        """The principal is the applicant, whoever was named beside; what the mandate knows is not asked again."""
        assert self.actor is not None
        cleaned["name"], cleaned["id_number"] = mandate.principal_name, mandate.principal_id_number or ""
        cleaned["phone"] = cleaned.get("phone") or mandate.principal_phone or ""
        cleaned["region"] = mandate.region
        found = known(self.actor, mandate.principal_id, COPIED, held=True) or find_by_id_number(self.actor, cleaned["id_number"], FOUND, held=True)
        self.check_alive(found)
        return found

    def resident_of(self, cleaned: dict[str, Any]) -> Resident | None:
        """By the link, else by the document; a link to somebody outside one's range is like a link to nobody."""
        assert self.actor is not None
        if number := cleaned.get("resident"):
            found = known(self.actor, number, COPIED, held=True)
            if found is None:
                raise NotVisible()
            return found
        found = find_by_id_number(self.actor, cleaned["id_number"], FOUND, held=True)
        self.check_alive(found)
        if found is not None and cleaned.get("name") and found.name != cleaned["name"]:
            self.add_error("id_number", _("这个证件号码登记的是另一个姓名，请核对姓名和号码。"))
        return found

    def check_alive(self, found: Resident | None) -> None:
        """The dead apply for nothing; what is due after a death is applied for by the family, in their own name."""
        if found is not None and found.status not in LIVING:
            self.add_error("id_number" if "id_number" in self.fields else None, self.not_alive)

    def check_person(self, who: Applicant) -> None:
        if not who.name and "name" not in self.errors:
            self.add_error("name", _("请填写申请人姓名。"))
        if who.resident is None and self.now and who.id_number and (wrong := check_id_number(who.id_number, who.id_kind, self.now.date())):
            self.add_error("id_number", wrong)
        if (typed := self.cleaned_data.get("phone")) and (wrong := check_phone(typed)):
            self.add_error("phone", wrong)
        if not who.id_number and who.id_kind != IdKind.NONE and "id_number" not in self.errors:
            self.add_error("id_number", _("请填写证件号码；确实没有证件的，证件类型选“暂无证件”。"))


AT_A_DESK = (Channel.WINDOW, Channel.HOME, Channel.AGENCY)


class Receive(ApplicantFields):
    """Intake at a window or at home. `verdict`: what becomes of it (C-15)."""

    channel = forms.ChoiceField(label=_("申请方式"), choices=Channel.choices, required=False)
    verdict = forms.ChoiceField(label=_("收件处理"), choices=VERDICTS, required=False, widget=forms.RadioSelect, initial=ACCEPT)
    told_how = forms.ChoiceField(label=_("告知方式"), choices=TOLD, required=False)
    reason = forms.CharField(label=_("理由和指引"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    result = forms.CharField(label=_("办理结果"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    site = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        if self.target is None:
            return
        asks = {"hx-post": reverse("cases:check_number"), "hx-trigger": "change", "hx-target": "#number-check", "hx-include": "#id_id_kind"}
        self.fields["id_number"].widget.attrs |= asks
        instant = self.content.handling == "instant"
        self.offer("verdict", [pair for pair in VERDICTS if pair[0] != FINISH or instant])
        self.fields["verdict"].initial = FINISH if instant else ACCEPT
        self.fields["channel"].initial = self.usual_channel()
        if self.actor is not None and self.actor.channel != "api":
            self.offer("channel", [(str(one.value), one.label) for one in AT_A_DESK])  # what came over the portal or the interface says so by itself
        if instant:
            self.add_signing()

    def usual_channel(self) -> str:
        if self.number_in("mandate"):
            return str(Channel.AGENCY.value)
        return str((Channel.HOME if self.actor and self.actor.role == "village" else Channel.WINDOW).value)

    def add_signing(self) -> None:
        """Who takes the result of an instant item, and the proof; everything on one page."""
        self.fields["signed_to"] = forms.ChoiceField(label=_("签收人身份"), choices=SIGNERS, required=False)
        self.fields["signer"] = forms.CharField(
            label=_("签收人姓名"), max_length=60, required=False, validators=[LINE], help_text=_("本人和代办人签收的可以不填。")
        )
        self.fields |= evidence()

    @property
    def expected(self) -> Due | None:
        """Until when it is done if it is accepted now."""
        named = limit_of(self.content.promised_limit or self.content.legal_limit)
        return due(named, self.now, calendar_for(self.actor.low)) if named and self.now and self.actor else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["channel"] = cleaned.get("channel") or self.fields["channel"].initial
        verdict = cleaned["verdict"] = cleaned.get("verdict") or ACCEPT
        absent = missing(cleaned.get("papers", []))
        if verdict in (ACCEPT, FINISH) and absent:
            self.add_error(
                "verdict", _("还缺：%(names)s。请选“缺材料，一次告知补正”，可以容缺的写明补齐日期。") % {"names": "、".join(row.name for row in absent)}
            )
        if verdict == FINISH and (later := deferred(cleaned.get("papers", []))):
            self.add_error("verdict", _("容缺材料还没有补齐：%(names)s。补齐后再作准予决定。") % {"names": "、".join(row.name for row in later)})
        if verdict == TELL and not absent and not cleaned.get("reason"):
            self.add_error("verdict", _("没有缺的材料，也没有写要更正的内容，不用告知补正。"))
        if verdict in (NOT_NEEDED, NOT_COMPETENT) and not cleaned.get("reason"):
            self.add_error("reason", _("请写明理由；不属于本机关的，告诉去哪里办。"))
        if verdict == FINISH and "signed_to" in self.fields:
            self.check_signed(cleaned)
        return cleaned

    def check_signed(self, cleaned: dict[str, Any]) -> None:
        """The result is handed over on the same page, with the same evidence as everywhere."""
        to = cleaned["signed_to"] = cleaned.get("signed_to") or "self"
        if to == "family" and not cleaned.get("signer"):
            self.add_error("signer", _("别人代为签收的，请填签收人姓名。"))
        for field, sentence in lacking(handed_of(cleaned, way="pickup", to=to)):
            if field not in self.errors:
                self.add_error(field, sentence)


class ReceiveBundle(ApplicantFields):
    """Several items over one set of papers (一件事, C-25). A paper that two items ask for under one key but differently has a key of its own."""

    items = forms.MultipleChoiceField(label=_("要办哪几项"), widget=forms.CheckboxSelectMultiple)
    told_how = forms.ChoiceField(label=_("告知方式"), choices=TOLD, required=False)

    def prepare(self) -> None:
        super().prepare()
        offered = self.target.versions if self.target is not None else []
        self.offer("items", [(version.item.code, version.content.name) for version in offered])
        self.fields["items"].initial = [version.item.code for version in offered]

    def materials(self) -> list[Material]:
        return list(self.keyed.values())

    @cached_property
    def keyed(self) -> dict[tuple[str, str], Material]:
        """(key, name) as an item's list has it → the paper with a key that is unique on this page."""
        found: dict[tuple[str, str], Material] = {}
        for needed in self.target.materials if self.target is not None else []:
            taken = sum(material.key.split("__")[0] == needed.material.key for material in found.values())
            key = f"{needed.material.key}__{taken + 1}" if taken else needed.material.key
            found[needed.material.key, needed.material.name] = needed.material.model_copy(update={"key": key})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["keys"] = {place: material.key for place, material in self.keyed.items()}
        return cleaned


class ApplyOnline(ApplicantFields):
    """An application from the portal: looked at within one working day (C-17). Papers come as pictures; nothing is decided yet, and nobody
    names a mandate from outside."""

    def prepare(self) -> None:
        super().prepare()
        del self.fields["mandate"]

    not_alive: Any = _("这个证件号码不能在网上申请，请到便民服务窗口办理。")  # whether somebody is dead is not told on the net

    def resident_of(self, cleaned: dict[str, Any]) -> Resident | None:
        """Who knows number and name; whoever knows one of them is not told whether the register has the other."""
        if cleaned.get("resident"):  # the portal passes none on: a window has chosen the person
            return super().resident_of(cleaned)
        found = find_by_id_number(self.actor, cleaned["id_number"], FOUND, held=True) if self.actor else None
        if found is not None and found.name == cleaned.get("name"):
            self.check_alive(found)
        return found if found is not None and found.name == cleaned.get("name") else None

    def check_person(self, who: Applicant) -> None:
        super().check_person(who)
        if not self.cleaned_data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("请填写联系电话，审查结果要通知您。"))
