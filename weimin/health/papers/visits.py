# text: data
"""Follow-up forms of the standard (A-20, A-30, A-44): four visits side by side, a field in each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from weimin.health.joining import Printed, form
from weimin.health.models import Visit, VisitOutcome
from weimin.health.papers.parts import BOX, DAY, answered, box, choices, day, titled, written
from weimin.health.papers.personal import short
from weimin.health.rules_visit import visit_form
from weimin.papers.content import Block, PageBreak, Paragraph, Table

ACROSS = 4
WAYS, WAY_CODES = {"1": "门诊", "2": "家庭", "3": "电话"}, {"clinic": "1", "home": "2", "phone": "3"}
CLASSES = {"1": "控制满意", "2": "控制不满意", "3": "不良反应", "4": "并发症"}
CLASS_CODES = {"satisfied": "1", "unsatisfied": "2", "adverse": "3", "complication": "4"}
MENTAL_CLASSES, MENTAL_CODES = {"1": "不稳定", "2": "基本稳定", "3": "稳定"}, {"unstable": "1", "fairly_stable": "2", "stable": "3"}
YES_NO = {"1": "无", "2": "有"}


@dataclass(frozen=True)
class Row:
    """A field: what is asked, the choices it has, and what a visit with its verdict answers; `empty` stands where nobody has written yet."""

    label: str
    show: Callable[[Visit, VisitOutcome | None], str]
    codes: dict[str, str] | None = None
    empty: str = ""

    @property
    def head(self) -> str:
        return f"{self.label}\n{choices(self.codes)}" if self.codes else self.label


def found(key: str, label: str = "") -> Row:
    one = next(field for field in visit_form() if field.key == key)
    empty = {"one": BOX, "many": BOX * 3}.get(one.kind, "")
    return Row(label or one.label, lambda visit, said: answered(one, visit.findings.get(key)), one.codes or None, empty)


def of_social(key: str) -> Row:
    """One of the five social functions; the choices stand once, with the first."""
    row = found(key)
    return row if key == SOCIAL[0] else replace(row, codes=None)


def both(label: str, now: Callable[[Visit], Any], target: str) -> Row:
    """The present value and the one aimed at."""
    return Row(f"{label}　现在/目标", lambda visit, said: f"{written(now(visit))} / {written(visit.findings.get(target))}", None, "　/　")


def answer(key: str) -> Callable[[Visit], Any]:
    return lambda visit: visit.findings.get(key)


def body_mass(visit: Visit) -> str:
    """kg/m², when weight and height are known."""
    height = visit.findings.get("height")
    return f"{float(visit.weight) / (int(height) / 100) ** 2:.1f}" if visit.weight and height else ""


def medicines(visit: Visit, said: VisitOutcome | None) -> str:
    return "\n".join(f"{row['name']} {row['use']}".strip() for row in visit.medication)


def pressure(visit: Visit, said: VisitOutcome | None) -> str:
    return f"{visit.systolic}/{visit.diastolic}" if visit.systolic and visit.diastolic else ""


def classed(codes: dict[str, str]) -> Callable[[Visit, VisitOutcome | None], str]:
    return lambda visit, said: box(codes.get(said.outcome, "") if said else "")


WAY = Row("随访方式", lambda visit, said: box(WAY_CODES[visit.way]), WAYS, BOX)
PRESSURE, PULSE = Row("血压（mmHg）", pressure, None, "　/　"), Row("心率（次/分钟）", lambda visit, said: written(visit.pulse))
BODY = (
    both("体重（kg）", lambda visit: visit.weight, "weight_target"), found("height"), Row("体质指数（kg/m²）", lambda visit, said: body_mass(visit))
)  # fmt: skip
HABITS = (
    both("日吸烟量（支）", answer("smoking"), "smoking_target"), both("日饮酒量（两）", answer("drinking"), "drinking_target"),
    both("运动（次/周）", answer("sport_times"), "sport_times_target"), both("运动（分钟/次）", answer("sport_minutes"), "sport_minutes_target"),
)  # fmt: skip
ADVERSE = Row("药物不良反应", lambda visit, said: box("2" if visit.findings.get("adverse") else "1"), YES_NO, BOX)
MEDICINES = Row("用药情况\n药名、每天几次、每次多少", medicines, None, "\n\n\n")
REFERRAL = Row("转诊　原因、机构及科别", lambda visit, said: written(visit.findings.get("referral")), None, "\n")
ENDING = (
    Row("下次随访日期", lambda visit, said: day(said.next_on) if said else "", None, DAY), Row("随访医生签名", lambda visit, said: visit.doctor_name, None, "\n")
)  # fmt: skip
CLASS = Row("此次随访分类", classed(CLASS_CODES), CLASSES, BOX)
CARED = (found("adherence", "服药依从性"), ADVERSE)
HYPERTENSION = (
    WAY, found("hypertension_symptoms", "症状"), PRESSURE, *BODY, PULSE, found("other_signs"), *HABITS, found("salt"), found("salt_target"), found("mood"), found("obedience"),
    found("tests"), *CARED, CLASS, MEDICINES, REFERRAL, *ENDING,
)  # fmt: skip
DIABETES = (
    WAY, found("diabetes_symptoms", "症状"), PRESSURE, *BODY, found("foot_pulse"), found("other_signs"), *HABITS, both("主食（克/天）", answer("staple"), "staple_target"),
    found("mood"), found("obedience"), Row("空腹血糖（mmol/L）", lambda visit, said: written(visit.fasting)), found("tests", "其他检查"), *CARED, found("low_glucose"), CLASS,
    MEDICINES, found("insulin"), REFERRAL, *ENDING,
)  # fmt: skip
SOCIAL = ("social_self_care", "social_housework", "social_work", "social_learning", "social_contact")
DANGER = ("trouble_mild", "trouble", "disaster", "harm", "self_harm", "suicide")
MENTAL = (
    WAY, Row("危险性评估（0～5 级）", lambda visit, said: box(visit.risk), None, BOX), found("mental_symptoms"), found("insight"), found("sleep"), found("eating"),
    *(of_social(key) for key in SOCIAL), *(found(key) for key in DANGER), found("locked_up"), found("hospital"), found("tests", "实验室检查"), *CARED, found("treatment"),
    Row("此次随访分类", classed(MENTAL_CODES), MENTAL_CLASSES, BOX), REFERRAL, MEDICINES, found("rehabilitation"), *ENDING,
)  # fmt: skip


def sheet(rows: tuple[Row, ...], visits: list[Visit], programme: str) -> Table:
    """Four visits, the oldest on the left; columns that are left are empty."""
    said = [next((one for one in visit.said if one.programme == programme), None) for visit in visits]  # type: ignore[attr-defined]
    spare = ACROSS - len(visits)
    columns = ("随访日期", *(day(visit.on) for visit in visits), *[DAY] * spare)
    lines = tuple((row.head, *(row.show(visit, one) for visit, one in zip(visits, said, strict=True)), *[row.empty] * spare) for row in rows)
    return Table(columns, lines, widths=(3.0, 1.6, 1.6, 1.6, 1.6), align=("left", *["center"] * ACROSS), dense=True)  # type: ignore[arg-type]


def visit_paper(about: Printed | None, title: str, programme: str, rows: tuple[Row, ...]) -> tuple[Block, ...]:
    """Every four visits a page; nothing for somebody who was never visited for this."""
    name, number = (about.facts["name"], short(about.record.number)) if about else ("　　　　　　", "□□□-□□□□□")
    visits = [visit for visit in about.visits if programme in visit.programmes] if about else []
    if about and not visits:
        return ()
    pages = [visits[start : start + ACROSS] for start in range(0, len(visits), ACROSS)] or [[]]
    blocks: list[Block] = []
    for page in pages:
        blocks += [
            *([PageBreak()] if blocks else []),
            *titled(title, Paragraph(f"姓名　{name}　　　　编号　{number}", indent=False), sheet(rows, page, programme)),
        ]
    return tuple(blocks)


for order, (programme, title, rows) in enumerate([
    ("hypertension", "高血压患者随访服务记录表", HYPERTENSION), ("diabetes", "2 型糖尿病患者随访服务记录表", DIABETES),
    ("mental", "严重精神障碍患者随访服务记录表", MENTAL),
], start=20):  # fmt: skip
    form(programme, label=title, build=partial(visit_paper, title=title, programme=programme, rows=rows), order=order)
