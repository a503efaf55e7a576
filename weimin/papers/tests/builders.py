"""Papers to test with."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from weimin.papers.content import (
    QR,
    Bold,
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
    Table,
)

NOTICE = Paper(
    title="青石镇人民政府关于做好2026年冬季特困人员走访工作的通知",
    issuer="云岭县青石镇人民政府",
    number="青政发〔2026〕38号",
    addressee="各村（社区）、镇属各部门：",
    blocks=(
        Paragraph("现就开展入户走访工作通知如下。姓名含生僻字（如䶮、㛃）的，按户口簿录入。"),
        Heading("走访对象"),
        Heading("时限要求"),
        Heading("首轮走访", level=2),
        Paragraph(("各村于", Bold("12月10日前"), "完成。")),
        Table(("村", "应访"), (("土北村", "21"), ("李集村", "8")), widths=(2, 1), caption="进度"),
    ),
    attachments=("走访名册", "记录表"),
    signed_on=date(2026, 11, 3),
    public_note="此件公开发布",
    cc=("县民政局", "县卫生健康局"),
    printed_by="青石镇党政办公室",
    printed_on=date(2026, 11, 23),
)


def make_notice(**over) -> Paper:
    return replace(NOTICE, **over)


def make_photo(color: str = "#2f6f4f", size: tuple[int, int] = (1200, 900)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "JPEG")
    return buffer.getvalue()


def make_record(**over) -> Paper:
    blocks = (
        KeyValues((("站点", "扎营村服务站"), ("负责人", "田䶮"), ("地址", "二组村委会一楼"))),
        Checklist(
            (Check("面积不少于 30 平方米", True, "实测 42", "10"), Check("有电子秤", False), Check("门头")),
            with_scores=True,
        ),
        Pictures((Picture(make_photo(), "门头"), Picture(make_photo("#345a8a"), "室内"))),
        Signatures((Signature("验收组长", "冉光华", date(2026, 11, 3)), Signature("站点负责人"))),
        QR("https://weimin.example/v/8F2K", "扫码核对"),
    )
    paper = Paper(
        layout="record",
        kind="验收记录",
        title="村级服务站验收记录",
        issuer="领导小组办公室",
        number="YS-001",
        blocks=blocks,
    )
    return replace(paper, **over)
