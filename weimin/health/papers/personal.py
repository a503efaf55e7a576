# text: data
"""Cover and personal information form of a health record (A-02, A-03, A-07)."""

from __future__ import annotations

from weimin.health.joining import Printed, form
from weimin.health.papers.parts import DAY, answered, box, choices, day, grid, titled
from weimin.health.rules_personal import asked
from weimin.papers.content import Block, KeyValues, Paragraph, Signature, Signatures
from weimin.residents.models import Gender

SEX = "0 未知的性别　1 男　2 女　9 未说明的性别"
NATION = "01 汉族　99 少数民族"
COVER = ("name", "address", "registered", "phone", "township", "village")
LABELS = {
    "name": "姓　名", "address": "现住址", "registered": "户籍地址", "phone": "联系电话", "township": "乡镇（街道）名称", "village": "村（居）委会名称"
}  # fmt: skip


def spaced(number: str) -> str:
    """6-3-3-5 as the boxes of the cover stand."""
    return f"{number[:6]} - {number[6:9]} - {number[9:12]} - {number[12:]}"


def short(number: str) -> str:
    """The last eight digits, as the head of each form carries them."""
    return f"{number[9:12]}-{number[12:]}"


def cover(about: Printed | None) -> tuple[Block, ...]:
    facts = about.facts if about else {}
    number = spaced(about.record.number) if about else "□□□□□□ - □□□ - □□□ - □□□□□"
    people = (("建档单位", facts.get("institution", "")), ("建档人", about.record.opened_by if about else ""), ("责任医生", facts.get("doctor", "")),
              ("建档日期", day(about.record.opened_on) if about else DAY))  # fmt: skip
    return titled(
        "居民健康档案封面", Paragraph(f"编号　{number}", align="center"), KeyValues(tuple((LABELS[key], facts.get(key, "")) for key in COVER), columns=1),
        KeyValues(people, columns=1),
    )  # fmt: skip


def sex_code(gender: str) -> str:
    return {Gender.MALE.value: "1", Gender.FEMALE.value: "2"}.get(gender, "9")


def nation(ethnicity: str) -> str:
    if not ethnicity:
        return f"{NATION}　{box('')}"
    return f"{NATION}　{box('01' if ethnicity.startswith('汉') else '99')}{'' if ethnicity.startswith('汉') else ethnicity}"


def of_register(about: Printed | None) -> list[tuple[str, str]]:
    """What the register knows of the person, as the first lines of the form."""
    facts = about.facts if about else {}
    resident = about.record.resident if about else None
    return [
        ("姓名", facts.get("name", "")), ("编号", short(about.record.number) if about else "□□□-□□□□□"),
        ("性别", f"{SEX}　{box(sex_code(resident.gender) if resident else '')}"), ("出生日期", day(resident.birth_on) if resident else DAY),
        ("身份证号", facts.get("id_number", "")), ("本人电话", facts.get("phone", "")), ("民族", nation(resident.ethnicity if resident else "")),
    ]  # fmt: skip


def personal_form(about: Printed | None) -> tuple[Block, ...]:
    content = about.record.personal if about else {}
    rows = of_register(about)
    for one in asked():
        legend = f"{choices(one.codes)}　" if one.codes else ""
        rows.append((one.label, f"{legend}{answered(one, content.get(one.key))}"))
    filled = about.record.personal_on if about else None
    return titled("个人基本信息表", grid(rows), Signatures((Signature("填表人", "", filled),)))


form("cover", label="居民健康档案封面", build=cover, order=0)
form("personal", label="个人基本信息表", build=personal_form, order=1)
