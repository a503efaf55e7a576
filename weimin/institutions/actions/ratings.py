"""Stars of a year: applied for and computed, confirmed, published, or sent back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.flows.steps import move, open_step
from weimin.institutions.actions.base import BUREAU, KEEPERS, check_open, find_institution, find_rating, where
from weimin.institutions.flow import RATING, rating_url
from weimin.institutions.forms.inspections import Why
from weimin.institutions.forms.ratings import ApplyRating, ConfirmRating
from weimin.institutions.models import Institution, Rating
from weimin.institutions.queries.figures import rated
from weimin.institutions.tables import rating_limit
from weimin.institutions.wording import account_of
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


@in_chinese
def title_of(rating: Rating) -> str:
    return _now("%(institution)s %(year)d 年星级评定") % {"institution": rating.institution.site.name, "year": rating.year}


def told(rating: Rating, before: str, message: Any, **after: Any) -> Outcome:
    facts = {"year": rating.year, "state": rating.state, **after}
    return Outcome(rating, before={"state": before} if before else {}, after=facts, reason=rating.reason, message=message, next_url=rating_url(rating.pk))


@register("institutions.apply_rating", label=_("申报星级"), form=ApplyRating, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def apply_rating(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """申报一年的星级，系统按评分办法和那一年的数据当场算出得分和星级；还没有过完的年度用现有数据。"""
    if Rating.objects.filter(institution=institution, year=data["year"]).exclude(state="returned").exists():
        raise RuleBroken(_now("这一年已经申报过。"))
    today = timezone.localdate(now)
    until = min(today, date(data["year"], 12, 31))
    facts, found, scheme = rated(institution, until)
    row = Rating.objects.create(
        institution=institution, region=institution.region, year=data["year"], statement=data["statement"], applied_by=by.name or by.role, applied_at=now,
        scheme_from=scheme.effective_from, computed_on=facts.day or until, account=account_of(found), points=found.points, computed=found.stars,
    )  # fmt: skip
    open_step(RATING, "applied", row, title=title_of(row), region=row.region, now=now, limit=rating_limit("applied", today))
    return told(row, "", _now("已申报，计算得 %(points)s 分。") % {"points": row.points}, computed=row.computed, points=str(row.points))


def at(*states: str) -> Any:
    def check(rating: Rating, actor: Actor, now: datetime) -> None:
        if rating.state not in states:
            raise RuleBroken(_now("这项评定现在是“%(state)s”，不能办理这一步。") % {"state": rating.get_state_display()})

    return check


def advance(rating: Rating, state: str, by: Actor, now: datetime, action: str) -> str:
    before = rating.state
    limit = rating_limit(state, timezone.localdate(now))
    move(rating, RATING, action, before, state, by, now, title=title_of(rating), region=rating.region, limit=limit)
    rating.state = state
    rating.save()
    return before


@register("institutions.confirm_rating", label=_("评定星级"), form=ConfirmRating, roles=BUREAU, find=find_rating, region=where, check=at("applied"))
def confirm_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """核对得分，评定星级；和计算的不同要写明理由。"""
    rating.stars, rating.reason, rating.confirmed_by, rating.confirmed_at = data["stars"], data["reason"], by.name or by.role, now
    before = advance(rating, "confirmed", by, now, "institutions.confirm_rating")
    return told(rating, before, _now("已评定，公布后生效。"), stars=rating.stars, computed=rating.computed)


@register(
    "institutions.publish_rating",
    label=_("公布星级"),
    roles=BUREAU,
    find=find_rating,
    region=where,
    check=at("confirmed"),
    confirm=_("公布后不能再改，确定吗？"),
)
def publish_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """公布一年的星级。"""
    rating.published_by, rating.published_at = by.name or by.role, now
    before = advance(rating, "published", by, now, "institutions.publish_rating")
    return told(rating, before, _now("已公布。"), stars=rating.stars)


@register("institutions.return_rating", label=_("退回申报"), form=Why, roles=BUREAU, find=find_rating, region=where, check=at("applied", "confirmed"))
def return_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """退回申报，写明理由；机构补正后可以再申报。"""
    rating.reason = data["reason"]
    before = advance(rating, "returned", by, now, "institutions.return_rating")
    return told(rating, before, _now("已退回。"))
