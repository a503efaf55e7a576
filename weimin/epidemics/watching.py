"""Every report is looked at as it comes: a cluster raises an alert, the same cluster again makes the open alert larger."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from weimin.calendars.clock import Limit, due
from weimin.calendars.queries import calendar_for
from weimin.epidemics.flow import ALERT, alert_url
from weimin.epidemics.models import Alert, AlertState, CaseReport, CaseState, DailyReport, FamilyReport, Place
from weimin.epidemics.parameters import Clusters, Threshold, clusters_on
from weimin.epidemics.rules_cluster import Cluster, Day, clusters, tally
from weimin.flows.steps import close_step, current_step, open_step
from weimin.messages.sending import send
from weimin.regions.rules import range_of
from weimin.ui.language import in_chinese
from weimin.walls.actor import system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy

LOOKS_BACK = 60  # days of reports that are read; no threshold looks further
ENDED = ("dismissed", "closed")
WATCHER = 0x6570_6964  # advisory lock: who has written a report looks alone, and sees what the one before has written


def alone(what: str, number: int) -> None:
    """Until the end of the transaction. Without it two classes that report in one moment do not see each other, and nobody sees both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [WATCHER, f"{tenancy.schema_name} {what} {number}"])


def days_of_place(place: Place, since: date) -> list[Day]:
    rows = DailyReport.objects.filter(place=place, on__gte=since).values_list("on", "group_id", "expected", "ill", "symptoms")
    return [Day(on, group, expected, ill, symptoms) for on, group, expected, ill, symptoms in rows]


def cases_of(rows: QuerySet[CaseReport]) -> list[Day]:
    return [Day(on, group, cases={disease: 1}) for on, group, disease in rows.values_list("onset_on", "group_id", "disease")]


def watch_place(place: Place, on: date, now: datetime) -> list[Alert]:
    """After a report of a school: the thresholds of symptoms and rates."""
    alone("place", place.pk)
    days = days_of_place(place, on - timedelta(days=LOOKS_BACK))
    return watch(days, ("class", "school"), ("symptom", "rate"), place.region, place, on, now)


def watch_families(region: int, on: date, now: datetime) -> list[Alert]:
    """After a report of a family: what the families of the village have in common."""
    alone("village", region)
    rows = FamilyReport.objects.filter(region=region, on__gte=on - timedelta(days=LOOKS_BACK)).values_list("on", "sick", "symptoms")
    days = [Day(day, symptoms=dict.fromkeys(symptoms, sick)) for day, sick, symptoms in rows]
    return watch(days, ("village",), ("symptom",), region, None, on, now)


def watch_cases(card: CaseReport, now: datetime) -> list[Alert]:
    """After a card: what is alarming as a single case where the person lives, and cases of the school, wherever its pupils live.

    The rule counts what the writer of the card may not see (a pupil of another village); an alert says how many and names nobody.
    """
    alone("village", card.region)
    raised = watch(cases_of(counted(card).filter(region=card.region)), ("village",), ("case",), card.region, None, card.onset_on, now)
    if card.place is None:
        return raised
    alone("place", card.place.pk)
    low, high = range_of(card.place.region - card.place.region % 10**6)
    with entered(system_actor(low, high, name="epidemics")):
        own = cases_of(counted(card).filter(place=card.place))
        return raised + watch(own, ("class", "school"), ("case",), card.place.region, card.place, card.onset_on, now)


def counted(card: CaseReport) -> QuerySet[CaseReport]:
    """Cards of the disease that count, without carriers."""
    since = card.onset_on - timedelta(days=LOOKS_BACK)
    return CaseReport.objects.filter(state__in=[CaseState.DUE, CaseState.REPORTED], disease=card.disease, onset_on__gte=since).exclude(kind="carrier")


def watch(
    days: list[Day], scopes: tuple[str, ...], kinds: tuple[str, ...], region: int, place: Place | None, on: date, now: datetime
) -> list[Alert]:  # fmt: skip
    """The windows that end on the day and on every later day with a report, in order: a late entry is not overlooked."""
    table = clusters_on(on)
    asked = [one for one in table.thresholds if one.scope in scopes and one.what in kinds]
    touched: dict[int, Alert] = {}
    known = list(Alert.objects.select_for_update(of=("self",)).filter(region=region, place=place).order_by("raised_at", "pk"))
    for until in sorted({day.on for day in days if day.on >= on}):
        for cluster in clusters(days, asked, until):
            threshold = table.find(cluster.rule)
            alert = settle(known, days, cluster, threshold, table, region, place, now)
            if alert is not None:
                touched[alert.pk] = alert
    return list(touched.values())


