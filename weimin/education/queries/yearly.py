"""What an institution owes in a year, what is done and what is missing; for one institution and for a page of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from weimin.education.models import Activity, ActivityState, Board, BoardIssue, MaterialMove, YearPlan
from weimin.education.parameters import Minimums, minimums
from weimin.education.queries.activities import midnight
from weimin.education.rules import Progress, level_for, progress, progress_of_year, spans, standing
from weimin.regions.narrowing import typed_code
from weimin.regions.rules import range_of
from weimin.sites.models import Site, SiteState, Tier
from weimin.walls.actor import Actor

LABELS = {
    "lectures": _("健康知识讲座（次）"), "consultations": _("公众健康咨询（次）"), "printed": _("印刷资料（种）"), "audio_visual": _("音像资料（种）"),
    "boards": _("宣传栏（个）"), "issues": _("宣传栏更换（期）"),
}  # fmt: skip


@dataclass(frozen=True)
class Year:
    """The year of one institution: its minimums with their source, and each line of progress."""

    site: Site
    year: int
    plan: YearPlan | None
    rule: Minimums
    lines: list[Progress]

    @property
    def missing(self) -> list[Progress]:
        return [line for line in self.lines if line.missing]

    @property
    def each(self) -> list[tuple[Any, Progress]]:
        """Every line with its label, owed or not: the columns of a table."""
        return [(LABELS[line.key], line) for line in self.lines]

    @property
    def labelled(self) -> list[tuple[Any, Progress]]:
        return [(LABELS[line.key], line) for line in self.lines if line.whole or line.done]


def institutions(actor: Actor, chosen: dict[str, str]) -> QuerySet[Site]:
    """Open institutions of the range, by township."""
    rows = Site.objects.visible_to(actor).filter(tier=Tier.INSTITUTION, state=SiteState.OPEN)
    if township := typed_code(chosen.get("township", "")):
        low, high = range_of(township)
        rows = rows.filter(region__gte=low, region__lte=high)
    return rows


def get_institution(actor: Actor, number: int) -> Site:
    """Site.DoesNotExist when hidden, missing or of another tier."""
    return Site.objects.visible_to(actor).get(pk=number, tier=Tier.INSTITUTION)


def counted(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[str, int]]:
    """(institution, what, number) as institution → what → number."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for institution, what, number in rows:
        found[institution][what] += number
    return found


def years_of(actor: Actor, sites: Sequence[Site], year: int, today: date) -> list[Year]:
    """The year of each institution up to today. Five queries however many there are."""
    keys, span = [site.pk for site in sites], (date(year, 1, 1), date(year + 1, 1, 1))
    on = min(today, span[1] - timedelta(days=1))
    days = {"starts_at__gte": midnight(span[0]), "starts_at__lt": midnight(min(today + timedelta(days=1), span[1]))}
    held = Activity.objects.visible_to(actor).filter(institution__in=keys, state=ActivityState.HELD, **days).order_by()
    activities = counted(held.values_list("institution", "kind").annotate(number=Count("pk")))
    moved = MaterialMove.objects.visible_to(actor).filter(material__institution__in=keys, on__gte=span[0], on__lt=span[1]).order_by()
    shown = counted(moved.values_list("material__institution", "material__medium").annotate(number=Count("material", distinct=True)))
    plans = {row.institution: row for row in YearPlan.objects.visible_to(actor).filter(institution__in=keys, year=year)}
    boards = board_counts(actor, keys, span)
    found = []
    for site in sites:
        plan = plans.get(site.pk)
        rule = minimums(plan.level if plan else level_for(site.region), span[0])
        lines = progress_lines(site, rule, year, on, activities[site.pk], {**shown[site.pk], **boards[site.pk]})
        found.append(Year(site, year, plan, rule, lines))
    return found


def board_counts(actor: Actor, keys: list[int], span: tuple[date, date]) -> dict[int, dict[str, int]]:
    """Institution → boards that stood at the end of the year (or now), and changes of the year."""
    boards = Board.objects.visible_to(actor).filter(institution__in=keys, set_up_on__lt=span[1]).exclude(removed_on__lt=span[1]).order_by()
    issues = BoardIssue.objects.visible_to(actor).filter(board__institution__in=keys, on__gte=span[0], on__lt=span[1]).order_by()
    found = counted((institution, "boards", number) for institution, number in boards.values_list("institution").annotate(number=Count("pk")))
    for institution, number in issues.values_list("board__institution").annotate(number=Count("pk")):
        found[institution]["issues"] = number
    return found


def progress_lines(site: Site, rule: Minimums, year: int, on: date, activities: dict[str, int], things: dict[str, int]) -> list[Progress]:
    def held(kinds: Iterable[str]) -> int:
        return sum(activities.get(kind, 0) for kind in kinds)

    since, times = site.opened_on, 12 // rule.board_months
    boards = spans(times, year, since)
    issues = [span for span in boards for _board in range(rule.boards)]
    return [
        progress("lectures", spans(rule.lectures, year, since), held(rule.counts_lectures), on),
        progress("consultations", spans(rule.consultations, year, since), held(rule.counts_consultations), on),
        progress_of_year("printed", rule.printed, things.get("printed", 0), year, on),
        progress_of_year("audio_visual", rule.audio_visual, things.get("audio_visual", 0), year, on),
        standing("boards", rule.boards, things.get("boards", 0), on),
        progress("issues", issues, things.get("issues", 0), on),
    ]  # fmt: skip


def year_of(actor: Actor, site: Site, year: int, today: date) -> Year:
    return years_of(actor, [site], year, today)[0]
