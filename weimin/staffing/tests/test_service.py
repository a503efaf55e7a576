from datetime import date

import pytest
from django.db import connection

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.attachments.tests.builders import PDF, upload
from weimin.staffing.filing import lamp_of, township_lists
from weimin.staffing.models import Appointment, Certificate, Filing, Nomination, Worker
from weimin.staffing.queries import has_trained_operator
from weimin.staffing.tests.builders import (
    PERSON,
    make_appointment,
    make_candidates,
    make_certificate,
    make_nomination,
    make_worker,
    station,
)
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
DUTY = {**PERSON, "job": "值班人员", "starts_on": "2026-11-01"}


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township, "李四")


def test_somebody_new_is_appointed_by_name_and_phone(town, places, now):
    site = station(places.village)
    act(town, "staffing.appoint", DUTY, "k", target=site.pk, now=now)
    held = Appointment.objects.select_related("worker").get()
    assert (held.worker.name, held.job, held.starts_on) == ("冉小红", "值班人员", date(2026, 11, 1))


def test_somebody_known_is_appointed_from_the_list(town, places, now):
    site, worker = station(places.village), make_worker(places.village)
    act(town, "staffing.appoint", {"worker": worker.pk, "job": "志愿者", "starts_on": "2026-11-01"}, "k", target=site.pk, now=now)
    assert (Appointment.objects.get().worker, Worker.objects.count()) == (worker, 1)


def test_who_must_be_chosen_is_not_simply_appointed(town, places, now):
    site = station(places.village)
    with pytest.raises(RuleBroken, match="须经推荐"):
        act(town, "staffing.appoint", {**DUTY, "job": "淘帮手"}, "k", target=site.pk, now=now)
    assert (Appointment.objects.count(), Worker.objects.count()) == (0, 0)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": ""}, {"job": ""}, {"starts_on": "2027-01-01"}, {"worker": "999999"}])
def test_an_appointment_without_a_person_job_or_day_is_refused(town, places, now, wrong):
    site = station(places.village)
    with pytest.raises(InputInvalid):
        act(town, "staffing.appoint", {**DUTY, **wrong}, "k", target=site.pk, now=now)
    assert Appointment.objects.count() == 0


def test_when_the_chosen_one_leaves_the_site_may_nominate_again(town, actor, places, now):
    site = station(places.village)
    chosen = make_nomination(site, "chosen")
    held = make_appointment(site, chosen.worker, job="淘帮手")
    act(town, "staffing.end_appointment", {"ends_on": "2026-11-20", "reason": "外出务工"}, "k", target=held.pk, now=now)
    held.refresh_from_db()
    chosen.refresh_from_db()
    assert (held.ends_on, held.end_reason, chosen.state) == (date(2026, 11, 20), "外出务工", "withdrawn")


def test_nobody_leaves_before_the_first_day(town, places, now):
    held = make_appointment(station(places.village))
    with pytest.raises(InputInvalid, match="早于任职日期"):
        act(town, "staffing.end_appointment", {"ends_on": "2026-09-30", "reason": "记错"}, "k", target=held.pk, now=now)
    held.refresh_from_db()
    assert held.ends_on is None


def test_a_certificate_makes_a_trained_operator(town, places, now):
    site = station(places.village)
    held = make_appointment(site)
    assert not has_trained_operator(site.pk, now.date())
    act(town, "staffing.issue_certificate", {"kind": "淘帮手培训", "issued_on": "2026-11-10", "score": "86"}, "k", target=held.worker_id, now=now)
    assert has_trained_operator(site.pk, now.date())


def test_an_expired_certificate_makes_none(town, places, now):
    held = make_appointment(station(places.village))
    make_certificate(held.worker, expires_on=date(2026, 11, 22))
    assert not has_trained_operator(held.site_id, now.date())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"score": "59"}, RuleBroken),
        ({"score": "101"}, InputInvalid),
        ({"expires_on": "2026-11-01"}, InputInvalid),
        ({"issued_on": "2026-12-01"}, InputInvalid),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(town, places, now, data, fault):
    worker = make_worker(places.village)
    with pytest.raises(fault):
        act(town, "staffing.issue_certificate", {"kind": "淘帮手培训", "issued_on": "2026-11-10", **data}, "k", target=worker.pk, now=now)
    assert Certificate.objects.count() == 0


def test_several_roles_sit_on_one_person(town, places, now):
    row = make_nomination(station(places.village))
    data = {"name": row.worker.name, "roles": ["helper", "market_day_buyer", "network_distributor"]}
    act(town, "staffing.correct_person", data, "k", target=row.worker_id, now=now)
    assert Worker.objects.get().roles == ["helper", "market_day_buyer", "network_distributor"]


@pytest.mark.req("X4")
def test_a_phone_is_sealed_in_the_column(town, places):
    make_worker(places.village, phone="13912345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_lookup FROM staffing_worker")
        sealed, lookup = (bytes(part) for part in cursor.fetchone())
    assert b"13912345678" not in sealed + lookup
    assert Worker.objects.get().phone == "13912345678"


@pytest.mark.req("X4", "X3")
def test_a_full_phone_is_shown_once_for_a_reason_that_stays(town, places, now):
    worker = make_worker(places.village, phone="13912345678")
    receipt = act(town, "staffing.show_phone", {"reason": "通知参加培训"}, "k", target=worker.pk, now=now)
    entry = Entry.objects.get(action="staffing.show_phone")
    assert (receipt.once, entry.reason, entry.person) == (["13912345678"], "通知参加培训", town.person)
    assert "13912345678" not in str([entry.before, entry.after])


@pytest.mark.req("X4")
def test_a_full_phone_needs_its_reason(town, places, now):
    worker = make_worker(places.village)
    with pytest.raises(InputInvalid):
        act(town, "staffing.show_phone", {"reason": " "}, "k", target=worker.pk, now=now)
    assert not Entry.objects.filter(action="staffing.show_phone").exists()


def test_a_township_files_what_is_chosen_and_not_filed(town, places, now):
    first = make_nomination(station(places.village), "chosen")
    station(places.village + 1)
    target = f"{first.plan}-{places.township}"
    act(town, "staffing.file_list", {"note": ""}, "k", target=target, now=now, files={"list_file": upload(PDF, "名单.pdf")})
    filing = Filing.objects.get()
    first.refresh_from_db()
    assert (filing.people, filing.region, filing.filed_by, filing.due_on, first.filing) == (1, places.township, "李四", date(2026, 10, 1), filing)
    assert Attachment.objects.get().subject_id == filing.pk


def test_an_empty_list_is_not_filed(town, places, now):
    site = station(places.village)
    make_candidates(site, "examined")
    with pytest.raises(RuleBroken, match="还没有确定人选"):
        act(town, "staffing.file_list", {"note": ""}, "k", target=f"{site.project.plan_id}-{places.township}", now=now)
    assert (Filing.objects.count(), Nomination.objects.filter(filing=None).count()) == (0, 1)


def test_the_office_sees_which_township_has_not_filed(town, places, now):
    chosen = make_nomination(station(places.village), "chosen")
    station(places.other_village)
    act(town, "staffing.file_list", {"note": ""}, "k", target=f"{chosen.plan}-{places.township}", now=now)
    lists = {found.region: (found.wanted, found.chosen, found.filed, lamp_of(found, now).colour) for found in township_lists(system_actor())}
    assert lists == {places.township: (1, 1, 1, "green"), places.other_township: (1, 0, 0, "red")}
