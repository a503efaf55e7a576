"""Who is paid how much for what. Pure: no query, clock or request. All money in fen.

Sources: plan 1 三（一）5 (standards, the township government as the only payee), 三（二）4; domain rules G-01, G-04.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from weimin.buildout.plan.schema import Plan, Role, Subsidy
from weimin.ui.formats import yuan
from weimin.walls.errors import RuleBroken

INVOICE_NUMBER = re.compile(r"[0-9]{8,24}")
SPACES = re.compile(r"[\s\-]")


def subsidy_for(plan: Plan, tier: str, is_key: bool) -> Subsidy | None:
    """The standard that pays for a site of a tier in a key (重点) or another township; None when the plan pays nothing."""
    classes = ("any", "key" if is_key else "other")
    return next((row for row in plan.subsidies_of(tier) if row.township_class in classes), None)


@dataclass(frozen=True)
class Payment:
    """What a site gets: the amount, and why it is not the whole standard."""

    amount_fen: int
    standard_fen: int
    invoiced_fen: int
    reason: str


def payment_for(subsidy: Subsidy, invoices: Iterable[int]) -> Payment:
    """Standard, at most what was invoiced when the plan caps at invoices (G-04). RuleBroken when nothing was invoiced then."""
    invoiced, standard = sum(invoices), subsidy.standard_fen
    if not subsidy.cap_at_invoices:
        return Payment(standard, standard, invoiced, _("按标准 %(standard)s 拨付。") % {"standard": yuan(standard)})
    if not invoiced:
        raise RuleBroken(_("这项补助不超过实际发票额，站点还没有有效的发票，请先登记发票。"))
    if invoiced < standard:
        words = {"invoiced": yuan(invoiced), "standard": yuan(standard)}
        return Payment(invoiced, standard, invoiced, _("有效发票合计 %(invoiced)s，低于标准 %(standard)s，按发票额拨付。") % words)
    return Payment(standard, standard, invoiced, _("有效发票合计 %(invoiced)s，不低于标准，按标准拨付。") % {"invoiced": yuan(invoiced)})


def organ_of(role: Role, place: str) -> str:
    """The full name of the body that a plan's role is in a place; "" when the plan names only a kind of body (承建主体).

    乡镇人民政府（街道办事处） in 龚滩镇 → 龚滩镇人民政府, in 桃花源街道 → 桃花源街道办事处.
    """
    label = role.label.partition("（")[0]
    if role.level == "county":
        return label
    if label.endswith("人民政府"):  # text: data
        return place + ("办事处" if place.endswith("街道") else "人民政府")  # text: data
    if label.endswith("村民委员会"):  # text: data
        return place + ("居民委员会" if place.endswith("社区") else "村民委员会")  # text: data
    return ""


def read_invoice_number(text: str) -> str:
    """Digits only, full-width and spaced ones too. RuleBroken otherwise.

    The 20 digits of an electronic invoice, or code (10 or 12) and number (8) of an older one written together.
    """
    number = SPACES.sub("", unicodedata.normalize("NFKC", text))
    if not INVOICE_NUMBER.fullmatch(number):
        raise RuleBroken(_("发票号码只能是 8 到 24 位数字；老式发票把发票代码和号码连起来填。"))
    return number


def worth_of(standard_fen: int, projects: int, quota: int) -> int:
    """What the sites of a township are worth under a budget: its projects, or what it still has to propose when that is more."""
    return standard_fen * max(projects, quota)


def check_allocation(amount: int, budget_left: int, township_left: int, place: str) -> None:
    """RuleBroken, naming the limit, when an allocation is more than the budget or the township's sites allow."""
    if amount > budget_left:
        raise RuleBroken(_("预算最多还能下达 %(left)s。") % {"left": yuan(budget_left)})
    if amount > township_left:
        raise RuleBroken(_("%(place)s的站点按标准最多还能下达 %(left)s。") % {"place": place, "left": yuan(max(0, township_left))})
