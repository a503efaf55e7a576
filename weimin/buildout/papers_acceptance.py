"""The record of one round of acceptance, for signature (N13)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.attachments.models import Attachment
from weimin.buildout.models import Acceptance
from weimin.buildout.queries.acceptance import Round
from weimin.papers.content import (
    Block,
    Check,
    Checklist,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Signature,
    Signatures,
)
from weimin.papers.rules import paper_date

Read = Callable[[Attachment], bytes]


def acceptance_record(found: Round, place: str, read: Read) -> Paper:
    """A form-like record: facts, checklist with scores, conclusion, photos, signatures. `read` gives the bytes of a photo."""
    row = found.row
    project = row.project
    blocks: list[Block] = [
        KeyValues(facts(row, place)),
        Heading(_("检查情况")),
        Checklist(tuple(check(item) for item, _photos in found.items), with_scores=True),
        Heading(_("验收结论")),
        Paragraph(conclusion(row)),
    ]
    if row.opinion:
        blocks.append(Paragraph(_("检查意见：%(opinion)s") % {"opinion": row.opinion}))
    if row.rectified_at is not None:
        blocks += [Heading(_("整改情况")), Paragraph(_("%(day)s上报：%(note)s") % {"day": day(row.rectified_at), "note": row.rectified_note})]
    if photos := pictures(found, read):
        blocks += [Heading(_("现场照片")), Pictures(photos)]
    signed_on = timezone.localdate(row.inspected_at) if row.inspected_at else None
    blocks.append(Signatures((Signature(_("检查人"), row.inspected_by, signed_on), Signature(_("被检查方"), row.signed_by, signed_on))))
    title = _("%(name)s验收记录") % {"name": project.name}
    return Paper(
        title=title, blocks=tuple(blocks), layout="record", kind=_("验收记录"), issuer=project.plan.issuer, number=_("第 %(round)d 次") % {"round": row.round},
        signed_on=signed_on, footer=project.plan.title,
    )  # fmt: skip


def day(moment: object) -> str:
    return paper_date(timezone.localdate(moment))  # type: ignore[arg-type]


def facts(row: Acceptance, place: str) -> tuple[tuple[str, str], ...]:
    project = row.project
    return (
        (_("站点"), project.name), (_("所在地"), place), (_("地址"), project.site.address if project.site else ""), (_("实施方案"), project.plan.title),
        (_("申请人"), row.applied_by), (_("申请日期"), day(row.applied_at)), (_("检查人"), row.inspected_by), (_("检查日期"), day(row.inspected_at)),
        (_("得分"), f"{row.score:f}"), (_("结论"), str(row.get_outcome_display())),
    )  # fmt: skip


def check(item: dict[str, object]) -> Check:
    text = str(item["label"])
    if item["required"]:
        text = _("%(item)s（必须达到）") % {"item": text}
    return Check(text, bool(item["met"]), str(item["remark"]), f"{item['score']}/{item['weight']}")


def conclusion(row: Acceptance) -> str:
    said = _("得 %(score)s 分，%(outcome)s。") % {"score": f"{row.score:f}", "outcome": row.get_outcome_display()}
    unmet = [str(item["label"]) for item in row.items if item["required"] and not item["met"]]
    if unmet:
        said += _("必须达到而没有达到的：%(items)s。") % {"items": "；".join(unmet)}  # text: data
    if row.rectify_by is not None:
        said += _("请于%(day)s前完成整改并上报复验。") % {"day": paper_date(row.rectify_by)}
    return said


def pictures(found: Round, read: Read) -> tuple[Picture, ...]:
    taken = [(item["label"], photo) for item, photos in found.items for photo in photos]
    taken += [(_("整改后"), photo) for photo in found.rectified]
    return tuple(Picture(read(photo), str(label), 75) for label, photo in taken)
