"""People, candidates and appointments for tests; the sites are stations of plan 1."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from weimin.buildout.tests.acceptance_builders import put_site
from weimin.buildout.tests.money_builders import NOW
from weimin.flows.steps import open_step
from weimin.sites.models import Site
from weimin.staffing.models import Activity, ActivityHours, Appointment, Certificate, Holding, Nomination, ServicePost, ServiceProof, Worker

PHONES = count(13800000001)
CRITERIA = ("willingness", "fit", "accepts_management")
PERSON = {"name": "冉小红", "phone": "13912345678", "gender": "f", "birth_year": "1992", "background": "返乡创业青年"}
NOMINATED = {**PERSON, "opinion": "会用电脑，熟悉网购", "roles": ["helper", "jd_buyer"]}


def station(region: int, state: str = "filed") -> Site:
    return put_site(region, state=state).site


def make_worker(region: int, name: str = "冉小红", phone: str = "", **over) -> Worker:
    return Worker.objects.create(region=region, name=name, phone=phone or str(next(PHONES)), **over)


def good_marks(**over) -> dict[str, dict[str, str]]:
    return {key: {"label": key, "mark": over.get(key, "good"), "remark": ""} for key in CRITERIA}


def make_nomination(site: Site, state: str = "nominated", worker: Worker | None = None, **over) -> Nomination:
    """A candidate in a state, with the open step that the state has."""
    facts: dict = {"nominated_by": "张合伙", "nominated_at": NOW, "plan": site.project.plan_id, "state": state}
    if state != "nominated":
        facts |= {"examined_by": "李四", "examined_at": NOW, "marks": good_marks()}
    if state in ("chosen", "refused"):
        facts |= {"decided_by": "李四", "decided_at": NOW, "reason": "综合考察"}
    worker = worker or make_worker(site.region, f"人选{Worker.objects.count()}")
    row = Nomination.objects.create(site=site, region=site.region, worker=worker, **{**facts, **over})
    if state in ("nominated", "examined"):
        open_step("nomination", state, row, title=f"考察{worker.name}", region=site.region, now=NOW)
    return row


def make_candidates(site: Site, *states: str) -> list[Nomination]:
    return [make_nomination(site, state) for state in states]


def make_appointment(site: Site, worker: Worker | None = None, **over) -> Appointment:
    worker = worker or make_worker(site.region)
    return Appointment.objects.create(**{"site": site, "region": site.region, "worker": worker, "job": "值班人员", "starts_on": date(2026, 10, 1), **over})


def make_certificate(worker: Worker, **over) -> Certificate:
    return Certificate.objects.create(**{"worker": worker, "region": worker.region, "kind": "淘帮手培训", "issued_on": date(2026, 11, 1), **over})


def examined(mark: str = "good", **over) -> dict[str, str]:
    """What the form of an examination takes: the same mark for every point, but those given."""
    marks = {f"mark_{key}": over.get(key, mark) for key in CRITERIA}
    remarks = {f"remark_{key}": "本人说明了情况" for key in CRITERIA}
    return {**marks, **remarks, "opinion": "同意"}


def make_post(site: Site, **over) -> ServicePost:
    facts = {"name": "便民代办岗", "duties": ["替群众代办"], "places": 2, "capacities": ["party", "volunteer"], "set_up_on": date(2026, 1, 5)}
    return ServicePost.objects.create(**{"site": site, "region": site.region, **facts, **over})


def make_holding(post: ServicePost, worker: Worker | None = None, **over) -> Holding:
    worker = worker or make_worker(post.region)
    return Holding.objects.create(**{"post": post, "region": post.region, "worker": worker, "capacity": "party", "starts_on": date(2026, 3, 1), **over})


def make_activity(site: Site, on: date = date(2026, 11, 20), **over) -> Activity:
    """From nine to twelve."""
    facts = {
        "name": "清洁家园", "content": "打扫村道", "place": "村口", "unit": "村党支部", "leader": "李四", "entered_by": "李四", "entered_at": NOW,
        "starts_at": at(on, 9), "ends_at": at(on, 12),
    }  # fmt: skip
    return Activity.objects.create(**{"site": site, "region": site.region, **facts, **over})


def at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), ZoneInfo("Asia/Shanghai"))


def make_hours(activity: Activity, worker: Worker, **over) -> ActivityHours:
    """The whole activity."""
    minutes = int((activity.ends_at - activity.starts_at).total_seconds() / 60)
    facts = {"starts_at": activity.starts_at, "ends_at": activity.ends_at, "minutes": minutes, "recorded_by": "李四", "recorded_at": NOW}
    return ActivityHours.objects.create(**{"activity": activity, "region": activity.region, "worker": worker, **facts, **over})


def make_proof(worker: Worker, number: str = "ZY20261123-AAAAAA", **over) -> ServiceProof:
    facts = {
        "starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 23), "minutes": 180, "unit": "村党支部", "purpose_of_use": "升学", "issued_by": "李四",
        "issued_at": NOW, "lines": [["2026-11-20", "清洁家园", "打扫村道", "村党支部", 180]],
    }  # fmt: skip
    return ServiceProof.objects.create(**{"number": number, "region": worker.region, "worker": worker, **facts, **over})
