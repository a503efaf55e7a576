"""The official code of an item in the directory of the province or the country (C-04, C-05, C-06). Pure.

Basic code, 12 digits: directory 2 (00 the country, else the province), kind 2 (C-03), department 2, main item 3, sub-item 3.
Implementing code, 31 signs: unified social credit code of the office 18, level at which the power is used 1, basic code 12.
Code of a handling item, 33 signs: implementing code and two digits. Older ones of a county are kept as they are.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from weimin.regions.credit import is_credit_code

KINDS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20")
LEVELS = "123456"  # country, province, city, county, township, village (C-06)
BASIC, IMPLEMENTING, HANDLING = 12, 31, 33
OFFICE = 18
LOCAL = re.compile(r"\d{8}[A-Z]{2}-[A-Z]{2}-\d{4}")  # 62052400MZ-XK-0001 (C-05)


def official_fault(code: str, kind: str) -> str:
    """What is wrong with an official code of an item of this kind; "" when it is sound or there is none."""
    if not code or LOCAL.fullmatch(code):
        return ""
    if len(code) == BASIC:
        return basic_fault(code, kind)
    if len(code) not in (IMPLEMENTING, HANDLING):
        return _("应是 12 位基本编码、31 位实施编码或 33 位业务办理项编码，现在是 %(count)d 位；旧编码写成 62052400MZ-XK-0001 的样子。") % {"count": len(code)}
    if not is_credit_code(code[:OFFICE]):
        return _("前 18 位“%(office)s”不是正确的统一社会信用代码，请核对。") % {"office": code[:OFFICE]}
    if code[OFFICE] not in LEVELS:
        return _("第 19 位是行使层级，应为 1 至 6。")
    return basic_fault(code[OFFICE + 1 : IMPLEMENTING], kind) or ("" if is_digits(code[IMPLEMENTING:]) else _("最后两位应是数字。"))


def basic_fault(code: str, kind: str) -> str:
    if not is_digits(code):
        return _("基本编码“%(code)s”应是 12 位数字。") % {"code": code}
    if code[2:4] not in KINDS or code[2:4] != kind:
        return _("基本编码里的事项类型是“%(coded)s”，和所选的事项类型“%(kind)s”不一致。") % {"coded": code[2:4], "kind": kind}
    return ""


def is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())
