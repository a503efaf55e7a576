# text: data
"""What stands in the papers of a case (C-15: every answer in writing, sealed and dated; X-05: pauses told in writing). Pure.

The words stay Chinese whatever the clerk reads: a notice is evidence for the resident.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from weimin.calendars.clock import ZONE
from weimin.cases.models import Case, CaseMaterial, CaseNotice, Delivery
from weimin.cases.papers_setting import Writing
from weimin.catalogue.content import ItemContent, Material
from weimin.papers.rules import paper_date
from weimin.secrets.masking import mask

UNITS = {"workday": "个工作日", "day": "日", "hour": "小时", "month": "个月"}
FORMS = {"original": "原件", "copy": "复印件", "original_and_copy": "原件和复印件", "electronic": "电子件"}
WAYS = {"pickup": "窗口领取", "home": "上门送达", "post": "邮寄", "online": "电子送达"}
TOLD = {"in_person": "当面", "paper": "书面", "phone": "电话", "message": "短信"}
SCAN = "扫码查看办理进度，不用登录"
RATE = "扫码查看办理进度，办结后请您评价"


@dataclass(frozen=True)
class Office:
    """Who gives the paper: the centre with its telephone and address, and the person at the desk."""

    name: str
    phone: str
    address: str
    handler: str


@dataclass(frozen=True)
class Source:
    """What a paper of a case is made of. `row` is the notice or the delivery that it tells of."""

    case: Case
    item: ItemContent
    office: Office
    number: str
    path: str
    on: date
    materials: tuple[CaseMaterial, ...] = ()
    row: Any = None


def limit_words(value: int | None, unit: str) -> str:
    return f"{value} {UNITS[unit]}" if value else ""


def expected(case: Case) -> str:
    """The promised day; provisional as long as the year's holiday notice is not out."""
    if case.due_on is None:
        return "即时办结" if case.limit_value is None else ""
    words = paper_date(case.due_on)
    return f"{words}（暂定：下一年放假安排公布后可能变动）" if case.provisional else words


def moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return f"{paper_date(local.date())}{local:%H:%M}"


def begin(source: Source, title: str) -> Writing:
    """Title, number, whom it is for, and the line at the foot that every paper carries."""
    office = source.office
    foot = "　".join(part for part in (f"咨询电话 {office.phone}" if office.phone else "", office.address, f"经办人 {office.handler}") if part)
    return Writing(title, office.name, source.number, f"{source.case.organisation or source.case.applicant_name}：", footer=foot)


def facts(source: Source, *more: tuple[str, str]) -> list[tuple[str, str]]:
    case = source.case
    return [
        ("办件编号", case.number),
        ("办理事项", case.item_name),
        ("申请人", case.applicant_name),
        ("证件号码", mask("id_number", case.applicant_id_number or "", "window")),
        *more,
        ("经办人", source.office.handler),
        ("咨询电话", source.office.phone or source.item.phone),
    ]


def finish(source: Source, writing: Writing, words: str = SCAN, *signers: tuple[str, str, date | None]) -> dict[str, Any]:
    if signers:
        writing.sign(*signers)
    writing.sign((f"{source.office.name}（盖章）", "", source.on))
    return writing.code(source.path, words).content()


def limits(source: Source) -> list[tuple[str, str]]:
    case = source.case
    return [
        ("承诺时限", limit_words(case.limit_value, case.limit_unit)),
        ("法定时限", limit_words(case.legal_value, case.legal_unit)),
        ("预计办结", expected(case)),
    ]


def acceptance(source: Source) -> dict[str, Any]:
    """Accepted: what was handed in, both limits, the expected day."""
    case = source.case
    said = "经审查，您的申请属于本机关职权范围，材料齐全、符合法定形式，决定予以受理。"
    if case.deemed:
        said = "本机关没有在五个工作日内一次告知需要补正的内容，依照《行政许可法》第三十二条，自收到申请之日起视为受理。"
    elif any(row.status == "deferred" for row in source.materials):
        said = "您的申请符合基本条件，主要材料齐全，次要材料按您的承诺补交，决定容缺受理。"
    writing = begin(source, "受理通知书").text(said)
    writing.pairs(facts(source, ("收件时间", moment(case.received_at)), ("受理时间", moment(case.accepted_at)), *limits(source)))
    if source.materials:
        writing.table(("材料", "状态", "说明"), [received_line(row) for row in source.materials], (6, 2, 4))
    writing.text("补正、公示、检验、检测、鉴定、专家评审等所需时间不计入办理期限，本机关会另行书面告知。")
    return finish(source, writing)


def received_line(row: CaseMaterial) -> tuple[str, str, str]:
    words = {"received": "已收", "missing": "缺", "deferred": "容缺", "exempt": "免交", "unneeded": "不适用"}
    until = f"请在{paper_date(row.due_on)}前补齐" if row.status == "deferred" and row.due_on else ""
    return row.name, words[row.status], until or row.source or row.note


