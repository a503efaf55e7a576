"""Whoever nominates is told which sites wait for candidates."""

from datetime import date

import pytest

from weimin.actions.act import act
from weimin.flows.models import Step
from weimin.staffing.calls import call_for_people, drop_call
from weimin.staffing.models import Nomination
from weimin.staffing.tests.builders import NOMINATED, make_candidates, station
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


@pytest.fixture
def partner(jurisdiction, actor, places):
    return actor("partner", places.township, "张合伙")


def calls():
    return list(Step.objects.filter(flow="call_for_people", closed_at=None).values_list("role", "due_on"))


def nominate(partner, site, number, now):
    act(partner, "staffing.nominate", {**NOMINATED, "name": f"人选{number}", "phone": f"1390000100{number}"}, f"k{number}", target=site.pk, now=now)


def test_a_site_without_candidates_is_on_the_partners_workbench(partner, places, now):
    call_for_people(station(places.village), now)
    assert calls() == [("partner", date(2026, 10, 1))]


def test_the_call_ends_with_the_last_candidate_that_the_plan_asks_for(partner, places, now):
    site = station(places.village)
    call_for_people(site, now)
    nominate(partner, site, 1, now)
    nominate(partner, site, 2, now)
    assert len(calls()) == 1
    nominate(partner, site, 3, now)
    assert calls() == []


def test_a_candidate_who_withdraws_is_called_for_again(partner, places, now):
    site = station(places.village)
    make_candidates(site, "nominated", "nominated", "nominated")
    act(partner, "staffing.withdraw", {"reason": "外出务工"}, "k", target=Nomination.objects.first().pk, now=now)
    assert len(calls()) == 1


def test_a_site_is_called_for_once_and_no_more_when_it_is_given_up(partner, places, now):
    site = station(places.village)
    call_for_people(site, now)
    call_for_people(site, now)
    assert len(calls()) == 1
    with entered(partner):
        drop_call(site, partner, now)
    assert calls() == []
