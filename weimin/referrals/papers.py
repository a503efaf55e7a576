"""双向转诊单 in the form of the standard (A-02): stub and letter of the way up, stub and letter of the way back. Always in Chinese."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from weimin.papers.content import Block, Heading, KeyValues, PageBreak, Paper, Paragraph, Signature, Signatures
from weimin.referrals.models import Referral, Summary
from weimin.referrals.queries.one import summary_of
from weimin.residents.rules_groups import age_on
from weimin.secrets.masking import mask

NOTHING = "—"


def day_words(on: date | None) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日" if on else "　　年　　月　　日"  # text: data


def person(referral: Referral, role: str, on: date, number: tuple[str, str]) -> KeyValues:
    """Who it is about; identifiers as the reader's post may see them."""
    resident = referral.resident
    pairs = (
        ("患者姓名", resident.name),  # text: data
        ("性别", str(resident.get_gender_display())),  # text: data
        ("年龄", f"{age_on(resident.birth_on, on)} 岁"),  # text: data
        number,
        ("家庭住址", mask("address", resident.address, role) or NOTHING),  # text: data
        ("联系电话", mask("phone", resident.phone or "", role) or NOTHING),  # text: data
    )
    return KeyValues(pairs, columns=2)


def called(referral: Referral, on: date) -> str:
    resident = referral.resident
    return f"现有患者 {resident.name}，性别 {resident.get_gender_display()}，年龄 {age_on(resident.birth_on, on)} 岁"  # text: data


def lines(*pairs: tuple[str, str]) -> KeyValues:
    return KeyValues(tuple((label, words or NOTHING) for label, words in pairs), columns=1)


def signed(role: str, name: str, unit: str, on: date) -> Signatures:
    return Signatures((Signature(role, name, on), Signature("机构（盖章）", unit)))  # text: data


def up_blocks(referral: Referral, role: str) -> list[Block]:
    """存根 and 转出单."""
    on = timezone.localdate(referral.sent_at)
    record = referral.record.number if referral.record else NOTHING
    department, doctor = referral.department or "　　　　", referral.hospital_doctor or "　　　　"  # text: data
    stub = f"于 {day_words(on)} 因病情需要，转入 {referral.hospital} {department} 科室 {doctor} 接诊医生。"  # text: data
    letter = f"{called(referral, on)}，因病情需要，需转入贵单位，请予以接诊。"  # text: data
    return [
        Heading("存　根", numbered=False), person(referral, role, on, ("档案编号", record)), Paragraph(stub),  # text: data
        signed("转诊医生（签字）", referral.doctor_name, referral.unit, on),  # text: data
        Heading("双向转诊（转出）单", numbered=False),  # text: data
        Paragraph(f"{referral.hospital}：", indent=False), Paragraph(letter),  # text: data
        lines(
            ("初步印象", referral.impression), ("主要现病史（转出原因）", "\n".join(part for part in (referral.reason, referral.present) if part)),  # text: data
            ("主要既往史", referral.past), ("治疗经过", referral.treatment), ("联系电话", referral.doctor_phone),  # text: data
        ),
        signed("转诊医生（签字）", referral.doctor_name, referral.unit, on),  # text: data
    ]  # fmt: skip


def back_blocks(referral: Referral, summary: Summary, role: str) -> list[Block]:
    """存根 and 回转单."""
    on = referral.returned_on or timezone.localdate(summary.written_at)
    receiver = referral.doctor_name or "　　　　"  # text: data
    stub = f"于 {day_words(on)} 因病情需要，转回 {referral.unit} {receiver} 接诊医生。"  # text: data
    letter = f"{called(referral, on)}，因病情需要，现转回贵单位，请予以接诊。"  # text: data
    plan = [summary.drugs, summary.rehabilitation, summary.next_steps, f"请在 {day_words(summary.visit_by)} 前随访。"]  # text: data
    return [
        Heading("存　根", numbered=False), person(referral, role, on, ("病案号", referral.hospital_number or NOTHING)), Paragraph(stub),  # text: data
        signed("转诊医生（签字）", summary.doctor_name, referral.hospital, on),  # text: data
        Heading("双向转诊（回转）单", numbered=False),  # text: data
        Paragraph(f"{referral.unit}：", indent=False), Paragraph(letter),  # text: data
        lines(
            ("诊断结果", summary.diagnosis), ("住院病案号", referral.hospital_number), ("主要检查结果", summary.results),  # text: data
            ("治疗经过", summary.treatment), ("下一步治疗方案及康复建议", "\n".join(part for part in plan if part)), ("联系电话", summary.doctor_phone),  # text: data
        ),
        signed("转诊医生（签字）", summary.doctor_name, referral.hospital, on),  # text: data
    ]  # fmt: skip


def sheet(referral: Referral, role: str) -> Paper:
    """What there is of the form: the way up, and once the hospital has written its summary the way back on a page of its own."""
    summary = summary_of(referral)
    blocks: list[Block] = up_blocks(referral, role) if referral.is_up else []
    if summary is not None:
        blocks += [PageBreak()] if blocks else []
        blocks += back_blocks(referral, summary, role)
    title, source = "双向转诊单", "国家基本公共卫生服务规范（第三版）居民健康档案管理服务规范 附表"  # text: data
    return Paper(title, tuple(blocks), layout="record", kind=title, footer=source)