def how_to_mend(paper: Material | None) -> str:
    """What exactly to bring: original or copy, how many, and the list's own remark. No catch-all (C-08)."""
    if paper is None:
        return ""
    form = FORMS[paper.form] + (f" {paper.copies} 份" if paper.copies else "")
    where = {"government": "由政府部门出具", "third_party": "由出具单位盖章"}.get(paper.origin, "")
    return "；".join(part for part in (form, where, paper.note) if part)


def supplement(source: Source) -> dict[str, Any]:
    """Everything that is missing, told once, with how to put each right (C-15 ④)."""
    notice: CaseNotice = source.row
    papers = {paper.key: paper for paper in source.item.materials}
    writing = begin(source, "一次性补正告知书")
    writing.text("经审查，您的申请材料不齐全或者不符合法定形式，现将需要补正的全部内容一次告知：")
    if notice.lines:
        rows = [(line["name"], how_to_mend(papers.get(line["key"])) or line.get("note", "")) for line in notice.lines]
        writing.table(("要补的材料", "怎么补"), rows, (5, 7))
    writing.text(f"还要更正或说明：{notice.reason}" if notice.reason else "")
    until = paper_date(notice.due_on) if notice.due_on else ""
    writing.pairs(facts(source, ("收件时间", moment(source.case.received_at)), ("补正期限", until), ("告知方式", TOLD.get(notice.told_how, ""))))
    writing.text("补正所需时间不计入办理期限。材料补齐后当即受理，不再要求其他材料。在村（社区）便民服务站、乡镇便民服务中心交都可以。")
    return finish(source, writing, SCAN, ("申请人签收", "", None))


def declined(source: Source) -> dict[str, Any]:
    """Not accepted, with the reason and what can be done about it (C-15 ①②)."""
    notice: CaseNotice = source.row
    writing = begin(source, "不予受理通知书").text("您的申请不予受理，理由如下：", notice.reason)
    writing.pairs(facts(source, ("收件时间", moment(source.case.received_at))))
    writing.text(notice.remedy)
    return finish(source, writing, SCAN, ("申请人签收", "", None))


def lenient(source: Source) -> dict[str, Any]:
    """Accepted although minor papers are missing: the promise, the last day, what follows (C-18)."""
    notice: CaseNotice = source.row
    writing = begin(source, "容缺受理承诺书").text("本人申请办理的事项基本条件具备、主要材料齐全，下列次要材料暂缺，本人承诺按期补齐：")
    rows = [(line["name"], paper_date(date.fromisoformat(line["due_on"])) if line.get("due_on") else "") for line in notice.lines]
    writing.table(("暂缺的材料", "补齐期限"), rows, (7, 5)).pairs(facts(source, ("受理时间", moment(source.case.accepted_at)), *limits(source)))
    writing.text("承诺人知晓：逾期没有补齐的，本次申请视为撤回，需要时可以重新申请；所作承诺不实的，承担相应责任。")
    return finish(source, writing, SCAN, ("承诺人签名", "", None))


def extension(source: Source) -> dict[str, Any]:
    """More time: why, by how much, and the new day (C-16)."""
    notice: CaseNotice = source.row
    writing = begin(source, "延期办理告知书").text("您的申请不能在承诺期限内办结，经本机关负责人批准延长办理期限，理由如下：", notice.reason)
    until = paper_date(notice.due_on) if notice.due_on else expected(source.case)
    case = source.case
    added = limit_words(case.extended, case.limit_unit or case.legal_unit) if case.extended and (case.limit_unit or case.legal_unit) else ""
    writing.pairs(facts(source, ("受理时间", moment(case.accepted_at)), ("延长", added), ("新的期限", until)))
    return finish(source, writing)


def pause(source: Source) -> dict[str, Any]:
    """The clock stands still, and why (X-05)."""
    notice: CaseNotice = source.row
    writing = begin(source, "中止计时告知书").text("下列原因所需时间依法不计入办理期限，从今日起中止计时，原因消除后继续计算：", notice.reason)
    writing.pairs(facts(source, ("受理时间", moment(source.case.accepted_at)), ("中止时间", moment(notice.issued_at))))
    return finish(source, writing)


def refusal(source: Source) -> dict[str, Any]:
    """Decided against: reason and remedy."""
    notice: CaseNotice = source.row
    writing = begin(source, "不予决定告知书").text("经审查，对您的申请作出不予的决定，理由和依据如下：", notice.reason or source.case.reason)
    writing.pairs(facts(source, ("受理时间", moment(source.case.accepted_at)), ("决定时间", moment(source.case.decided_at))))
    writing.text(notice.remedy)
    return finish(source, writing, RATE, ("申请人签收", "", None))


