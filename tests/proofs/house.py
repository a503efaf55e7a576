"""A jurisdiction with the same things in two townships: plan 1 applied, and in each township one of everything.

What is in the other township carries CANARY in every word that a person typed, so that a page which shows it gives itself away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from proofs.house_api import api_things, program_of
from proofs.house_cases import one_of_agency, one_of_cases
from proofs.house_catalogue import catalogue
from proofs.house_education import one_of_education
from proofs.house_epidemics import one_of_epidemics
from proofs.house_examinations import one_of_examinations
from proofs.house_exchange import one_of_exchange
from proofs.house_health import one_of_health
from proofs.house_institutions import issued, one_of_institutions
from proofs.house_portal import receipts
from proofs.house_reception import reception
from proofs.house_referrals import one_of_referrals
from proofs.house_residents import one_of_residents
from proofs.pages import anonymous, client_of
from proofs.seats import COUNTY, OTHER_TOWNSHIP, ROLES, TOWNSHIP, seat_of
from weimin.accounts.models import Person, Post
from weimin.accounts.queries import actor_in, seats_of
from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.attachments.attaching import attach
from weimin.attachments.tests.builders import picture
from weimin.buildout.models import Acceptance, Campaign, Plan, Project, Quota
from weimin.buildout.tests.acceptance_builders import put_site
from weimin.buildout.tests.money_builders import put_allocation, put_centre, put_invoice, put_plan
from weimin.buildout.tests.siting_builders import QUESTION, make_candidate
from weimin.flows.models import Step
from weimin.health.models import HealthRecord
from weimin.indicators.storing import store_day
from weimin.jurisdictions.models import Jurisdiction
from weimin.messages.sending import send
from weimin.sites.models import Site
from weimin.sites.tests.builders import make_equipment, make_room
from weimin.staffing.models import Filing, LeadingGroup
from weimin.staffing.tests.builders import make_appointment, make_certificate, make_nomination, make_worker
from weimin.trail.models import Entry
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CANARY, TUPO = "金丝雀", 341221203000
PHONE, ID_NUMBER = "13987654321", "50024219900101123X"
Things = dict[str, Any]


@contextmanager
def within(code: int) -> Iterator[None]:
    """Inside the schema of a jurisdiction, whatever the tests were inside before."""
    outer = connection.tenant
    connection.set_tenant(Jurisdiction.objects.get(code=code))
    try:
        yield
    finally:
        connection.set_tenant(outer)


def take_post(role: str, region: int, name: str = "张三") -> Actor:
    person = Person.objects.create(login=f"{role}-{region}", name=name)
    Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))
    return actor_in(person, seats_of(person, TODAY)[0])


@dataclass
class House:
    """Who is there and what: `inside` lies in the first township, `outside` in the second, `shared` belongs to all."""

    inside: Things = field(default_factory=dict)
    outside: Things = field(default_factory=dict)
    clients: dict[tuple[str, int], Client] = field(default_factory=dict)
    stranger: Client | None = None
    programs: dict[tuple[str, int], Client] = field(default_factory=dict)
    strange_program: Client | None = None

    def client(self, role: str, region: int | None = None) -> Client:
        """The browser of a role at its own place (county or first township), or at another."""
        return self.clients[role, region or seat_of(role)]

    def program(self, role: str, region: int | None = None) -> Client:
        """A program with a token of the same post, open for everything that the post may do."""
        return self.programs[role, region or seat_of(role)]


def build() -> House:
    """Inside the jurisdiction and a transaction; takes about three seconds."""
    house = House()
    with entered(system_actor()):
        plan = put_plan()
        house.inside = one_of_everything(plan, TOWNSHIP, "")
        house.outside = one_of_everything(plan, OTHER_TOWNSHIP, CANARY)
        shared = papers_of_all(plan) | catalogue() | issued()
        house.inside |= shared
        house.outside |= shared
    with entered(system_actor(), role="NONE"):
        store_day(TODAY, NOW)
    for role in ROLES:
        for region in {COUNTY, TOWNSHIP, OTHER_TOWNSHIP}:
            who = take_post(role, region)
            house.clients[role, region], house.programs[role, region] = client_of(who), program_of(who)
    add_receipts(house)
    with within(TUPO):
        who = take_post("lead_office", TUPO)
        house.stranger, house.strange_program = client_of(who), program_of(who)
    house.clients["", COUNTY] = anonymous()
    return house


def one_of_everything(plan: Plan, township: int, mark: str) -> Things:
    """pk of each kind of record in a township; `mark` goes into every name and remark."""
    village = township + 200
    station = put_site(village, state="accepted", plan=plan, accepted_on=TODAY)
    waiting = put_site(village + 1, state="filed", plan=plan)
    site = renamed(station.site, mark or "本乡站")
    worker = make_worker(village, f"{mark}冉小红", PHONE, background=mark)
    nomination = make_nomination(waiting.site, worker=worker, opinion=mark)
    filing = Filing.objects.create(region=township, plan=plan.pk, people=1, note=mark, filed_by=mark or "李四", filed_at=NOW)
    things: Things = {
        "plan": plan.pk, "township": township, "village": village, "site": site.pk, "project": station.pk, "waiting": waiting.pk, "worker": worker.pk,
        "nomination": nomination.pk, "filing": filing.pk, "quota": Quota.objects.get(region=township).pk, "name": mark,
    }  # fmt: skip
    furnish(site, worker, mark)
    things |= api_things(township, mark) | one_of_cases(village, mark) | one_of_agency(village, mark)
    things |= one_of_residents(village, mark) | receipts(things["case"])
    things |= reception(site, worker, mark) | one_of_health(village, mark)
    things |= one_of_education(village, mark)
    things |= one_of_referrals(village, mark)
    things |= one_of_exchange(HealthRecord.objects.get(pk=things["health_record"]), mark)
    things |= one_of_institutions(village, mark)
    things |= one_of_epidemics(village, mark)
    things |= one_of_examinations(village, mark)
    return things | people_and_papers(plan, site, station, mark) | money(plan, township, mark)


def renamed(site: Site, name: str) -> Site:
    site.name = site.address = name
    site.save()
    Project.objects.filter(site=site).update(name=name)
    Step.objects.filter(region=site.region).update(title=f"{name}备案", due_at=NOW + timedelta(days=30))
    return site


def furnish(site: Site, worker: Any, mark: str) -> None:
    make_equipment(site, kind=f"{mark}电脑", asset_number=mark)
    make_room(site, name=f"{mark}会议室")
    make_appointment(site, worker, job=f"{mark}值班")
    make_certificate(worker, number=mark, issued_by=mark)


def people_and_papers(plan: Plan, site: Site, station: Project, mark: str) -> Things:
    """A person with a post, an attachment, a message, an entry of the trail, a round of acceptance, a campaign, candidates and a run."""
    person = Person.objects.create(login=f"p{site.region}", name=f"{mark}王五")
    Post.objects.create(person=person, role="township", region=site.region, starts_on=date(2020, 1, 1), unit=mark)
    who = actor_in(person, seats_of(person, TODAY)[0])
    upload = SimpleUploadedFile(f"{mark}现场.jpg", picture(colour=(len(mark) * 20, 1, 2)), "image/jpeg")
    file = attach(who, upload, subject_type="sites.site", subject_id=site.pk, region=site.region, kind="photo", now=NOW)
    send("township", site.region, f"{mark}请在今天办理", "/", NOW)
    facts = {
        "person": person.pk,
        "person_name": f"{mark}王五",
        "role": "township",
        "channel": "web",
        "action": "sites.correct",
        "after": {"name": mark},
    }
    entry = Entry.objects.create(region=site.region, at=NOW, subject_type="sites.site", subject_id=site.pk, reason=mark, **facts)
    round_facts = {
        "applied_by": mark or "李四",
        "applied_at": NOW,
        "items": [],
        "score": 92,
        "outcome": "passed",
        "inspected_by": mark or "王五",
        "inspected_at": NOW,
        "signed_by": "李四",
    }
    acceptance = Acceptance.objects.create(region=site.region, project=station, **round_facts)
    day = {"starts_on": TODAY, "recorded_by": mark or "李四", "recorded_at": NOW}
    campaign = Campaign.objects.create(region=site.region, plan=plan, channel="led", place=f"{mark}广场", text=f"{mark}网上办事", **day)
    candidate = make_candidate(plan, site.region, name=f"{mark}老供销社")
    found = {
        "person": person.pk,
        "attachment": file.pk,
        "entry": entry.pk,
        "acceptance": acceptance.pk,
        "campaign": campaign.pk,
    }
    return found | {"candidate": candidate.pk}


def papers_of_all(plan: Plan) -> Things:
    """What belongs to the whole plan: an issued bulletin, an answer of the solver over both townships, the leading group."""
    robot = system_actor()
    bulletin = act(
        robot,
        "buildout.issue_bulletin",
        {"bulletin": "stations_stage", "on": "2026-06-01", "document_number": "酉电商发〔2026〕5号"},
        "b",
        target=plan.pk,
        now=NOW,
    )
    run = act(robot, "buildout.run_siting", QUESTION, "r", target=plan.pk, now=NOW)
    LeadingGroup.objects.update_or_create(plan=plan.pk, defaults={"region": plan.region, "name": "领导小组"})
    return {"bulletin": bulletin.subject_id, "run": run.subject_id}


def money(plan: Plan, township: int, mark: str) -> Things:
    """An allocation, and an invoice of the township's centre."""
    centre = put_centre(township)
    renamed(centre.site, f"{mark}乡镇服务中心")
    allocation, invoice = put_allocation(township), put_invoice(centre, 6_500_000)
    type(allocation).objects.filter(pk=allocation.pk).update(document_number=f"{mark}酉财〔2026〕{allocation.pk}号")
    type(invoice).objects.filter(pk=invoice.pk).update(seller=f"{mark}办公设备店", item=f"{mark}办公设备")
    return {"allocation": allocation.pk, "invoice": invoice.pk}


def add_receipts(house: House) -> None:
    """A receipt of each person; only they see it."""
    for (role, region), client in house.clients.items():
        if role == "township":
            person = client.session["person"]
            facts = {
                "key": "k",
                "action": "sites.correct",
                "content": "",
                "subject_type": "sites.site",
                "message": f"{role}-{region}的回执",
                "at": NOW,
            }
            with entered(Actor(person, "", None, role, region, region + 999)):
                number = Receipt.objects.create(person=person, region=region, **facts).pk
            if region in (TOWNSHIP, OTHER_TOWNSHIP):
                (house.inside if region == TOWNSHIP else house.outside)["receipt"] = number


def standing(code: int, make: Callable[[], House]) -> Iterator[House]:
    """The house for a whole module of tests: built once, rolled back at the end. Tests run in savepoints of their own."""
    with transaction.atomic():
        connection.set_tenant(Jurisdiction.objects.get(code=code))
        yield make()
        transaction.set_rollback(True)
    connection.set_schema_to_public()
