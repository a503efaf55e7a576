"""What is measured of "小病在社区，大病到医院，康复回社区", by village, from what happened (plan 3 二（一）; A-14, A-17, A-27).

As the indicators of health: one line for each referral (or person), the figure is their sum, and the persons behind it are the lines.
The year up to the day; before the first quarter is over the year before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import ZONE
from weimin.health.gathering import counted_from, uncorrected
from weimin.health.indicators import define
from weimin.health.lines import Lines
from weimin.health.periods import period_of
from weimin.indicators.registry import Measured, indicator
from weimin.referrals.limits import days

PLAN, FORMS = _("对口支援登记"), _("双向转诊单")
WHO = "r.region, r.doctor, r.record_id AS record, r.resident_id AS resident"
HERE = "r.region BETWEEN %(low)s AND %(high)s"
UP = f"{HERE} AND r.direction = 'up' AND r.state <> 'cancelled' AND r.sent_at >= %(first_at)s AND r.sent_at < %(end_at)s"
VISITED = f"""((r.visited_on > r.returned_on AND r.visited_on <= r.returned_on + %(recovery)s AND r.visited_on <= %(on)s) OR EXISTS (
  SELECT 1 FROM health_visit v WHERE v.record_id = r.record_id AND v."on" > r.returned_on AND v."on" <= r.returned_on + %(recovery)s
  AND v."on" <= %(on)s AND {uncorrected()}))"""


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def at(low: int, high: int, on: date) -> dict[str, Any]:
    period = period_of(on)
    ends = {"first_at": midnight(period.first), "end_at": midnight(period.until + timedelta(days=1))}
    return {"low": low, "high": high, "on": on, "first": period.first, "until": period.until, "recovery": days("recovery_visit", on)} | ends


def answered(low: int, high: int, on: date) -> Lines:
    """Each time that a hospital was asked: answered before its clock ran out. What is still running, or was cancelled, is not counted."""
    sql = f"""SELECT {WHO}, coalesce(s.closed_at < s.due_at AND s.closed_at < %(end_at)s, false) AS reached
      FROM flows_step s JOIN referrals_referral r ON r.id = s.subject_id
      WHERE s.subject_type = 'referrals.referral' AND s.flow = 'referral' AND s.state = 'sent' AND s.role = 'hospital' AND {HERE}
      AND s.opened_at >= %(first_at)s AND s.opened_at < %(end_at)s AND s.outcome <> 'referrals.cancel'
      AND (s.closed_at < %(end_at)s OR s.due_at <= %(end_at)s)"""
    return Lines(sql, at(low, high, on))


def back_with_summary(low: int, high: int, on: date) -> Lines:
    """大病到医院，康复回社区: of the patients sent who arrived, those who came back with the hospital's summary."""
    sql = f"""SELECT {WHO}, coalesce(r.returned_on <= %(on)s AND EXISTS (SELECT 1 FROM referrals_summary y WHERE y.referral_id = r.id), false) AS reached
      FROM referrals_referral r WHERE {UP} AND r.arrived_on <= %(on)s"""
    return Lines(sql, at(low, high, on))


def visited_after(low: int, high: int, on: date) -> Lines:
    """康复回社区: of those sent back, up or straight down, whoever was visited within two weeks; the last two weeks count once visited."""
    sql = f"""SELECT * FROM (SELECT {WHO}, {VISITED} AS reached, r.returned_on FROM referrals_referral r
      WHERE {HERE} AND r.returned_on BETWEEN %(first)s AND %(until)s) back WHERE reached OR returned_on + %(recovery)s < %(on)s"""
    return Lines(f"SELECT region, doctor, record, resident, reached FROM ({sql}) counted", at(low, high, on))


def followed(low: int, high: int, on: date) -> Lines:
    """两周内追踪 (A-14, A-17, A-27); the last two weeks count once asked after."""
    sql = f"""SELECT {WHO}, coalesce(r.followed_on <= r.follow_by AND r.followed_on <= %(on)s, false) AS reached FROM referrals_referral r
      WHERE {UP} AND (r.follow_by < %(on)s OR r.followed_on <= %(on)s)"""
    return Lines(sql, at(low, high, on))


