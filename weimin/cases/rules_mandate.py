"""What a mandate (委托书) is good for: who may act for whom, in what, until when, and what nobody does for somebody else. Pure.

The table is `data/agency.yaml` (Civil Code 161–173, C-24). Every check raises RuleBroken with the sentence for the person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML

from weimin.calendars.clock import add_months
from weimin.catalogue.content import ItemContent
from weimin.walls.errors import RuleBroken

TABLE: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("data") / "agency.yaml")
LONGEST_MONTHS: int = TABLE["longest_months"]
ADULT_YEARS: int = TABLE["at_least_years"]
CLERK, RELATIVE, OTHER = "clerk", "relative", "other"
SIGNATURE = "signature"
POWERS = {
    "submit": gettext_lazy("代交申请材料"),
    "supplement": gettext_lazy("代为补正"),
    "receive_notice": gettext_lazy("代收通知文书"),
    "receive_result": gettext_lazy("代领结果和证件原件"),
    "receive_money": gettext_lazy("代领款项或银行卡"),
}
SENTENCES = {
    "presence": gettext_lazy("“%(item)s”须本人到场，不能代办。"),
    "not_allowed": gettext_lazy("“%(item)s”不能由他人代办。"),
    "marriage": gettext_lazy("婚姻登记须男女双方本人到场表明意愿，不能代办。"),
    "adoption": gettext_lazy("收养登记须本人表明意愿，不能代办。"),
    "testament": gettext_lazy("遗嘱、遗赠须本人作出，不能代办。"),
    "biometric": gettext_lazy("采集指纹、人像须本人到场，不能代办。"),
    "oath": gettext_lazy("须本人表明意愿的事，不能代办。"),
}


@dataclass(frozen=True)
class Party:
    """One side of a mandate. `token` tells people apart (the keyed hash of the ID number); b"" where it is not known."""

    name: str
    token: bytes = b""
    birth_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """A mandate as it is to be written. `agent_kind`: clerk (a person with a post), relative (with the tie) or other."""

    principal: Party
    agent: Party
    agent_kind: str
    starts_on: date
    until_on: date
    items: tuple[ItemContent, ...] = ()
    powers: frozenset[str] = field(default_factory=frozenset)
    relation: str = ""
    evidence: frozenset[str] = field(default_factory=frozenset)


def forbidden(item: ItemContent) -> str:
    """Why nobody may do an item for somebody else (a key of the table), or ""."""
    flags = {"in_person": item.in_person, "agent_refused": not item.agent_allowed}
    words = f"{item.name} {item.subject} {item.result}"
    for row in TABLE["never"]:
        if flags.get(row.get("flag", ""), False) or any(word in words for word in row.get("words", ())):
            return str(row["key"])
    return ""


def check_item(item: ItemContent) -> None:
    """RuleBroken when the item is one that an agent may never do."""
    key = forbidden(item)
    if key:
        raise RuleBroken(str(SENTENCES[key]) % {"item": item.name})


def missing_for(powers: Iterable[str], evidence: Collection[str]) -> list[str]:
    """The powers that the evidence does not carry: money and originals only with the principal's signature."""
    return [power for power in powers if not set(TABLE["powers"][power]["needs"]) <= set(evidence)]


def check_terms(terms: Terms) -> None:
    """RuleBroken on the first term that does not hold; called before a mandate is written."""
    check_people(terms)
    check_period(terms.starts_on, terms.until_on)
    if not terms.items:
        raise RuleBroken(_("请写明委托办理哪些事项。"))
    for item in terms.items:
        check_item(item)
    if not terms.powers:
        raise RuleBroken(_("请写明委托代办人做什么。"))
    if not terms.evidence:
        raise RuleBroken(_("请留下委托的凭据：签名、照片或者亲属关系。"))
    lacking = missing_for(sorted(terms.powers), terms.evidence)
    if lacking:
        raise RuleBroken(_("“%(power)s”要有委托人的签名才能委托。") % {"power": POWERS[lacking[0]]})