def lapsed(source: Source) -> dict[str, Any]:
    """What was promised or asked for did not come: the application counts as withdrawn, and may be made again (C-18)."""
    notice: CaseNotice = source.row
    promised = any(line.get("due_on") for line in notice.lines)
    said = "您承诺补交的材料到期没有补齐，按照容缺受理承诺书，您的申请视为撤回。" if promised else "补正期限已过，没有收到需要补正的材料，您的申请视为撤回。"
    writing = begin(source, "视为撤回告知书").text(said)
    if notice.lines:
        rows = [(line["name"], paper_date(date.fromisoformat(line["due_on"])) if line.get("due_on") else "") for line in notice.lines]
        writing.table(("没有补齐的材料", "补齐期限"), rows, (7, 5))
    writing.pairs(facts(source, ("收件时间", moment(source.case.received_at)), ("撤回时间", moment(notice.issued_at))))
    writing.text("已经交来的材料原件请到窗口领回。需要时可以随时重新申请，材料齐全的当即受理。")
    return finish(source, writing)


def result(source: Source) -> dict[str, Any]:
    """Done: what came of it, where and how the result is had."""
    case = source.case
    writing = begin(source, "办理结果通知单").text("您申请办理的事项已经办结，结果如下：")
    outcome = {"granted": "准予", "refused": "不予"}.get(case.outcome, "")
    writing.pairs(
        facts(
            source, ("办理结果", outcome), ("结果说明", case.result), ("理由", case.reason), ("结果名称", source.item.result),
            ("受理时间", moment(case.accepted_at)), ("决定时间", moment(case.decided_at)), ("按时办结", {True: "是", False: "否"}.get(case.on_time, "")),  # type: ignore[arg-type]
            ("领取地点", source.office.address or source.office.name),
        )
    )  # fmt: skip
    writing.text("请带本人有效证件领取；委托他人代领的，代领人带委托书和证件。结果有误的，可以要求更正或者重新办理。")
    return finish(source, writing, RATE)


def delivery(source: Source) -> dict[str, Any]:
    """The result in hand, with the line to sign."""
    row: Delivery = source.row
    case = source.case
    who = {"self": "本人", "family": "家属", "agent": "代办人"}[row.to]
    writing = begin(source, "送达回执").text("下列办理结果已经送达：")
    writing.pairs(
        facts(
            source, ("办理结果", case.result or source.item.result), ("送达方式", WAYS[row.way]), ("送达时间", moment(row.delivered_at)),
            ("签收人", f"{row.name}（{who}）"), ("签收凭据", proof_words(row)), ("签收日期", paper_date(row.arrived_on) if row.arrived_on else ""),
            ("说明", row.detail), ("送达人", row.delivered_by),
        )
    )  # fmt: skip
    until = f"在{paper_date(case.settles_on)}前" if case.settles_on else ""
    writing.text(f"对结果有异议的，可以{until}要求重新办理。请您对这次服务作出评价：非常满意、满意、基本满意、不满意、非常不满意。")
    if row.way in ("post", "online"):
        return finish(source, writing, RATE)
    signed = row.delivered_at.astimezone(ZONE).date() if row.proof == "drawn" and row.delivered_at else None
    return finish(source, writing, RATE, ("签收人签名", row.name if row.proof == "drawn" else "", signed))


def proof_words(row: Delivery) -> str:
    """What proves the delivery; one from before evidence was asked for says so."""
    words = {
        "drawn": "手写签名（电子）", "slip": "签了名的签收单（照片）", "thumb": "指印（照片）", "witness": f"见证人{row.witness}", "opened": "凭回执或者编号和证件号后四位在网上打开",
        "tracking": f"{row.carrier} {row.tracking or row.detail}".strip(), "confirmed": "核对姓名，没有留签收凭据",
    }[row.proof]  # fmt: skip
    return f"{words}，不能签名的原因：{row.unable}" if row.unable else words


WRITERS = {
    "acceptance": acceptance, "supplement": supplement, "declined": declined, "lenient": lenient, "extension": extension, "pause": pause,
    "refusal": refusal, "lapsed": lapsed, "result": result, "delivery": delivery,
}  # fmt: skip
CODES = {
    "acceptance": "SL", "supplement": "BZ", "declined": "BS", "lenient": "RQ", "extension": "YQ", "pause": "ZT", "refusal": "BY", "lapsed": "CH", "result": "JG",
    "delivery": "SD",
}  # fmt: skip


def paper_number(case_number: str, kind: str, count: int) -> str:
    """The case's number, the letters of the kind, and a running number of that kind in the case."""
    return f"{case_number}-{CODES[kind]}{count:02d}"


def kinds_ready(case: Case, notices: Iterable[CaseNotice], deliveries: Iterable[Delivery]) -> list[tuple[str, int]]:
    """(kind, source) of every paper that the case's course calls for so far; a case that was reopened has another result."""
    found: list[tuple[str, int]] = [("acceptance", 0)] if case.accepted_at else []
    found += [(str(row.kind), row.pk) for row in notices]
    found += [("result", case.reopened)] if case.decided_at or (case.delivered_at and case.result) else []
    return found + [("delivery", row.pk) for row in deliveries if row.delivered_at]
