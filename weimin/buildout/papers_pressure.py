"""Official papers of money and pressure (N9, N13): the list of payments, the reward and accountability list, the bulletin.

Built from rows that the caller read; the words are Chinese whatever the reader's language (the view overrides it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.buildout.models import Bulletin, Consequence, Plan
from weimin.buildout.queries.money import Trace
from weimin.papers.content import Block, Heading, Paper, Paragraph, Table
from weimin.papers.rules import paper_date
from weimin.ui.formats import yuan_figure

REDHEAD = "{issuer}文件"  # text: data


def official(plan: Plan, title: str, kind: str, blocks: Sequence[Block], on: date, number: str = "", addressee: str = "") -> Paper:
    return Paper(
        title=title, kind=kind, blocks=tuple(blocks), issuer=plan.issuer, letterhead=REDHEAD.format(issuer=plan.issuer), number=number,
        addressee=addressee, signed_on=on, printed_by=plan.issuer, printed_on=on,
    )  # fmt: skip


def addressee_of(plan: Plan) -> str:
    """Whom a paper of the plan's issuer goes to: the townships of a county, the villages of a township."""
    return _("各乡镇人民政府、街道办事处：") if plan.region % 10**6 == 0 else _("各村（社区）：")


def payments_paper(plan: Plan, rows: Sequence[Trace], on: date) -> Paper:
    """Every payment with site, acceptance, invoices, standard, amount, payee and voucher; the sum in the first paragraph."""
    total = sum(trace.row.amount_fen for trace in rows)
    lines = [payment_line(number, trace) for number, trace in enumerate(rows, start=1)]
    lines.append(("", _("合计"), "", "", yuan_figure(total), "", ""))
    columns = (_("序号"), _("站点"), _("验收"), _("发票合计（元）"), _("拨付（元）"), _("收款方"), _("凭证号"))
    words = {"plan": plan.title, "on": paper_date(on), "number": len(rows), "total": yuan_figure(total)}
    standards = "，".join(f"{row.label} {yuan_figure(row.standard_fen)} " + _("元") for row in plan.content.subsidies)
    blocks: list[Block] = [
        Paragraph(_("根据《%(plan)s》，截至%(on)s，已验收合格并拨付补助的站点共 %(number)d 个，合计 %(total)s 元。每个站点只拨付一次。") % words),
        Paragraph(_("每个站点的标准：%(standards)s。") % {"standards": standards}),
        Table(columns, tuple(lines), widths=(9, 32, 24, 26, 26, 22, 18), align=("center", "left", "left", "right", "right", "left", "left")),
    ]
    return official(plan, _("关于站点建设补助资金拨付情况的通报"), "通报", blocks, on, addressee=addressee_of(plan))  # text: data


def payment_line(number: int, trace: Trace) -> tuple[str, ...]:
    row = trace.row
    accepted = _("%(day)s %(score)s 分") % {"day": row.project.accepted_on.isoformat() if row.project.accepted_on else "", "score": row.acceptance.score}
    return (
        str(number), row.project.name, accepted, yuan_figure(row.invoiced_fen) if row.invoiced_fen else "—", yuan_figure(row.amount_fen), row.payee,
        row.voucher,
    )  # fmt: skip


def consequences_paper(plan: Plan, rows: Iterable[Consequence], on: date) -> Paper:
    """What was decided and what waits for a decision: rewards first, then accountability, each as a table."""
    found = [row for row in rows if row.state in ("due", "decided")]
    rewards, answers = ([row for row in found if row.kind == kind] for kind in ("reward", "accountability"))
    blocks: list[Block] = [Paragraph(_("根据《%(plan)s》的奖惩规定，按截至%(on)s的完成情况，奖惩名单如下。") % {"plan": plan.title, "on": paper_date(on)})]
    blocks += [Heading(_("奖励名单"), 1), reward_table(rewards) if rewards else Paragraph(_("暂无。"))]
    blocks += [Heading(_("问责名单"), 1), answer_table(answers) if answers else Paragraph(_("暂无。"))]
    return official(plan, _("关于站点建设奖惩情况的通报"), "通报", blocks, on, addressee=addressee_of(plan))  # text: data


def reward_table(rows: list[Consequence]) -> Table:
    lines = tuple(
        (row.project.name, row.label, row.person, yuan_figure(row.amount_fen) if row.amount_fen else "—", str(row.get_state_display()), row.decided_by or "—")
        for row in rows
    )
    return Table((_("站点"), _("奖励"), _("得奖方"), _("金额（元）"), _("状态"), _("决定人")), lines, widths=(6, 4, 6, 4, 3, 3))