def check_people(terms: Terms) -> None:
    """Two different people; a relative with the tie; an agent of full age (where the age is known)."""
    principal, agent = terms.principal, terms.agent
    if principal.token and principal.token == agent.token:
        raise RuleBroken(_("代办人和委托人不能是同一个人。"))
    if terms.agent_kind == RELATIVE and not terms.relation:
        raise RuleBroken(_("亲属代办的，请写明与委托人的关系。"))
    if agent.birth_on is not None and add_months(agent.birth_on, ADULT_YEARS * 12) > terms.starts_on:
        raise RuleBroken(_("代办人未满 18 周岁，不能代办。"))


def check_period(starts_on: date, until_on: date) -> None:
    if until_on < starts_on:
        raise RuleBroken(_("委托截止日期不能早于开始日期。"))
    if until_on > add_months(starts_on, LONGEST_MONTHS):
        raise RuleBroken(_("委托最长 %(months)d 个月，到期可以续签。") % {"months": LONGEST_MONTHS})


def standing(state: str, starts_on: date, until_on: date, on: date) -> str:
    """What a mandate is on a day: revoked and done as stored; else coming, active or expired."""
    if state != "active":
        return state
    if on < starts_on:
        return "coming"
    return "expired" if on > until_on else "active"


WHY_NOT = {
    "coming": gettext_lazy("委托从%(starts)s起生效，还没有开始。"),
    "expired": gettext_lazy("委托%(until)s到期，请续签后再办。"),
    "revoked": gettext_lazy("委托人已经撤销委托，不能再代办。"),
    "done": gettext_lazy("这份委托已经办结。"),
}


def check_standing(state: str, starts_on: date, until_on: date, on: date) -> None:
    """RuleBroken when nothing may be done under the mandate on that day."""
    found = standing(state, starts_on, until_on, on)
    if found != "active":
        raise RuleBroken(str(WHY_NOT[found]) % {"starts": starts_on.isoformat(), "until": until_on.isoformat()})


def check_power(power: str, powers: Collection[str]) -> None:
    if power not in powers:
        raise RuleBroken(_("委托书没有写“%(power)s”，不能代办。") % {"power": POWERS[power]})


def same_client(principal: Party, applicant: Party) -> bool:
    """Whether an application is the principal's own: the same ID number; where one is unknown nothing is taken for granted."""
    return bool(principal.token) and principal.token == applicant.token


def check_same_client(principal: Party, applicant: Party) -> None:
    """The guard against mixing two clients: what is one person's is never filed under another's mandate."""
    if not same_client(principal, applicant):
        raise RuleBroken(
            _("这个办件的申请人是%(applicant)s，委托人是%(principal)s，不能混在一起。") % {"applicant": applicant.name, "principal": principal.name}
        )


@dataclass(frozen=True)
class Held:
    """So many sheets of one paper that the agent holds: collected less given back."""

    name: str
    count: int
    original: bool
    returned: int = 0

    @property
    def left(self) -> int:
        return self.count - self.returned


def check_return(held: Held, count: int) -> None:
    if count > held.left:
        raise RuleBroken(_("“%(name)s”手里只有 %(left)d 份，不能交还 %(count)d 份。") % {"name": held.name, "left": held.left, "count": count})


def still_held(papers: Iterable[Held]) -> list[Held]:
    return [paper for paper in papers if paper.left > 0]


def check_all_returned(papers: Iterable[Held]) -> None:
    """Originals go back to the resident before a mandate is closed (C-24); copies may stay with the office."""
    left = [paper.name for paper in still_held(papers) if paper.original]
    if left:
        raise RuleBroken(_("还有原件没有交还：%(names)s。") % {"names": "、".join(left)})


def check_open_errands(count: int) -> None:
    if count:
        raise RuleBroken(_("还有 %(count)d 件跑腿事项没有办完。") % {"count": count})


def check_new_agent(before: int | None, after: int | None) -> None:
    """A hand-over goes to somebody else."""
    if after is None or before == after:
        raise RuleBroken(_("请把委托交给另一名代办员。"))
