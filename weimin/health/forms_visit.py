"""The form of a visit: one for all programmes of the person; what is not plausible is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.health.bounds import bounds, every_bound
from weimin.health.forms_bounds import held_number, hold
from weimin.health.models import Care, HealthRecord, Visit, Way
from weimin.health.rules_personal import Asked, contradicts
from weimin.health.rules_visit import GENERAL, VISITED, asked_for, signs_for
from weimin.health.standard_words import choices_of, in_words
from weimin.health.wording import SIGNS
from weimin.residents.models import Gender
from weimin.residents.rules_groups import age_on
from weimin.ui.widgets import DateParts, Upload

BODY = ("hypertension", "diabetes")
MEASURED = {
    "systolic": (_("高压（收缩压）"), (*BODY, *GENERAL), BODY), "diastolic": (_("低压（舒张压）"), (*BODY, *GENERAL), BODY), "fasting": (_("空腹血糖（mmol/L）"), ("diabetes",), ("diabetes",)),
    "pulse": (_("心率"), BODY, ()), "temperature": (_("体温（℃）"), ("diabetes",), ()), "weight": (_("体重（kg）"), BODY, ()),
}  # fmt: skip
JUDGED = ("systolic", "diastolic", "fasting", "pulse", "temperature", "signs", "pregnant", "adverse", "complication", "risk", "insight", "symptoms_marked")
RISKS = [
    ("0", _("0 级：没有以下行为")), ("1", _("1 级：口头威胁、喊叫，没有打砸")), ("2", _("2 级：打砸限在家里、针对财物，能劝止")),
    ("3", _("3 级：明显打砸，不分场合，针对财物，不能劝止")), ("4", _("4 级：持续打砸，针对财物或人，不能劝止（含自伤、自杀）")),
    ("5", _("5 级：持械针对人的暴力，或纵火、爆炸等")),
]  # fmt: skip
TICKS = {
    "adverse": (_("有药物不良反应"), VISITED), "complication": (_("有新的并发症，或原有并发症加重"), BODY), "pregnant": (_("妊娠或哺乳期"), BODY),
    "symptoms_marked": (_("精神症状明显"), ("mental",)), "severe_illness": (_("有严重躯体疾病"), ("mental",)),
}  # fmt: skip
LINES = 12
LASTING = (
    "medicines", "height", "insulin", "weight_target", "smoking_target", "drinking_target", "sport_times_target", "sport_minutes_target", "salt_target",
    "staple_target",
)  # fmt: skip


def field_for(one: Asked, today: date) -> forms.Field:
    if one.kind == "one":
        return forms.ChoiceField(
            label=in_words(one.label), required=one.required, choices=choices_of(one.codes), widget=forms.RadioSelect, help_text=in_words(one.help)
        )
    if one.kind == "many":
        return forms.MultipleChoiceField(
            label=in_words(one.label), required=False, choices=choices_of(one.codes), widget=forms.CheckboxSelectMultiple, help_text=in_words(one.help)
        )
    if one.kind == "number":
        field = forms.IntegerField(label=in_words(one.label), required=False)
        hold(field, every_bound()[one.bounds], today)
        return field
    return forms.CharField(label=in_words(one.label), required=False, max_length=200, validators=[LINE], help_text=in_words(one.help))


def since_opened(form: ActionForm, record: HealthRecord | None) -> date:
    """A day from the one on which the record was opened, not after today."""
    on: date = not_later(form, "on")
    if record is not None and on < record.opened_on:
        raise forms.ValidationError(_("不能早于建档日期。"))
    return on


class RecordVisit(ActionForm):
    """`record` and its open `cares` come with the target; the action finds them once for the form and itself."""

    on = forms.DateField(label=_("随访日期"), widget=DateParts)
    way = forms.ChoiceField(label=_("随访方式"), choices=Way.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.record, self.cares = self.whom()
        self.programmes = tuple(care.programme for care in self.cares)
        self.initial.setdefault("on", timezone.localdate(self.now))
        self.initial.setdefault("way", Way.HOME)
        if not self.is_bound:
            self.initial = self.known() | self.initial
        self.add_measured()
        wanted = asked_for(self.programmes)
        self.folded = [one.key for one in wanted if one.aside]
        for one in wanted:
            self.fields[one.key] = field_for(one, timezone.localdate(self.now))
        self.fields["medicines"] = forms.CharField(
            label=_("用药"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("每行一种：药名 每天几次 每次多少。")
        )  # fmt: skip
        self.fields["next_on"] = forms.DateField(
            label=_("下次随访"), required=False, widget=DateParts, help_text=_("不填的，按规范自动排；可以提前，不能推后。")
        )
        self.fields["photo"] = forms.FileField(label=_("纸质随访表照片"), required=False, widget=Upload(kinds="image/*"))
        self.ask_while_typing()

    @property
    def age(self) -> int | None:
        """Full years today: from 65 on the target is another one."""
        return age_on(self.record.resident.birth_on, timezone.localdate(self.now)) if self.record else None

    def known(self) -> dict[str, Any]:
        """What the latest visit wrote and seldom changes: read it to the patient, do not ask again. What is measured is asked anew each time."""
        if self.record is None or isinstance(self.target, Visit):
            return {}
        last = Visit.objects.filter(record=self.record, corrections__isnull=True).order_by("-on", "-pk").first()
        return {} if last is None else {name: value for name, value in content_of(last).items() if name in LASTING and value}

    def whom(self) -> tuple[HealthRecord | None, list[Care]]:
        record = self.target if isinstance(self.target, HealthRecord) else None
        return record, [care for care in getattr(record, "open_cares", []) if care.programme in VISITED]

    def add_measured(self) -> None:
        mine = set(self.programmes)
        for name, (label, asks, needs) in MEASURED.items():
            if mine & set(asks):
                bound, needed = every_bound()[name], bool(mine & set(needs))
                self.fields[name] = held_number(bound, timezone.localdate(self.now), digits=4, label=label, required=needed)
        if signs := signs_for(self.programmes):
            self.fields["signs"] = forms.MultipleChoiceField(
                label=_("危险情况"), required=False, choices=[(sign, SIGNS[sign]) for sign in signs], widget=forms.CheckboxSelectMultiple, help_text=_("有任何一项都要紧急转诊。")
            )  # fmt: skip
        if "mental" in mine:
            self.fields["risk"] = forms.ChoiceField(label=_("危险性评估"), choices=RISKS, widget=forms.RadioSelect)
        for name, (label, asks) in TICKS.items():
            if mine & set(asks) and (name != "pregnant" or self.may_be_pregnant()):
                self.fields[name] = forms.BooleanField(label=label, required=False)

    def may_be_pregnant(self) -> bool:
        resident = self.record.resident if self.record else None
        return resident is not None and resident.gender == Gender.FEMALE and 14 <= age_on(resident.birth_on, timezone.localdate(self.now)) <= 55

    def ask_while_typing(self) -> None:
        """What the standard says is asked for as soon as a value is there."""
        if self.record is None:
            return
        corrected = f"?visit={self.target.pk}" if isinstance(self.target, Visit) else ""
        asks = {
            "hx-post": reverse("health:verdict", args=[self.record.pk]) + corrected, "hx-trigger": "input changed delay:400ms, change", "hx-target": "#verdict",
            "hx-include": "closest form",
        }  # fmt: skip
        for name in JUDGED:
            if name in self.fields:
                self.fields[name].widget.attrs.update(asks)

    def clean_on(self) -> Any:
        on = since_opened(self, self.record)
        if self.record is not None and self.taken(on):
            raise forms.ValidationError(_("这一天已经有一次随访。有误的，请在那次随访上办理“更正随访”。"))
        return on

    def taken(self, on: date) -> bool:
        return Visit.objects.filter(record=self.record, on=on, corrections__isnull=True).exists()

    def clean_medicines(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in str(self.cleaned_data.get("medicines") or "").splitlines() if line.strip()]
        if len(lines) > LINES or any(len(line) > 100 for line in lines):
            raise forms.ValidationError(_("用药最多写 %(most)d 行，每行不超过 100 字。"), params={"most": LINES})
        parts: Iterable[tuple[str, str, str]] = (line.replace("\t", " ").partition(" ") for line in lines)
        return [{"name": name, "use": use.strip()} for name, _space, use in parts]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        high, low = cleaned.get("systolic"), cleaned.get("diastolic")
        if bool(high) != bool(low) and not {"systolic", "diastolic"} & set(self.errors):
            self.add_error("diastolic" if high else "systolic", _("高压和低压要一起填。"))
        if high and low and high <= low:
            self.add_error("diastolic", _("低压应低于高压，请核对有没有写反。"))
        if high and low and 0 < high - low < bounds("gap", timezone.localdate(self.now))[0]:
            self.add_error("diastolic", _("高压和低压只差 %(gap)d，请再量一次。") % {"gap": high - low})
        for one in asked_for(self.programmes):
            if one.kind == "many" and contradicts(one, cleaned.get(one.key) or []):
                self.add_error(one.key, _now("选了“%(none)s”就不能再选别的。") % {"none": in_words(one.codes[one.alone])})
        if cleaned.get("on") and cleaned.get("next_on") and cleaned["next_on"] <= cleaned["on"]:
            self.add_error("next_on", _("下次随访要晚于这次。"))
        return cleaned


class CorrectVisit(RecordVisit):
    """The same form with what was written; a new row takes the place of the old one, which is kept."""

    reason = forms.CharField(label=_("更正理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def whom(self) -> tuple[HealthRecord | None, list[Care]]:
        if not isinstance(self.target, Visit):
            return None, []
        return self.target.record, self.target.judged_cares  # type: ignore[attr-defined]

    def prepare(self) -> None:
        if isinstance(self.target, Visit):
            self.initial = content_of(self.target) | self.initial
        super().prepare()
        self.fields.pop("next_on", None)

    def taken(self, on: date) -> bool:
        return Visit.objects.filter(record=self.record, on=on, corrections__isnull=True).exclude(pk=self.target.pk).exists()  # type: ignore[union-attr]


def content_of(visit: Visit) -> dict[str, Any]:
    """A visit as its form has it."""
    columns: dict[str, Any] = {name: getattr(visit, name) for name in ("on", "way", "risk", *MEASURED) if getattr(visit, name) is not None}
    medicines = "\n".join(f"{row['name']} {row['use']}".strip() for row in visit.medication)
    return {**visit.findings, **columns, "medicines": medicines}


def measured_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The columns of a visit."""
    columns = {name: cleaned.get(name) for name in MEASURED}
    return columns | {"risk": int(cleaned["risk"]) if cleaned.get("risk") not in (None, "") else None}


def findings_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Everything else that was answered, as JSON keeps it."""
    aside = {"on", "way", "medicines", "next_on", "reason", "risk", "photo", *MEASURED}
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in cleaned.items()
        if name not in aside and value not in (None, "", [], False)
    }
