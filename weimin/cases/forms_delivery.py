"""The shape of input of a delivery: who took the result and the evidence that the way asks for (`rules_delivery`)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, PlainField, not_later
from weimin.cases.fields_signature import SignatureField
from weimin.cases.models.working import SIGNERS, WAYS
from weimin.cases.rules_delivery import Handed, lacking
from weimin.ui.widgets import DateParts, Suggest, Upload

TRACKING = RegexValidator(r"^[A-Za-z0-9-]{6,30}$", _("邮件单号只有字母和数字，至少 6 位，请核对。"))
CARRIERS = ("中国邮政 EMS", "中国邮政挂号信", "顺丰速运", "京东快递")  # text: data
NO_WAY: Any = _(
    "没有“%(value)s”这种送达方式。电子送达用“发到网上”（send_online），居民打开后才算送达；电话通知了还没来领的用“通知领取”（tell_ready），仍是待送达。"
)


def picture(label: Any, help_text: Any = "") -> forms.FileField:
    return forms.FileField(label=label, required=False, widget=Upload(kinds="image/*"), help_text=help_text)


class EvidenceFields(ActionForm):
    """What proves a delivery in person; at an instant item's intake as well."""

    signature = SignatureField(label=_("签收人手写签名"), required=False)
    photo = picture(_("签收单照片"), _("没有在屏幕上签名的，拍下签了名的签收单。"))
    unable = forms.CharField(label=_("不能签名的原因"), max_length=100, required=False, validators=[LINE], help_text=_("不识字、手有残疾等。"))
    thumb = picture(_("指印照片"), _("不能签名的，按指印后拍照。"))
    witness = forms.CharField(label=_("见证人姓名"), max_length=60, required=False, validators=[LINE], help_text=_("送达人以外、当时在场的人。"))


def evidence() -> dict[str, forms.Field]:
    return deepcopy(EvidenceFields.base_fields)  # type: ignore[attr-defined]  # made by the forms' metaclass


def handed_of(cleaned: Mapping[str, Any], *, way: str, to: str) -> Handed:
    """The evidence in what was sent, under the names of `evidence`."""
    signature, slip, thumb = (bool(cleaned.get(name)) for name in ("signature", "photo", "thumb"))
    witness, unable, carrier, tracking = (str(cleaned.get(name) or "") for name in ("witness", "unable", "carrier", "tracking"))
    return Handed(way, to, signature, slip, thumb, witness, unable, carrier, tracking)


class DeliveryFields(EvidenceFields):
    """Who took the result, how, and the evidence."""

    way = forms.ChoiceField(
        label=_("送达方式"), choices=WAYS, widget=forms.RadioSelect, error_messages={"invalid_choice": NO_WAY},
        help_text=_("电话通知了、还没有来领的，用“通知领取”，这件事仍是待送达。"),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("签收人身份"), choices=SIGNERS)
    name = forms.CharField(label=_("签收人姓名"), max_length=60, required=False, validators=[LINE], help_text=_("本人和代办人签收的可以不填。"))
    carrier = forms.CharField(label=_("承运单位"), max_length=30, required=False, validators=[LINE], widget=Suggest(suggestions=CARRIERS))
    tracking = PlainField(label=_("邮件单号"), max_length=30, required=False, validators=[TRACKING])
    arrived_on = forms.DateField(label=_("签收日期"), required=False, widget=DateParts, help_text=_("已经知道收件人签收的再填。"))
    detail = forms.CharField(label=_("说明"), max_length=100, required=False, validators=[LINE])
    field_order = ("way", "to", "name")

    def prepare(self) -> None:
        if self.actor is None or self.actor.channel != "portal":  # nobody but the resident opens a result on the net
            self.offer("way", [pair for pair in WAYS if pair[0] != "online"])
            self.fields["way"].initial = "home" if self.actor is not None and self.actor.role == "village" else "pickup"

    def clean_arrived_on(self) -> Any:
        return not_later(self, "arrived_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == "family" and not cleaned.get("name"):
            self.add_error("name", _("别人代为签收的，请填签收人姓名。"))
        if cleaned.get("way") in ("", None, "online") or not cleaned.get("to"):
            return cleaned
        for field, sentence in lacking(handed_of(cleaned, way=cleaned["way"], to=cleaned["to"])):
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned


class Deliver(DeliveryFields):
    """The result goes out of the house."""


class PostArrived(ActionForm):
    arrived_on = forms.DateField(label=_("签收日期"), widget=DateParts, help_text=_("照物流记录或者回执填。"))

    def clean_arrived_on(self) -> Any:
        return not_later(self, "arrived_on")


class SendOnline(ActionForm):
    note = forms.CharField(label=_("给居民的话"), max_length=100, required=False, validators=[LINE], help_text=_("例如结果文件在哪里下载、什么时候到账。"))


class TellReady(ActionForm):
    told_how = forms.ChoiceField(label=_("通知方式"), choices=[("phone", _("电话")), ("message", _("短信")), ("in_person", _("当面"))])
    said = forms.CharField(label=_("说了什么"), max_length=100, validators=[LINE], help_text=_("谁接的电话、约好什么时候来领。"))
