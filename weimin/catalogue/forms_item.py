"""One implementation list as a form in plain words: lists one per line, papers and steps as rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from weimin.actions.forms import ActionForm, PlainField
from weimin.catalogue.content import ItemContent
from weimin.catalogue.models import Item
from weimin.catalogue.rules import faults
from weimin.catalogue.vocabulary import (
    AUDIENCES,
    DESKS,
    FORMS,
    HANDLING,
    KINDS,
    ORIGINS,
    PLACES,
    POWERS,
    REACH,
    RESULTS,
    STEPS,
    UNITS,
    WINDOWS,
    Word,
    groups,
    life_events,
    themes,
)  # fmt: skip
from weimin.catalogue.widgets import Part, RowsField, flat_rows
from weimin.yamlfiles.checks import sentence_of

NO_UNIT = ("", "---------")
Choices = tuple[tuple[str, Any], ...]


def pairs(words: dict[str, Any]) -> Choices:
    return tuple(words.items())


def chosen_of(words: dict[str, Word]) -> list[tuple[str, str]]:
    return [(word.key, word.label) for word in words.values()]


MATERIAL = (
    Part("key", _("代号"), "hidden"), Part("name", _("材料名称")), Part("origin", _("来源"), "choice", pairs(ORIGINS), "applicant"),
    Part("form", _("形式"), "choice", pairs(FORMS), "original_and_copy"), Part("copies", _("份数"), "number", first=1),
    Part("condition", _("什么情况才要")), Part("shared", _("能代替它的共享数据")), Part("blank", _("空白表名称")), Part("note", _("说明")),
    Part("required", _("必须提交"), "check", first=True), Part("deferrable", _("可以后补（容缺）"), "check"),
)  # fmt: skip
STEP = (
    Part("key", _("环节"), "choice", (NO_UNIT, *pairs(STEPS))), Part("desk", _("岗位"), "choice", (NO_UNIT, *pairs(DESKS))),
    Part("value", _("期限"), "number"), Part("unit", _("单位"), "choice", pairs(UNITS), "workday"), Part("note", _("说明")),
)  # fmt: skip
QUESTION = (Part("asked", _("问")), Part("answer", _("答")))
LINES = ("legal_basis", "conditions", "refusals", "words")
PLAIN = ("name", "kind", "window", "theme", "subject", "who_may", "audience", "handling", "fee", "result", "result_kind", "accepted_at", "decided_at",
         "online", "reach", "agent_allowed", "in_person", "in_person_reason", "public_notice_days", "life_events", "groups", "phone",
         "official_code", "power", "entrusted_by", "visits", "quantity_limit", "complaint_phone")  # fmt: skip


class StepsField(RowsField):
    """A step counts as written when its kind is chosen."""

    def __init__(self, **named: Any) -> None:
        super().__init__(STEP, _("环节"), **named)
        self.widget.is_written = lambda row: bool(str(row["key"]).strip())  # type: ignore[method-assign]


class ItemForm(ActionForm):
    """Every element of the list. `content()` is the checked list after `is_valid`."""

    code = forms.RegexField(r"^[A-Z]{2}\d{4}$", label=_("事项编码"), max_length=6, help_text=_("两个大写字母加四位数字，例如 CV0101。"))
    name = forms.CharField(label=_("事项名称"), min_length=2, max_length=80)
    kind = forms.ChoiceField(label=_("事项类型"), choices=pairs(KINDS), initial="20")
    window = forms.ChoiceField(label=_("窗口"), choices=pairs(WINDOWS))
    theme = forms.ChoiceField(label=_("主题"))
    subject = forms.CharField(label=_("实施主体"), max_length=100)
    legal_basis = forms.CharField(label=_("设定依据"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一条，写明文件名称和条款。"))
    audience = forms.MultipleChoiceField(label=_("服务对象"), choices=pairs(AUDIENCES), widget=forms.CheckboxSelectMultiple, initial=["person"])
    who_may = forms.CharField(label=_("谁可以办"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    conditions = forms.CharField(label=_("受理条件"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一条。"))
    materials = RowsField(
        MATERIAL, _("材料"), label=_("申请材料"), required=False, help_text=_("逐一写明，不能写“其他材料”。留空的行不算；保存后再编辑，又会多出几行。")
    )
    steps = StepsField(label=_("办理流程"), help_text=_("从受理开始，按先后填写。"))
    handling = forms.ChoiceField(label=_("办件类型"), choices=pairs(HANDLING), initial="promised")
    legal_value = forms.IntegerField(label=_("法定期限"), required=False, min_value=1, max_value=2000)
    legal_unit = forms.ChoiceField(label=_("法定期限的单位"), required=False, choices=pairs(UNITS))
    legal_note = forms.CharField(label=_("法定期限的依据"), max_length=200, required=False)
    promised_value = forms.IntegerField(label=_("承诺期限"), required=False, min_value=1, max_value=2000)
    promised_unit = forms.ChoiceField(label=_("承诺期限的单位"), required=False, choices=pairs(UNITS))
    fee = forms.CharField(label=_("收费"), max_length=200, initial=_("不收费"))
    result = forms.CharField(label=_("办理结果"), max_length=200)
    result_kind = forms.ChoiceField(label=_("结果类型"), choices=pairs(RESULTS), initial="registration")
    accepted_at = forms.MultipleChoiceField(label=_("在哪里收件"), choices=pairs(PLACES), widget=forms.CheckboxSelectMultiple, initial=["village", "township"])
    decided_at = forms.ChoiceField(label=_("由谁决定"), choices=pairs(PLACES), initial="township")
    reach = forms.ChoiceField(label=_("通办范围"), choices=pairs(REACH))
    online = forms.BooleanField(label=_("可以网上申请"), required=False, initial=True)
    agent_allowed = forms.BooleanField(label=_("可以代办"), required=False, initial=True)
    in_person = forms.BooleanField(label=_("必须本人到场"), required=False)
    in_person_reason = forms.CharField(label=_("到场原因"), max_length=200, required=False)
    public_notice_days = forms.IntegerField(label=_("公示天数"), min_value=0, max_value=60, initial=0)
    refusals = forms.CharField(
        label=_("常见不予办理的情形"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一条。")
    )
    questions = RowsField(QUESTION, _("问答"), spare=2, label=_("常见问题"), required=False)
    words = forms.CharField(
        label=_("群众常用的说法"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一个，用来搜索。")
    )
    life_events = forms.MultipleChoiceField(label=_("人生事件"), required=False, widget=forms.CheckboxSelectMultiple)
    groups = forms.MultipleChoiceField(label=_("适用人群"), required=False, widget=forms.CheckboxSelectMultiple)
    phone = forms.CharField(label=_("咨询电话"), max_length=30, required=False)
    complaint_phone = forms.CharField(label=_("监督投诉电话"), max_length=30, required=False)
    official_code = PlainField(
        label=_("官方编码"), max_length=40, required=False, help_text=_("省级目录的 12 位基本编码、31 位实施编码或 33 位业务办理项编码；没有的不填。")
    )
    power = forms.ChoiceField(label=_("权力来源"), required=False, choices=pairs(POWERS))
    entrusted_by = forms.CharField(label=_("委托部门"), max_length=100, required=False, help_text=_("委托行使的填。"))
    visits = forms.IntegerField(label=_("到现场次数"), required=False, min_value=0, max_value=9, help_text=_("申请人最多要跑几次；全程网办填 0。"))
    quantity_limit = forms.CharField(label=_("数量限制"), max_length=200, required=False, help_text=_("有名额的写明多少，没有的不填。"))
    note = forms.CharField(label=_("修改说明"), max_length=200, required=False)

    def prepare(self) -> None:
        self.offer("theme", chosen_of(themes()))
        self.offer("life_events", chosen_of(life_events()))
        self.offer("groups", chosen_of(groups()))
        if isinstance(self.target, Item):
            del self.fields["code"]
            known = self.target.versions.filter(state__in=("draft", "published")).order_by("-number").first()
            if known is not None:
                self.initial = as_form(known.content) | self.initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        data = as_data(cleaned, self.target.code if isinstance(self.target, Item) else cleaned["code"])
        try:
            cleaned["content"] = ItemContent.model_validate(data)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                self.say(error["loc"], sentence_of(error, {}))
            return cleaned
        for path, sentence in faults(cleaned["content"]):
            self.say(path, sentence)
        return cleaned

    def say(self, path: tuple[Any, ...], sentence: str) -> None:
        """A fault of the list at the field that shows it."""
        field = {"legal_limit": "legal_value", "promised_limit": "promised_value"}.get(str(path[0]), str(path[0]))
        if len(path) > 1 and isinstance(path[1], int):
            sentence = _now("第 %(number)d 行：%(sentence)s") % {"number": path[1] + 1, "sentence": sentence}
        self.add_error(field if field in self.fields else None, sentence)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def limit(value: int | None, unit: str, basis: str = "") -> dict[str, Any] | None:
    return {"value": value, "unit": unit or "workday", "basis": basis} if value else None


def as_data(cleaned: dict[str, Any], code: str) -> dict[str, Any]:
    """What was typed as the data of an `ItemContent`."""
    data = {name: cleaned[name] for name in PLAIN} | {name: lines(cleaned[name]) for name in LINES}
    taken = {row["key"] for row in cleaned["materials"]}
    fresh = (key for key in (f"paper_{number}" for number in range(1, 100)) if key not in taken)
    return data | {
        "code": code,
        "materials": [{**row, "key": row["key"] or next(fresh), "copies": row["copies"] or 0} for row in cleaned["materials"]],
        "steps": [{"key": row["key"], "desk": row["desk"], "note": row["note"], "limit": limit(row["value"], row["unit"])} for row in cleaned["steps"]],
        "legal_limit": limit(cleaned["legal_value"], cleaned["legal_unit"], cleaned["legal_note"]),
        "promised_limit": limit(cleaned["promised_value"], cleaned["promised_unit"]),
        "questions": [(row["asked"], row["answer"]) for row in cleaned["questions"]],
    }


def as_form(content: ItemContent) -> dict[str, Any]:
    """A list as the form begins with it."""
    legal, promised = content.legal_limit, content.promised_limit
    steps = [
        {"key": row.key, "desk": row.desk, "note": row.note, "value": row.limit.value if row.limit else "", "unit": row.limit.unit if row.limit else "workday"}
        for row in content.steps
    ]
    return {name: getattr(content, name) for name in PLAIN} | {name: "\n".join(getattr(content, name)) for name in LINES} | {
        "materials": [row.model_dump() for row in content.materials],
        "steps": steps,
        "questions": [{"asked": asked, "answer": answer} for asked, answer in content.questions],
        "legal_value": legal.value if legal else None, "legal_unit": legal.unit if legal else "workday", "legal_note": legal.basis if legal else "",
        "promised_value": promised.value if promised else None, "promised_unit": promised.unit if promised else "workday",
    }  # fmt: skip


def as_sent(content: ItemContent) -> dict[str, Any]:
    """A list as a page sends it: rows flat, ticks that are not set left out, nothing that is empty."""
    typed = as_form(content)
    rows = {key: value for name in ("materials", "steps", "questions") for key, value in flat_rows(name, typed.pop(name)).items()}
    return {"code": content.code} | {key: "on" if value is True else value for key, value in typed.items() if value is not None and value is not False} | rows
