"""What holds for candidates, choices and certificates. Pure: no query, clock, person or request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from weimin.walls.errors import RuleBroken

GOOD, FAIR, POOR = "good", "fair", "poor"
PASS_SCORE = 60  # the plans name no figure; the usual mark of a test, confirmed by the county


@dataclass(frozen=True)
class Candidates:
    """How many candidates of one site stand in which state."""

    nominated: int = 0
    examined: int = 0
    chosen: int = 0
    refused: int = 0
    withdrawn: int = 0

    @property
    def put_forward(self) -> int:
        """Everybody who was nominated and not withdrawn: what the plan's least number counts."""
        return self.nominated + self.examined + self.chosen + self.refused

    @property
    def standing(self) -> int:
        """Who can still be chosen or is: what the plan's largest number limits."""
        return self.nominated + self.examined + self.chosen


def check_room_for_more(found: Candidates, most: int) -> None:
    if found.chosen:
        raise RuleBroken(_("这个站点已经确定人选，不再推荐。"))
    if found.standing >= most:
        raise RuleBroken(_("每个站点最多推荐 %(most)d 人，已经推荐 %(now)d 人。") % {"most": most, "now": found.standing})


def check_choice(found: Candidates, least: int, marks: Mapping[str, Mapping[str, str]]) -> None:
    """One village, one site, one person: an examined candidate out of enough, found wanting in nothing."""
    if found.chosen:
        raise RuleBroken(_("一村一点一人：这个站点已经确定人选。"))
    if found.put_forward < least:
        raise RuleBroken(_("每个站点至少推荐 %(least)d 人，现在只有 %(now)d 人，不能确定人选。") % {"least": least, "now": found.put_forward})
    poor = [entry["label"] for entry in marks.values() if entry["mark"] == POOR]
    if poor:
        raise RuleBroken(_("考察有不符合的项目（%(items)s），不能确定为人选。") % {"items": "、".join(poor)})  # text: data


def check_refusable(state: str, found: Candidates) -> None:
    """Who was not examined is refused only when somebody else has been chosen."""
    if state == "nominated" and not found.chosen:
        raise RuleBroken(_("还没有考察，不能决定不用。请先考察。"))


def check_passed(score: int | None) -> None:
    if score is not None and score < PASS_SCORE:
        raise RuleBroken(_("成绩 %(score)d 分，不到 %(pass)d 分，不能发证。") % {"score": score, "pass": PASS_SCORE})


def is_valid(issued_on: date, expires_on: date | None, on: date) -> bool:
    return issued_on <= on and (expires_on is None or expires_on >= on)


def filing_words(wanted: int, chosen: int, filed: int) -> str:
    """Where a township's list stands: complete, part (some not chosen or not filed), none."""
    if wanted and filed >= wanted:
        return "complete"
    return "part" if filed else "none"
