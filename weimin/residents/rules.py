"""What identity numbers say (H-01, H-22). Pure; `today` is passed in. Names are in `naming`, which is re-exported here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from weimin.residents.models import Gender, IdKind
from weimin.residents.naming import NameColumns, names_of

__all__ = ["IdFacts", "NameColumns", "check_digit", "check_id_number", "check_phone", "facts_of_id_number", "names_of", "tidy_number", "upgraded"]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
# Provinces of every edition of GB/T 2260 and the three prefixes of residence permits; counties that no longer exist stay valid.
PROVINCES = frozenset((
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
))  # fmt: skip
PERMIT_PREFIX = {IdKind.HONG_KONG_MACAO: ("810000", "820000"), IdKind.TAIWAN: ("830000",)}
SHAPES = {
    IdKind.PASSPORT: re.compile(r"[A-Z0-9]{5,17}"),
    IdKind.HONG_KONG_MACAO: re.compile(r"[HM]\d{8}(\d{2})?"),
    IdKind.TAIWAN: re.compile(r"\d{8}|\d{10}[A-Z]?|[A-Z]\d{9}"),
    IdKind.FOREIGN_PERMANENT: re.compile(r"[A-Z]{3}\d{12}"),
}
EIGHTEEN = re.compile(r"\d{17}[\dX]")
MOBILE, LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"0\d{9,11}")
OLDEST = 1850


@dataclass(frozen=True)
class IdFacts:
    """What an 18-digit number says: six digits of the place of first registration, birth date, gender."""

    region6: int
    birth_on: date
    gender: str


def tidy_number(text: str) -> str:
    """Full-width to half-width, no blanks or dashes, upper case."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(mark for mark in plain if not mark.isspace() and mark not in "-‐–—").upper()


def check_digit(first17: str) -> str:
    """The 18th character for the first seventeen digits (GB 11643)."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def birth_of(number: str) -> date | None:
    """The birth date in an 18-digit number; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def facts_of_id_number(text: str) -> IdFacts | None:
    """What a sound 18-digit number says; None for passports, old permits and numbers whose digits are not a date."""
    number = tidy_number(text)
    born = birth_of(number) if EIGHTEEN.fullmatch(number) else None
    if born is None:
        return None
    return IdFacts(int(number[:6]), born, Gender.MALE if int(number[16]) % 2 else Gender.FEMALE)


def upgraded(text: str) -> str:
    """A 15-digit number of the old kind as the 18-digit number that replaced it (19YY); other texts tidied only. For imports."""
    number = tidy_number(text)
    if len(number) != 15 or not number.isdigit() or not number.isascii():
        return number
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def check_id_number(text: str, kind: str, today: date) -> str:
    """A sentence that says what is wrong and what to do; "" when the number is sound (H-01)."""
    number = tidy_number(text)
    if kind == IdKind.NONE:
        return _("暂无证件的，证件号码不用填。") if number else ""
    if not number:
        return _("请填写证件号码。")
    if kind == IdKind.ID_CARD:
        return check_eighteen(number, today)
    if EIGHTEEN.fullmatch(number) and kind in PERMIT_PREFIX:
        return check_permit(number, kind, today)
    if EIGHTEEN.fullmatch(number) and kind == IdKind.FOREIGN_PERMANENT:
        return _("新版外国人永久居留身份证号码以 9 开头，请核对证件类型。") if number[0] != "9" else check_date_and_digit(number, today)
    return "" if SHAPES[IdKind(kind)].fullmatch(number) else shape_sentence(kind)


def check_eighteen(number: str, today: date) -> str:
    if len(number) == 15 and number.isdigit():
        return _("这是 15 位旧号码，已停用。请按现在的居民身份证填写 18 位号码。")
    if len(number) != 18:
        return _("居民身份证号码应为 18 位，现在是 %(count)d 位。") % {"count": len(number)}
    if not (EIGHTEEN.fullmatch(number) and number.isascii()):
        return _("居民身份证号码前 17 位是数字，最后一位是数字或 X。")
    if int(number[:2]) not in PROVINCES:
        return _("号码前两位“%(two)s”不是任何省份的代码，请核对。") % {"two": number[:2]}
    return check_date_and_digit(number, today)


def check_date_and_digit(number: str, today: date) -> str:
    born = birth_of(number)
    if born is None or born.year < OLDEST:
        return _("号码第 7 至 14 位“%(digits)s”不是真实的日期，请核对。") % {"digits": number[6:14]}
    if born > today:
        return _("号码里的出生日期晚于今天，请核对。")
    if check_digit(number[:17]) != number[17]:
        return _("校验位不符：号码里有一位抄错了，请对照证件再核对一遍。")
    return ""


def check_permit(number: str, kind: str, today: date) -> str:
    if not number.startswith(PERMIT_PREFIX[IdKind(kind)]):
        return _("居住证号码的前六位应为 %(prefix)s，请核对证件类型。") % {"prefix": " / ".join(PERMIT_PREFIX[IdKind(kind)])}
    return check_date_and_digit(number, today)


def shape_sentence(kind: str) -> str:
    return {
        IdKind.PASSPORT: _("护照号码是 5 至 17 位字母和数字。"),
        IdKind.HONG_KONG_MACAO: _("港澳居民居住证号码为 18 位；来往内地通行证为 H 或 M 加 8 位数字。"),
        IdKind.TAIWAN: _("台湾居民居住证号码为 18 位；来往大陆通行证为 8 位数字。"),
        IdKind.FOREIGN_PERMANENT: _("永久居留身份证号码为 9 开头的 18 位，旧证为 3 个字母加 12 位数字。"),
    }[IdKind(kind)]


def check_phone(text: str) -> str:
    """A mobile number, or a landline with its area code (H-22); "" when it is sound."""
    number = tidy_number(text)
    return "" if not number or MOBILE.fullmatch(number) or LANDLINE.fullmatch(number) else _("手机号是 11 位数字、以 1 开头；固定电话请带区号。")