def answer_table(rows: list[Consequence]) -> Table:
    lines = tuple(
        (
            row.project.name, row.person, str(row.days_late), "；".join(row.measures), f"{row.points:g}" if row.points is not None else "—",
            str(row.get_state_display()), row.decided_by or "—",
        )
        for row in rows
    )  # fmt: skip
    return Table((_("站点"), _("对象"), _("逾期天数"), _("措施"), _("扣分"), _("状态"), _("决定人")), lines, widths=(5, 4, 3, 7, 2, 3, 3))


def bulletin_paper(row: Bulletin) -> Paper:
    """An issued bulletin in the form of a 通报, from its stored figures alone."""
    figures = row.figures
    blocks: list[Block] = [Paragraph(opening(row)), Heading(_("总体进度"), 1), Paragraph(sums(figures)), progress_table(figures)]
    if "先进" in figures["names"]:  # text: data
        blocks += [Heading(_("进度靠前"), 1), Paragraph(ahead_words(figures))]
    if "逾期" in figures["names"]:  # text: data
        blocks += [Heading(_("逾期情况"), 1), *late_blocks(figures["late"])]
    blocks += [Heading(_("下一步要求"), 1), *(Paragraph(words) for words in next_words(figures["next"]))]
    signed = timezone.localdate(row.issued_at)
    return official(row.plan, row.title, "通报", blocks, signed, row.document_number, addressee_of(row.plan))  # text: data


def day_of(text: str) -> str:
    return paper_date(date.fromisoformat(text))


def opening(row: Bulletin) -> str:
    words = {"plan": row.plan.title, "on": paper_date(row.on), "number": row.number, "tier": row.figures["tier"]}
    return _("为推动《%(plan)s》落实，现将截至%(on)s的%(tier)s建设进度通报如下（第 %(number)d 期）。") % words


def sums(figures: dict[str, Any]) -> str:
    said = _("应建 %(wanted)d 个，已提出站址 %(proposed)d 个，已备案 %(filed)d 个，已建成 %(built)d 个，已验收 %(accepted)d 个。") % figures["sum"]
    if figures["due_on"]:
        said = _("%(batch)s应于%(day)s完成。") % {"batch": figures["batch"], "day": day_of(figures["due_on"])} + said
    if figures["count"]:
        said += _("本批目标 %(count)d 个，方案没有指定是哪些，按全部站点统计。") % {"count": figures["count"]}
    return said


def progress_table(figures: dict[str, Any]) -> Table:
    place = _("乡镇") if figures["level"] == "township" else _("村")
    lines = tuple(
        (str(line["rank"]), line["name"], *(str(line[name]) for name in ("wanted", "proposed", "filed", "built", "accepted"))) for line in figures["places"]
    )
    columns = (_("名次"), place, _("应建"), _("已提出"), _("已备案"), _("已建成"), _("已验收"))
    return Table(columns, lines, widths=(2, 5, 2, 2, 2, 2, 2), align=("center", "left", "center", "center", "center", "center", "center"))


def ahead_words(figures: dict[str, Any]) -> str:
    if not figures["ahead"]:
        return _("截至目前还没有站点建成。") if not figures["sum"]["built"] else _("没有既按期推进又进入前列的单位。")
    return _("%(names)s进度靠前，予以通报表扬。") % {"names": "、".join(figures["ahead"])}


def late_blocks(late: list[dict[str, Any]]) -> list[Block]:
    if not late:
        return [Paragraph(_("没有逾期的站点。"))]
    lines = tuple((line["place"], line["name"], line["what"] or "—", day_of(line["due_on"]), str(line["days"])) for line in late)
    columns = (_("单位"), _("站点"), _("未办事项"), _("应完成日期"), _("逾期天数"))
    table = Table(columns, lines, widths=(4, 6, 5, 5, 3), align=("left", "left", "left", "center", "center"))
    return [Paragraph(_("以下 %(number)d 项已经逾期，请抓紧补办，并说明原因。") % {"number": len(late)}), table]


def next_words(following: list[dict[str, str]]) -> list[str]:
    if not following:
        return [_("方案的各项期限都已到，未完成的单位要立即完成。")]
    return [_("%(day)s前：%(label)s。") % {"day": day_of(line["on"]), "label": line["label"]} for line in following]
