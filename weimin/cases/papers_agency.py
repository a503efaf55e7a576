# text: data
"""What stands in the papers of agency: the mandate, the hand-over lists, the list of clients who change agents (C-24). Pure."""

from __future__ import annotations

from typing import Any

from weimin.calendars.clock import ZONE
from weimin.cases.models import AgentChange, Case, HandOver, Mandate
from weimin.cases.papers_case import Office
from weimin.cases.papers_setting import Writing
from weimin.papers.rules import paper_date
from weimin.secrets.masking import mask

POWERS = {
    "submit": "代交申请材料", "supplement": "代为补正", "receive_notice": "代收通知文书", "receive_result": "代领结果和证件原件",
    "receive_money": "代领款项或银行卡",
}  # fmt: skip
EVIDENCE = {"signature": "委托人签名", "photo": "当面照片", "family": "亲属关系核实"}
KINDS = {"clerk": "代办员", "relative": "亲属", "other": "其他代办人"}


def begin(title: str, office: Office, number: str) -> Writing:
    foot = "　".join(part for part in (f"咨询电话 {office.phone}" if office.phone else "", office.address, f"经办人 {office.handler}") if part)
    return Writing(title, office.name, number, footer=foot)


def parties(mandate: Mandate) -> list[tuple[str, str]]:
    agent = f"{mandate.agent_name}（{KINDS[mandate.agent_kind]}{'，' + mandate.relation if mandate.relation else ''}）"
    return [
        ("委托人", mandate.principal_name),
        ("证件号码", mask("id_number", mandate.principal_id_number or "", "window")),
        ("联系电话", mask("phone", mandate.principal_phone or "", "window")),
        ("代办人", agent),
        ("代办人证件", mask("id_number", mandate.agent_id_number or "", "window")),
        ("代办人电话", mask("phone", mandate.agent_phone or "", "window")),
    ]


def slip(mandate: Mandate, cases: list[Case], office: Office, path: str) -> dict[str, Any]:
    """The mandate as the resident keeps it: what was given, until when, what is never done for somebody, how it is taken back."""
    writing = begin("代办委托书", office, mandate.number).text("委托人委托代办人办理下列事项：")
    writing.pairs(
        [
            *parties(mandate), ("委托事项", "、".join(mandate.items.values())), ("委托权限", "、".join(POWERS[power] for power in mandate.powers)),
            ("期限", f"{paper_date(mandate.starts_on)}至{paper_date(mandate.until_on)}"), ("凭据", "、".join(EVIDENCE[one] for one in mandate.evidence)),
            ("办件编号", "、".join(case.number for case in cases)), ("说明", mandate.note), ("咨询电话", office.phone),
        ]
    )  # fmt: skip
    writing.text(
        "代办不收费。须本人到场、采集指纹人像、婚姻收养登记等事项不得代办；没有签名授权，代办人不得代领证件原件和款项。",
        "委托人可以随时撤销委托：到便民服务中心（站）说一声，或者打电话。材料交接以清单为准，原件办完即还。",
    )
    day = mandate.written_at.astimezone(ZONE).date()
    writing.sign(("委托人签名", "", None), ("代办人签名", "", None), (f"{office.name}（盖章）", "", day))
    return writing.code(path, "扫码查看代办进展，不用登录").content()


def hand_over(mandate: Mandate, row: HandOver, office: Office, path: str) -> dict[str, Any]:
    """Papers taken or given back, one by one."""
    taken = row.kind == "collect"
    writing = begin("材料收取单" if taken else "材料交还单", office, row.number)
    writing.text(f"代办人{mandate.agent_name}{'收到' if taken else '交还'}委托人{mandate.principal_name}的下列材料：")
    lines = [(line["name"], "原件" if line["original"] else "复印件", str(line["count"])) for line in row.lines]
    writing.table(("材料", "类型", "件数"), lines, (7, 3, 2))
    writing.pairs([("委托编号", mandate.number), ("委托事项", "、".join(mandate.items.values())), ("说明", row.note), ("经办人", row.by)])
    writing.text("请妥善保管本单，交还材料时核对。" if taken else "请当面点清。")
    day = row.at.astimezone(ZONE).date()
    writing.sign(("委托人签名", "", None), ("代办人签名", mandate.agent_name, day))
    return writing.code(path, "扫码查看代办进展，不用登录").content()


def change_list(change: AgentChange, office: Office) -> dict[str, Any]:
    """Clients who went from one agent to another, as both sign it."""
    writing = begin("代办移交单", office, change.number)
    writing.text(f"因{change.reason}，{change.before.name}把下列 {len(change.lines)} 份代办委托移交给{change.after.name}，同时移交待办 {change.steps} 件。")
    rows = [
        (line["client"], "、".join(line["items"]), line["until"], "、".join(line["papers"]) or "无", "、".join(line["errands"]) or "无")
        for line in change.lines
    ]
    writing.table(("委托人", "事项", "期限", "代管材料", "未办跑腿"), rows, (3, 5, 3, 4, 4))
    day = change.at.astimezone(ZONE).date()
    writing.sign(("移交人签名", "", None), ("接收人签名", "", None), ("监交人", change.by, day))
    return writing.content()