def settle(
    known: list[Alert], days: list[Day], cluster: Cluster, threshold: Threshold, table: Clusters, region: int, place: Place | None, now: datetime
) -> Alert | None:  # fmt: skip
    """Raises or extends; None when the cluster is wholly one that was dismissed or closed before."""
    same = [one for one in known if (one.group_id, one.what, one.of) == (cluster.group, threshold.what, cluster.of)]
    for alert in same:
        if alert.state not in ENDED:
            return extend(alert, days, cluster, threshold, now)
    ended = [one for one in known if one.state in ENDED and (one.what, one.of) == (threshold.what, cluster.of)]
    if ended:
        fresh = clusters([day for day in days if not any(covers(alert, day) for alert in ended)], [threshold], cluster.last_on)
        again = next((one for one in fresh if (one.group, one.of) == (cluster.group, cluster.of)), None)
        if again is None:
            return None
        cluster = again
    alert = raise_alert(cluster, threshold, table, region, place, now)
    known.append(alert)
    return alert


def covers(alert: Alert, day: Day) -> bool:
    """Whether an alert that has ended spoke of a day already: of its class, or of the whole school."""
    return day.on <= alert.last_on and alert.group_id in (None, day.group)


def facts_of(cluster: Cluster, threshold: Threshold) -> dict[str, object]:
    return {
        "count": cluster.count, "need": threshold.count, "days": threshold.days, "percent": threshold.percent, "expected": cluster.expected,
        "first": cluster.first_on.isoformat(), "last": cluster.last_on.isoformat(),
    }  # fmt: skip


@in_chinese
def raise_alert(cluster: Cluster, threshold: Threshold, table: Clusters, region: int, place: Place | None, now: datetime) -> Alert:
    limit = Limit(threshold.verify_hours, "hour")
    alert = Alert.objects.create(
        region=region, place=place, group_id=cluster.group, what=threshold.what, of=cluster.of, rules={cluster.rule: facts_of(cluster, threshold)},
        rules_from=table.effective_from, count=cluster.count, first_on=cluster.first_on, last_on=cluster.last_on, raised_at=now,
        due_at=due(limit, now, calendar_for(region)).at,
    )  # fmt: skip
    title = _("核实聚集性预警：%(place)s") % {"place": alert.place or _("村（社区）")}
    open_step(ALERT, AlertState.RAISED, alert, title=title, region=region, now=now, limit=limit)
    text = _("%(place)s出现聚集性症状，请按时限核实。") % {"place": alert.place or _("辖区")}
    send("institution", region, text, alert_url(alert.pk), now, urgent=True)
    return alert


def tighten(alert: Alert, threshold: Threshold, now: datetime) -> None:
    """A stricter rule that is reached too shortens the hours of an alert that nobody has looked into yet; its step begins anew."""
    limit = Limit(threshold.verify_hours, "hour")
    end = due(limit, now, calendar_for(alert.region)).at
    step = current_step(alert, ALERT) if alert.state == AlertState.RAISED and end < alert.due_at else None
    if step is None:
        return
    close_step(step, system_actor(), now, "epidemics.tightened")
    open_step(ALERT, AlertState.RAISED, alert, title=step.title, region=alert.region, now=now, limit=limit)
    alert.due_at = end
    alert.save(update_fields=["due_at"])


def extend(alert: Alert, days: list[Day], cluster: Cluster, threshold: Threshold, now: datetime) -> Alert | None:
    """The open alert grows: a further rule, more people, a later day. None when it says nothing new."""
    whole = tally(days, threshold, cluster.of, cluster.group, alert.first_on) if threshold.what != "rate" else cluster
    count, last = max(alert.count, (whole or cluster).count), max(alert.last_on, (whole or cluster).last_on)
    before = alert.rules.get(cluster.rule, {})
    larger = before.get("count", 0) < cluster.count
    if (count, last) == (alert.count, alert.last_on) and not larger:
        return None
    if larger:
        alert.rules = alert.rules | {cluster.rule: facts_of(cluster, threshold)}
    tighten(alert, threshold, now)
    alert.extended += (count, last) != (alert.count, alert.last_on)
    alert.count, alert.last_on, alert.first_on = count, last, min(alert.first_on, cluster.first_on)
    alert.save(update_fields=["rules", "count", "last_on", "first_on", "extended"])
    return alert
