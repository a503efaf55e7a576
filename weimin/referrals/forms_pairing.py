"""The shape of input for paired hospitals and their support."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.referrals.desks import hospital_names, own_hospital
from weimin.referrals.forms_referral import line
from weimin.referrals.models import Pairing
from weimin.regions.fields import PlaceField, offer_places
from weimin.sites.models import Site, SiteState, Tier
from weimin.ui.widgets import DateParts


class Terms(ActionForm):
    """What both sides agreed on."""

    from_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    until_on = forms.DateField(label=_("期满日期"), widget=DateParts, required=False)
    agreement = line(_("协议"), 100, help_text=_("协议名称或编号；扫描件在对口支援页面上传。"))
    specialities = line(_("支援专业"), 200, help_text=_("例如心内科、内分泌科、康复科。"))
    days_a_year = forms.IntegerField(label=_("每年约定天数"), min_value=1, max_value=366, required=False)
    contact = line(_("医院联系人"), 40)
    contact_phone = line(_("联系电话"), 30)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("期满日期不能早于开始日期。"))
        return cleaned


class AgreePairing(Terms):
    """The institution is a registered site, or named with its place; the hospital one with posts here, or named."""

    site = forms.ChoiceField(label=_("社区卫生服务机构"), required=False)
    institution = line(_("其他机构"), 100, help_text=_("没有登记为站点的机构，写全称并选所在区划。"))
    place = PlaceField(required=False)
    hospital = forms.ChoiceField(label=_("支援医院"), required=False)
    elsewhere = line(_("其他医院"), 100, help_text=_("上面没有的，写医院全称。"))
    field_order = ("site", "institution", "place", "hospital", "elsewhere")

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        offer_places(self, "place")
        self.initial.setdefault("from_on", today)
        if self.actor is None:
            return
        sites = Site.objects.visible_to(self.actor).filter(tier=Tier.INSTITUTION).exclude(state=SiteState.CLOSED).order_by("region", "pk")
        self.sites = {str(site.pk): site for site in sites[:500]}
        self.offer("site", [("", "---------"), *((number, site.name) for number, site in self.sites.items())])
        own = own_hospital(self.actor)
        hospitals = [own] if own else hospital_names(today)
        self.offer("hospital", [("", "---------"), *((name, name) for name in hospitals)])
        if len(hospitals) == 1:
            self.initial.setdefault("hospital", hospitals[0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("site")) == bool(cleaned.get("institution")) and "site" not in self.errors:
            self.add_error("site", _now("请选一个机构，或者写其他机构的名称，只填一处。"))
        if cleaned.get("institution") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _now("请选这个机构的所在区划。"))
        if bool(cleaned.get("hospital")) == bool(cleaned.get("elsewhere")) and "hospital" not in self.errors:
            self.add_error("hospital", _now("请选一家医院，或者写其他医院的名称，只填一处。"))
        if not self.errors:
            self.settle(cleaned)
        return cleaned

    def settle(self, cleaned: dict[str, Any]) -> None:
        """Names and place as the pairing keeps them."""
        site = self.sites.get(cleaned["site"])
        cleaned["who"] = site.name if site else cleaned["institution"]
        cleaned["where"] = site.region if site else cleaned["place"]
        cleaned["site_id"], cleaned["to"] = (site.pk if site else None), cleaned["hospital"] or cleaned["elsewhere"]


class ChangePairing(Terms):
    def prepare(self) -> None:
        if isinstance(self.target, Pairing):
            for name in self.base_fields:
                self.initial.setdefault(name, getattr(self.target, name))


class EndPairing(ActionForm):
    on = forms.DateField(label=_("结束日期"), widget=DateParts)
    reason = line(_("结束原因"), 200, required=True)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, Pairing) and on < self.target.from_on:
            raise forms.ValidationError(_("不能早于开始日期。"))
        return on


class RecordSupport(ActionForm):
    on = forms.DateField(label=_("日期"), widget=DateParts)
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=31, initial=1)
    doctors = line(_("医生"), 100, required=True)
    speciality = line(_("专业"), 60)
    work = line(_("工作内容"), 200, required=True, help_text=_("例如坐诊、查房、带教、讲座。"))
    patients = forms.IntegerField(label=_("服务人次"), min_value=0, max_value=100_000, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        pairing = self.target
        if isinstance(pairing, Pairing) and not pairing.from_on <= on <= (pairing.ended_on or on):
            raise forms.ValidationError(_("这一天不在对口支援的期间里。"))
        return on


class WithdrawSupport(ActionForm):
    reason = line(_("撤销原因"), 200, required=True)
