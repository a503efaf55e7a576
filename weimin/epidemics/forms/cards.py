"""The report card: filled in, corrected, reported in the national system, deleted with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.calendars.clock import ZONE
from weimin.epidemics.diseases import choices
from weimin.epidemics.finding import cards, places
from weimin.epidemics.forms.parts import begin_now, day, hour, line, moment, text, with_blank
from weimin.epidemics.models import CaseReport, CaseState, CaseType, Crowd, Place
from weimin.epidemics.parameters import hours
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level, level
from weimin.residents.models import Gender, IdKind, Resident
from weimin.residents.rules import check_id_number, check_phone, facts_of_id_number, tidy_number
from weimin.residents.rules_groups import age_on
from weimin.ui.widgets import Suggest

MOST_SCHOOLS = 500
COPIED = ("name", "guardian", "gender", "birth_on", "address", "crowd", "unit", "disease", "kind", "onset_on", "died_on", "same_symptoms", "remark")


class Card(ActionForm):
    """The fields of 中华人民共和国传染病报告卡. `cleaned_data` has place, group, diagnosed_at and found (a resident or None) too."""

    resident = forms.IntegerField(required=False, widget=forms.HiddenInput)
    disease = forms.ChoiceField(label=_("病种"))
    kind = forms.ChoiceField(label=_("病例分类"), choices=with_blank(CaseType.choices))
    onset_on = day(_("发病日期"), help_text=_("病原携带者填初次检出的日期。"))
    diagnosed_on = day(_("诊断日期"))
    diagnosed_time = hour(_("诊断时间"))
    name = line(_("患者姓名"), 60, required=True)
    id_number = forms.CharField(label=_("居民身份证号码"), max_length=24, required=False, validators=[LINE])
    gender = forms.ChoiceField(label=_("性别"), choices=[("", "---------"), *Gender.choices], required=False, help_text=_("有 18 位号码的不用填。"))
    birth_on = day(_("出生日期"), required=False, help_text=_("有 18 位号码的不用填。"))
    guardian = line(_("家长姓名"), 60, help_text=_("14 岁以下的必须填。"))
    phone = line(_("联系电话"), 20, required=True, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
    village = PlaceField(label=_("现住村（社区）"), levels=(Level.VILLAGE,))
    address = line(_("详细住址"), 200, required=True)
    crowd = forms.ChoiceField(label=_("人群分类"), choices=with_blank(Crowd.choices))
    school = line(_("学校"), 60, help_text=_("学生、幼托儿童填登记过的学校，名称一字不差。"))
    class_name = line(_("班级"), 30)
    unit = line(_("工作单位"), 80)
    died_on = day(_("死亡日期"), required=False)
    same_symptoms = forms.BooleanField(label=_("密切接触者有相同症状"), required=False)
    remark = line(_("备注"), 200)
    held: dict[str, str] = {}  # noqa: RUF012  (each form sets its own)

    def prepare(self) -> None:
        self.offer("disease", with_blank(choices(timezone.localdate(self.now))))
        offer_places(self, "village")
        begin_now(self, "diagnosed")
        if self.actor is None:
            return
        open_schools = places(self.actor).filter(closed_on__isnull=True).order_by("name")
        self.fields["school"].widget = Suggest(suggestions=list(open_schools.values_list("name", flat=True)[:MOST_SCHOOLS]))
        if self.actor.low == self.actor.high and level(self.actor.low) == Level.VILLAGE:
            self.initial.setdefault("village", self.actor.low)
        if (known := self.resident_of(self.data.get("resident") if self.is_bound else self.initial.get("resident"))) is not None:
            for name in ("name", "gender", "birth_on", "address"):
                self.initial.setdefault(name, getattr(known, name))
            self.initial.setdefault("village", known.region)
            self.keep(known.name, known.id_number if known.id_kind == IdKind.ID_CARD else "", known.phone)

    def keep(self, name: str, id_number: str | None, phone: str | None) -> None:
        """Numbers on record are not shown without a reason: what is not typed is taken from there, for the same name. The first to say so counts."""
        self.held = self.held or {"name": name, "id_number": id_number or "", "phone": phone or ""}
        for field in ("id_number", "phone"):
            if self.held[field]:
                self.fields[field].required = False
                self.fields[field].help_text = _("不改就不填；登记过的号码不在这里显示。")

    def resident_of(self, number: Any) -> Resident | None:
        """The resident of the register that the card is about; None for odd and hidden numbers."""
        text_of = str(number or "")
        if self.actor is None or not text_of.isdecimal() or len(text_of) > 18:
            return None
        return Resident.objects.visible_to(self.actor).filter(pk=int(text_of)).first()

    def clean_id_number(self) -> str:
        number = tidy_number(self.cleaned_data["id_number"])
        if number and (wrong := check_id_number(number, IdKind.ID_CARD, timezone.localdate(self.now))):
            raise forms.ValidationError(wrong)
        return number

    def clean_phone(self) -> str:
        if not self.cleaned_data["phone"]:
            return ""
        if wrong := check_phone(self.cleaned_data["phone"]):
            raise forms.ValidationError(wrong)
        return tidy_number(self.cleaned_data["phone"])

    def clean_onset_on(self) -> Any:
        return not_later(self, "onset_on")

    def clean_died_on(self) -> Any:
        return not_later(self, "died_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["found"] = self.resident_of(cleaned.get("resident"))
        same = cleaned.get("name") == self.held.get("name")
        for name in ("id_number", "phone"):
            if name in cleaned and not cleaned[name]:
                cleaned[name] = self.held.get(name, "") if same else ""
        if "phone" in cleaned and not cleaned["phone"]:
            self.add_error("phone", self.fields["phone"].error_messages["required"])
        if facts := facts_of_id_number(cleaned.get("id_number") or ""):
            cleaned["gender"], cleaned["birth_on"] = str(facts.gender), facts.birth_on
        for name in ("gender", "birth_on"):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, _now("没有身份证号码的，这一项要填。"))
        self.check_days(cleaned)
        self.find_school(cleaned)
        return cleaned

    def check_days(self, cleaned: dict[str, Any]) -> None:
        cleaned["diagnosed_at"] = moment(self, cleaned, "diagnosed")
        onset, diagnosed, born = cleaned.get("onset_on"), cleaned.get("diagnosed_on"), cleaned.get("birth_on")
        if onset and diagnosed and diagnosed < onset:
            self.add_error("diagnosed_on", _now("诊断日期不能早于发病日期。"))
        if onset and born and onset < born:
            self.add_error("onset_on", _now("发病日期不能早于出生日期。"))
        if cleaned.get("died_on") and onset and cleaned["died_on"] < onset:
            self.add_error("died_on", _now("死亡日期不能早于发病日期。"))
        if onset and born and age_on(born, onset) < (under := hours("guarded_under", onset)) and not cleaned.get("guardian"):
            self.add_error("guardian", _now("%(years)d 岁以下的患者要填家长姓名。") % {"years": under})

    def find_school(self, cleaned: dict[str, Any]) -> None:
        """School and class by their names, among those that the post sees."""
        cleaned["place"] = cleaned["group"] = None
        if self.actor is None or not cleaned.get("school"):
            if cleaned.get("class_name"):
                self.add_error("school", _now("填了班级，还要填学校。"))
            return
        found: list[Place] = list(places(self.actor).filter(name=cleaned["school"], closed_on__isnull=True)[:2])
        if len(found) != 1:
            several = _now("有不止一所学校叫这个名称，请到学校所在乡镇的机构填卡。")
            self.add_error("school", several if found else _now("没有登记过这所学校，请核对名称，或填在“工作单位”里。"))
            return
        cleaned["place"] = found[0]
        if cleaned.get("class_name"):
            cleaned["group"] = found[0].groups.filter(name=cleaned["class_name"]).first()
            if cleaned["group"] is None:
                self.add_error("class_name", _now("这所学校没有这个班级，请核对。"))


class FillCard(Card):
    """A new card; the same illness of the same person has one card already = the old one is corrected instead."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.actor is None or self.errors:
            return cleaned
        same = cards(self.actor).filter(disease=cleaned["disease"], onset_on=cleaned["onset_on"], name=cleaned["name"], birth_on=cleaned["birth_on"])
        if same.filter(state__in=[CaseState.DUE, CaseState.REPORTED]).exists():
            self.add_error("name", _now("这个人这次发病已经有报告卡，内容有变的请订正那一张。"))
        return cleaned


