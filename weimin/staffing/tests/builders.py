"""People, candidates and appointments for tests; the sites are stations of plan 1."""

from __future__ import annotations

from datetime import date
from itertools import count

from weimin.buildout.tests.acceptance_builders import put_site
from weimin.buildout.tests.money_builders import NOW
from weimin.flows.steps import open_step
from weimin.sites.models import Site
from weimin.staffing.models import Appointment, Certificate, Nomination, Worker

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
