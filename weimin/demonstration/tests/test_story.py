from collections import Counter
from datetime import date

import pytest

from weimin.actions.models import Burden
from weimin.api.models import Token
from weimin.buildout.models import Project
from weimin.cases.models import Case, Errand, Rating
from weimin.demonstration import tupo as story
from weimin.demonstration import youyang
from weimin.demonstration.serving import serve_residents
from weimin.demonstration.stage import Stage
from weimin.flows.models import Step
from weimin.reception.models import Booking, Duty, DutyLeave, DutySwap, Ticket
from weimin.residents.models import Resident
from weimin.sites.tests.builders import make_site
from weimin.staffing.models import ActivityHours, Holding, ServiceProof
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_story_of_plan_1_ends_with_every_kind_of_progress(jurisdiction):
    stage = Stage(jurisdiction, date(2026, 11, 23))
    youyang.tell(stage)
    with entered(stage.seats["lead_office", youyang.CODE].actor):
        states = Counter(Project.objects.filter(tier="township_centre").values_list("state", flat=True))
    assert states == {
        "subsidised": 8,
        "accepted": 5,
        "rectifying": 1,
        "applied": 2,
        "open": 3,
        "fitted": 3,
        "building": 6,
        "filed": 4,
        "proposed": 3,
        "wanted": 4,
    }


def test_the_story_of_plan_5_has_a_pilot_open_and_one_centre_late(tupo_story):
    assert tupo_story[story.PILOT] == "accepted"
    assert tupo_story[story.LATE] == "building"


@pytest.fixture
def tupo_story(tupo):
    stage = Stage(tupo, date(2026, 11, 23))
    story.tell(stage)
    with entered(stage.seats["lead_office", story.CODE].actor):
        return dict(Project.objects.values_list("region", "state"))


def test_the_town_at_work_has_cases_in_every_state_and_somebody_late(town):
    assert {"received", "supplement", "site_check", "review", "public_notice", "joint_review", "decide", "certificate", "deliver"} <= set(town["cases"])
    assert {"delivered", "archived", "withdrawn", "not_competent"} <= set(town["cases"])
    assert town["ratings"] == {"contact": 1, "kept": 5, "closed": 1}
    assert (town["late"], town["open errands"]) == (True, 1)


def test_the_town_has_residents_a_queue_a_roster_and_bookings(town):
    assert town["residents"] == {"演示数据": 240}
    assert (town["visits"], town["bookings"]) == (2, {"booked": 3, "arrived": 1, "missed": 1})
    assert town["tickets"] == {"waiting": 5, "served": 5, "called": 1, "serving": 1, "expired": 2}
    assert town["duties"] > 20


def test_the_town_has_people_in_every_capacity_volunteers_with_hours_and_duties_to_change(town):
    assert town["capacities"] == {"elected": 1, "hired": 1, "party": 1, "retired": 1, "volunteer": 3}
    assert (town["hours"], town["proofs"], town["leaves"], town["swaps"], town["tokens"]) == (7, 1, 1, 1, 1)
    assert town["burden"] > 100


@pytest.fixture
def day():
    return date(2026, 11, 23)


@pytest.fixture
def town(tupo, day):
    """The village's centre and everything around it, without the plan's story: what a test wants to know of it."""
    stage = Stage(tupo, day)
    story.seats(stage)
    served = story.town(stage)
    served.settled, served.per_village = [story.PILOT], 240
    with entered(stage.whole):
        site = make_site(region=story.PILOT).pk
    serve_residents(stage, served, site)
    with entered(stage.whole):
        return {
            "cases": Counter(Case.objects.values_list("state", flat=True)), "ratings": Counter(Rating.objects.values_list("state", flat=True)),
            "late": Case.objects.filter(decided_at=None, paused_since=None, due_on__lt=stage.today).exists(),
            "open errands": Errand.objects.filter(done_at=None).count(), "residents": Counter(Resident.objects.values_list("source", flat=True)),
            "visits": Step.objects.filter(flow="caring_visit", closed_at=None).count(), "bookings": Counter(Booking.objects.values_list("state", flat=True)),
            "tickets": Counter(Ticket.objects.values_list("state", flat=True)), "duties": Duty.objects.count(),
            "capacities": Counter(Holding.objects.values_list("capacity", flat=True)), "hours": ActivityHours.objects.count(),
            "proofs": ServiceProof.objects.count(), "leaves": DutyLeave.objects.count(), "swaps": DutySwap.objects.filter(state="proposed").count(),
            "tokens": Token.objects.count(), "burden": sum(Burden.objects.values_list("forms", flat=True)),
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 2, 21), date(2026, 5, 9)], ids=["a holiday", "spring festival", "a working Saturday"])
def test_the_town_can_be_told_on_any_day(town):
    assert town["late"]