class CorrectCard(Card):
    reason = line(_("订正的理由"), 200, required=True, help_text=_("例如：疑似病例实验室确诊。"))

    def prepare(self) -> None:
        old = self.target
        if isinstance(old, CaseReport):
            for name in COPIED:
                self.initial.setdefault(name, getattr(old, name))
            self.initial.setdefault("resident", old.resident_id)
            self.keep(old.name, old.id_number, old.phone)
            self.initial.setdefault("village", old.region)
            self.initial.setdefault("school", old.place.name if old.place else "")
            self.initial.setdefault("class_name", old.group.name if old.group else "")
        super().prepare()


class ReportCard(ActionForm):
    """When the card was in the national system; the clock is judged by this moment, not by when it is noted here."""

    reported_on = day(_("网络直报日期"))
    reported_time = hour(_("网络直报时间"))
    national_number = line(_("国家系统卡片编号"), 40, required=True)

    def prepare(self) -> None:
        begin_now(self, "reported")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["reported_at"] = moment(self, cleaned, "reported")
        if isinstance(self.target, CaseReport) and cleaned["reported_at"] and cleaned["reported_at"] < self.target.diagnosed_at:
            diagnosed = timezone.localtime(self.target.diagnosed_at, ZONE)
            self.add_error("reported_time", _now("不能早于诊断时间 %(at)s。") % {"at": diagnosed.strftime("%Y-%m-%d %H:%M")})
        return cleaned


class DeleteCard(ActionForm):
    reason = text(_("删除的理由"), 200, help_text=_("例如：重复报告、排除诊断。国家系统里也要删除。"))


class LinkCase(ActionForm):
    """Puts a card to an open outbreak of the same disease."""

    outbreak = forms.TypedChoiceField(label=_("疫情"), coerce=int)

    def prepare(self) -> None:
        if isinstance(self.target, CaseReport):
            self.offer("outbreak", [(row.pk, row.name) for row in self.target.open_outbreaks])  # type: ignore[attr-defined]