def stayed_here(low: int, high: int, on: date) -> Lines:
    """小病在社区: of the people whom the community visited in the year, those who did not have to be sent up."""
    sql = """SELECT h.region, h.doctor, h.id AS record, h.resident_id AS resident, NOT EXISTS (
        SELECT 1 FROM referrals_referral r WHERE r.record_id = h.id AND r.direction = 'up' AND r.state <> 'cancelled'
        AND r.sent_at >= %(first_at)s AND r.sent_at < %(end_at)s) AS reached
      FROM (SELECT DISTINCT record_id FROM year_visits) v JOIN health_healthrecord h ON h.id = v.record_id
      WHERE h.region BETWEEN %(low)s AND %(high)s"""
    return Lines(counted_from(sql, "year_visits"), at(low, high, on))


SENT = _("上转的病人（不含取消的）")
define("referrals.answered_in_time", _("转诊按时答复率"), FORMS, _("医院在时限内答复的转诊"), _("发给医院、已答复或时限已过的转诊"), answered)
define("referrals.back_with_summary", _("上转病人转回率"), FORMS, _("医院写了小结并转回社区的病人"), _("上转后到院的病人"), back_with_summary)
define("referrals.visited_after", _("转回后两周内随访率"), FORMS, _("转回后两周内做过康复随访的病人"), _("转回社区满两周或已随访的病人"), visited_after)
define("referrals.followed", _("转诊两周内追踪率"), FORMS, _("两周内追踪到结果的转诊"), _("上转满两周或已追踪的转诊"), followed)
define("referrals.stayed_here", _("在社区就能管好的居民"), _("随访记录、双向转诊单"), _("当年没有上转的居民"), _("当年社区随访过的居民"), stayed_here)


def counted(sql: str, parameters: dict[str, Any]) -> Measured:
    """Rows of (region, numerator, denominator). One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {region: (int(part), int(whole)) for region, part, whole in cursor.fetchall()}


def number(code: str, label: Any, unit: str, source: Any, words: Any) -> Callable[[Any], Any]:
    return indicator(code, label=label, unit=unit, direction="up", source=source, numerator=words)


@number("referrals.up", _("上转人次"), "人次", FORMS, SENT)  # text: data
def up(low: int, high: int, on: date) -> Measured:
    return counted(f"SELECT r.region, count(*), 0 FROM referrals_referral r WHERE {UP} GROUP BY r.region", at(low, high, on))


@indicator(
    "referrals.back_ratio", label=_("下转与上转之比"), unit="%", direction="up", source=FORMS, numerator=_("转回社区的病人（含直接下转）"), denominator=SENT
)
def back_ratio(low: int, high: int, on: date) -> Measured:
    sql = f"""SELECT r.region, count(*) FILTER (WHERE r.returned_on BETWEEN %(first)s AND %(until)s), count(*) FILTER (WHERE {UP})
      FROM referrals_referral r WHERE {HERE} GROUP BY r.region"""
    return counted(sql, at(low, high, on))


@number("referrals.support_days", _("对口支援天数"), "天", PLAN, _("支援医院的医生到机构工作的天数"))  # text: data
def support_days(low: int, high: int, on: date) -> Measured:
    sql = f"""SELECT r.region, sum(r.days), 0 FROM referrals_supportvisit r WHERE {HERE} AND r.withdrawn_on IS NULL
      AND r."on" BETWEEN %(first)s AND %(until)s GROUP BY r.region"""
    return counted(sql, at(low, high, on))


@indicator(
    "referrals.paired", label=_("对口支援覆盖率"), unit="%", direction="up", source=PLAN, numerator=_("有对口支援医院的机构"), denominator=_("社区卫生服务机构")
)
def paired(low: int, high: int, on: date) -> Measured:
    sql = f"""SELECT r.region, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM referrals_pairing p WHERE (p.institution_site = r.id OR p.institution = r.name)
        AND p.from_on <= %(on)s AND (p.until_on IS NULL OR p.until_on >= %(on)s) AND (p.ended_on IS NULL OR p.ended_on > %(on)s))), count(*)
      FROM sites_site r WHERE {HERE} AND r.tier = 'institution' AND r.opened_on <= %(on)s AND (r.closed_on IS NULL OR r.closed_on > %(on)s) GROUP BY r.region"""
    return counted(sql, at(low, high, on))
