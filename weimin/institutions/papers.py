"""Papers of this room: the record of an inspection for signature, the quarterly bulletin as an official paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.attachments.models import Attachment
from weimin.institutions.models import QuarterBulletin
from weimin.institutions.queries.inspections import Held
from weimin.papers.content import Block, Check, Checklist, Heading, KeyValues, Paper, Paragraph, Picture, Pictures, Signature, Signatures, Table
from weimin.papers.rules import paper_date

Read = Callable[[Attachment], bytes]
MOST_BEHIND = 5


def inspection_record(held: Held, place: str, read: Read) -> Paper:
    """Facts, checklist with scores, conclusion, what was mended, photos, signatures. `read` gives the bytes of a photo."""
    row = held.row
    items = tuple(Check(str(item["label"]), bool(item["met"]), str(item["remark"]), f"{item['score']}/{item['weight']}") for item, _photos in held.items)
    blocks: list[Block] = [
        KeyValues(facts_of(held, place)), Heading(_("检查情况")), Checklist(items, with_scores=True), Heading(_("检查结论")), Paragraph(conclusion(held))
    ]  # fmt: skip
    if row.opinion:
        blocks.append(Paragraph(_("检查意见：%(opinion)s") % {"opinion": row.opinion}))
    if row.rectified_at is not None:
        words = {"day": paper_date(timezone.localdate(row.rectified_at)), "note": row.rectified_note}
        blocks += [Heading(_("整改情况")), Paragraph(_("%(day)s上报：%(note)s") % words)]
    taken = [Picture(read(photo), str(item["label"]), 75) for item, photos in held.items for photo in photos]
    taken += [Picture(read(photo), _("整改后"), 75) for photo in held.mended]
    if taken:
        blocks += [Heading(_("现场照片")), Pictures(tuple(taken))]
    blocks.append(Signatures((Signature(_("检查人"), row.held_by, row.held_on), Signature(_("机构负责人"), row.signed_by, row.held_on))))
    title = _("%(institution)s统一标准检查记录") % {"institution": row.institution.site.name}
    return Paper(
        title=title, blocks=tuple(blocks), layout="record", kind=_("检查记录"), number=_("第 %(number)d 次") % {"number": row.number}, signed_on=row.held_on
    )


def facts_of(held: Held, place: str) -> tuple[tuple[str, str], ...]:
    row = held.row
    return (
        (_("机构"), row.institution.site.name), (_("机构种类"), str(row.institution.get_kind_display())), (_("所在地"), place),
        (_("检查日期"), paper_date(row.held_on)), (_("得分"), f"{row.score:f}"), (_("结论"), str(row.get_result_display())),
        (_("标准版本"), paper_date(row.standard_from)), (_("检查人"), row.held_by),
    )  # fmt: skip


def conclusion(held: Held) -> str:
    row = held.row
    said = _("得 %(score)s 分：%(text)s。") % {"score": f"{row.score:f}", "text": row.text}
    unmet = [str(item["label"]) for item in row.items if not item["met"]]
    if unmet:
        said += _("没有达到的：%(items)s。") % {"items": "；".join(unmet)}  # text: data
    if row.rectify_by is not None:
        said += _("请于%(day)s前完成整改并上报复查。") % {"day": paper_date(row.rectify_by)}
    return said


def bulletin_paper(row: QuarterBulletin) -> Paper:
    """The bulletin by GB/T 9704: the district as a whole, every institution, who is clearly behind and why, how far to trust the figures."""
    figures, on = row.figures, timezone.localdate(row.issued_at)
    words = {"day": figures["day"], "number": len(figures["rows"])}
    blocks: list[Block] = [
        Paragraph(_("现将本季度社区卫生服务情况通报如下。指标截至%(day)s，共 %(number)d 个机构；人数少的只列数字，不作比较。") % words),
        Heading(_("全区情况")), whole_table(figures), Heading(_("各机构情况")), institutions_table(figures), Heading(_("落后的机构和原因")),
    ]  # fmt: skip
    blocks += behind(figures) or [Paragraph(_("没有明显落后于全区的机构。"))]
    blocks += [Heading(_("数据质量")), *quality(figures)]
    title = _("关于 %(year)d 年第 %(quarter)d 季度社区卫生服务情况的通报") % {"year": row.year, "quarter": row.quarter}
    return Paper(
        title=title, kind="通报", blocks=tuple(blocks), issuer=row.issuer, number=row.document_number, addressee=_("各社区卫生服务中心、站："),  # text: data
        signed_on=on, printed_by=row.issuer, printed_on=on,
    )  # fmt: skip


def percent(n: int, d: int) -> str:
    return f"{n * 1000 // d / 10}%" if d else "—"


def whole_table(figures: dict[str, Any]) -> Table:
    rows = tuple((one["label"], percent(one["n"], one["d"]), str(one["n"]), str(one["d"])) for one in figures["codes"])
    return Table((_("指标"), _("全区"), _("分子"), _("分母")), rows, widths=(40, 20, 20, 20), align=("left", "right", "right", "right"))


def institutions_table(figures: dict[str, Any]) -> Table:
    chosen = [one for one in figures["codes"] if one["code"] in ("health.record_rate", "health.hypertension_regular", "health.elderly_managed")]
    rows = tuple(
        (row["name"], str(row["residents"]), str(row["doctors"]), *(share_words(row["cells"][one["code"]]) for one in chosen)) for row in figures["rows"]
    )
    columns = (_("机构"), _("服务居民"), _("医师"), *(one["label"] for one in chosen))
    return Table(columns, rows, widths=(30, 14, 10, *(46 / max(1, len(chosen)) for _one in chosen)))


def share_words(cell: dict[str, Any]) -> str:
    """Two lines: a quotient of four figures each has no room beside its share."""
    return "—" if cell["percent"] is None else f"{cell['percent']}%\n{cell['n']}/{cell['d']}"


def behind(figures: dict[str, Any]) -> list[Block]:
    rows = sorted((row for row in figures["rows"] if row["why"]), key=lambda row: -len(row["why"]))[:MOST_BEHIND]
    return [Paragraph(_("%(institution)s：%(reasons)s。") % {"institution": row["name"], "reasons": "；".join(row["why"])}) for row in rows]  # text: data


def quality(figures: dict[str, Any]) -> list[Block]:
    found = [one for one in figures["codes"] if one["code"] in ("institutions.late_entry", "institutions.repeated_values", "institutions.blank_fields")]
    said = "，".join(f"{one['label']} {percent(one['n'], one['d'])}" for one in found)  # text: data
    blocks: list[Block] = [Paragraph(_("全区%(figures)s。数值雷同只是提示，请各机构核对，不作为处理依据。") % {"figures": said})] if said else []
    if figures["unassigned"]:
        blocks.append(Paragraph(_("还有 %(number)d 名居民所在的村（社区）没有划定服务机构。") % {"number": figures["unassigned"]}))
    return blocks
