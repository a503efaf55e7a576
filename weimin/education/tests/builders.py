"""Activities, boards, quizzes and kits, for tests of this and higher rooms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.education.models import (
    Activity,
    Board,
    BoardIssue,
    KitHandout,
    KitStock,
    Letter,
    LetterDelivery,
    Material,
    MaterialMove,
    Quiz,
    QuizCount,
)
from weimin.education.parameters import bank
from weimin.residents.models import Household
from weimin.residents.tests.builders import make_household
from weimin.sites.models import Site
from weimin.sites.tests.builders import make_site
from weimin.walls.actor import Actor

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
TODAY = date(2026, 11, 23)
SERIAL = count(1)


def make_institution(region: int, name: str = "", **over: Any) -> Site:
    """An open institution since 2020; of a township a centre, of a village a station."""
    facts: dict[str, Any] = {"tier": "institution", "opened_on": date(2020, 1, 5), "address": "中心路1号", **over}
    return make_site(region=region, name=name or f"第{next(SERIAL)}卫生服务站", **facts)


def at(on: date, hour: int = 9) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=ZONE)


def make_activity(site: Site, on: date = TODAY - timedelta(days=3), **over: Any) -> Activity:
    """A lecture that is planned; `state="held"` with thirty people."""
    facts: dict[str, Any] = {
        "region": site.region, "institution": site.pk, "institution_name": site.name, "kind": "lecture", "subject": "控油限盐与高血压", "venue": "会议室",
        "starts_at": at(on), "planned_by": "李四", "planned_at": NOW,
    }  # fmt: skip
    if over.get("state") == "held":
        facts |= {"attendance": 30, "recorded_by": "李四", "recorded_at": NOW}
    if over.get("state") == "cancelled":
        facts |= {"reason": "下雨"}
    return Activity.objects.create(**{**facts, **over})


def make_material(site: Site, title: str = "高血压防治手册", **over: Any) -> Material:
    """A printed one with a hundred copies, come in on 5 January 2026."""
    facts: dict[str, Any] = {"medium": "printed", "stock": 100, "entered_by": "李四", "entered_at": NOW, **over}
    row = Material.objects.create(region=site.region, institution=site.pk, title=title, **facts)
    come = {"quantity": row.stock, "times": 0 if row.stock else 1, "on": date(2026, 1, 5)}
    MaterialMove.objects.create(region=site.region, material=row, entered_by="李四", entered_at=NOW, **come)
    return row


def make_board(site: Site, due_on: date = TODAY + timedelta(days=5), **over: Any) -> Board:
    facts: dict[str, Any] = {"name": f"{next(SERIAL)}号宣传栏", "place": "门口", "area": 3, "set_up_on": date(2026, 1, 5), **over}
    return Board.objects.create(region=site.region, institution=site.pk, institution_name=site.name, due_on=due_on, **facts)


def make_issue(board: Board, on: date = date(2026, 9, 20), **over: Any) -> BoardIssue:
    facts: dict[str, Any] = {"subject": "预防手足口病", "on_time": True, "entered_by": "李四", "entered_at": NOW, **over}
    return BoardIssue.objects.create(region=board.region, board=board, on=on, **facts)


def make_letter(number: int = 1, **over: Any) -> Letter:
    facts: dict[str, Any] = {
        "title": "致社区居民的一封信", "greeting": "尊敬的居民朋友", "text": "免费建立健康档案。\n欢迎监督。", "signed_by": "区卫生局", "signed_on": date(2026, 3, 1),
        "written_by": "李四", "written_at": NOW,
    }  # fmt: skip
    return Letter.objects.create(number=number, **{**facts, **over})


def make_delivery(letter: Letter, region: int, copies: int = 200, **over: Any) -> LetterDelivery:
    facts: dict[str, Any] = {"way": "handed", "on": TODAY, "entered_by": "李四", "entered_at": NOW, **over}
    return LetterDelivery.objects.create(letter=letter, region=region, copies=copies, **facts)


def make_quiz(activity: Activity, questions: int = 2, **over: Any) -> Quiz:
    asked = [one.stored() for one in bank()[:questions]]
    return Quiz.objects.create(region=activity.region, activity=activity, questions=asked, made_by="李四", made_at=NOW, **over)


def make_count(quiz: Quiz, phase: str, question: int, answered: int, correct: int, **over: Any) -> QuizCount:
    facts: dict[str, Any] = {"source": "paper", "on": TODAY, **over}
    return QuizCount.objects.create(region=quiz.region, quiz=quiz, phase=phase, question=question, answered=answered, correct=correct, **facts)


def make_stock(site: Site, received: int = 10, **over: Any) -> list[KitStock]:
    """So many of both kinds."""
    facts = {"region": site.region, "institution": site.pk, "institution_name": site.name, "received": received}
    return [KitStock.objects.create(kind=kind, **{**facts, **over}) for kind in ("oil_pot", "salt_spoon")]


def make_handout(household: Household, site: Site, **over: Any) -> KitHandout:
    """A whole kit, without touching the stock."""
    facts: dict[str, Any] = {
        "oil_pot": True, "salt_spoon": True, "received_by": household.head_name or "冉大山", "on": TODAY, "explained": True, "handed_by": "李四", "entered_at": NOW,
    }  # fmt: skip
    ids = {"institution": site.pk, "institution_name": site.name}
    return KitHandout.objects.create(region=household.region, household=household, **ids, **{**facts, **over})


def stocked(region: int, received: int = 10) -> tuple[Site, Household]:
    """An institution with kits in a village, and a household there."""
    site = make_institution(region)
    make_stock(site, received)
    return site, make_household(region, head_name="冉大山")


def act_now(who: Actor, name: str, data: dict[str, Any], key: str = "", *, target: Any = None) -> Receipt:
    """Does an action at the moment that these tests live in; the key is the action's name unless one is given."""
    return act(who, name, data, key or name, target=target, now=NOW)
