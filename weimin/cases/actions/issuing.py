"""Papers are given out by an action: who, when, which; a reprint is the same paper (S6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.cases.issuing import Paper, is_called_for, issue, paper_of
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

GIVERS = ("window", "village", "township", "county_office")


def find_paper(actor: Actor, key: Any) -> Paper:
    return paper_of(actor, str(key))


def check_called_for(paper: Paper, actor: Actor, now: datetime) -> None:
    if paper.issued is None and not is_called_for(paper):
        raise RuleBroken(_now("现在还不能出具“%(paper)s”。") % {"paper": paper.label})


@register(
    "cases.issue_paper", label=_("出具文书"), roles=GIVERS, find=find_paper, region=lambda paper, data: paper.region, check=check_called_for, keeps_draft=False
)  # fmt: skip
def issue_paper(by: Actor, paper: Paper, data: dict[str, Any], now: datetime) -> Outcome:
    """出具一份给居民的文书；出具过的再打印，内容不变。"""
    issued = issue(by, paper, now)
    after = {"kind": str(paper.label), "number": issued.number, "digest": issued.digest}
    return Outcome(issued, after=after, message=_now("文书已出具：%(number)s") % {"number": issued.number}, next_url=reverse("cases:paper", args=[issued.pk]))
