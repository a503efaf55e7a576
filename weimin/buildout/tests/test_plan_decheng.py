"""The plan of 德城区 says every figure of its source."""

from datetime import date

import pytest
from django.utils import timezone

from weimin.buildout.models import Plan
from weimin.buildout.tests.plan_builders import plan_of
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("N2")
GROUPS = ["hypertension", "diabetes", "elderly", "disabled", "mental"]


def test_decheng_is_dated_as_its_report():
    meta = plan_of("decheng").meta
    assert (meta.issued_on, meta.region, meta.issuer) == (date(2011, 6, 30), 371402000000, "德城区人民政府")


def test_decheng_visits_five_groups_four_times_and_examines_them_once():
    goals = {goal.key: goal for goal in plan_of("decheng").goals}
    assert [(int(goals[key].target), goals[key].unit) for key in GROUPS] == [(100, "%")] * 5
    assert all("不少于四次随访和一次体检" in goals[key].label for key in GROUPS)
    assert plan_of("decheng").programmes[1].audiences == ["高血压患者", "糖尿病患者", "60 岁以上老年人", "残疾人", "重性精神病人"]


def test_decheng_states_its_other_goals():
    said = {goal.key: (int(goal.target), goal.unit, goal.baseline) for goal in plan_of("decheng").goals if goal.key not in GROUPS}
    assert said == {
        "records": (100, "%", None), "electronic_records": (100, "%", None), "household_kits": (100, "%", None), "five_places": (5, "类", None),
        "pairing": (100, "%", None), "forum_years": (2, "年", 2), "unified_items": (7, "项", None), "star_institutions": (1, "个", 1), "insured": (100, "%", None), "informed": (100, "%", None),
    }  # fmt: skip


@pytest.mark.req("H8")
def test_decheng_unifies_seven_things_and_assesses_each_of_them():
    plan = plan_of("decheng")
    unified = [row.key for row in plan.standard_of("centre").unified]
    assert unified == ["assessment", "rules", "plates", "uniforms", "badges", "bed_units", "slogans"]
    assert [row.key for row in plan.acceptance_of("station").checklist] == unified
    assert sum(row.weight for row in plan.acceptance_of("centre").checklist) == 100


def test_decheng_names_its_three_institutions_and_the_four_million():
    stars = next(row for row in plan_of("decheng").programmes if row.key == "stars")
    assert [row.name for row in stars.named] == ["新湖社区卫生服务中心", "天衢社区卫生服务中心", "永庆社区卫生服务站"]
    assert "400 万元" in stars.named[0].maker


def test_decheng_goes_to_five_places_and_unites_three_against_epidemics():
    plan = plan_of("decheng")
    assert plan.publicity.places == ["社区", "门店", "企业", "校园", "机关"]
    assert next(row.places for row in plan.programmes if row.key == "epidemics") == ["学校", "社区", "家庭"]


def test_decheng_asks_nobody_to_build():
    assert [(tier.key, tier.build, len(tier.steps)) for tier in plan_of("decheng").tiers] == [
        ("hospital", False, 0), ("centre", False, 0), ("station", False, 0),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_plan_that_builds_nothing_shows_no_tasks_and_its_list_of_them_is_empty(jurisdiction, client_as):
    facts = {"region": 500242000000, "code": "decheng", "title": "社区卫生", "issuer": "区政府", "issued_on": date(2026, 3, 1)}
    with entered(system_actor()):
        content = plan_of("decheng").model_dump(mode="json", exclude_none=True)
        plan = Plan.objects.create(**facts, original_issued_on=date(2026, 3, 1), data=content, applied_at=timezone.now())
    client = client_as("hospital", 500242000000)
    tabs = client.get(f"/buildout/plans/{plan.pk}/").content.decode()
    assert (f'href="/buildout/plans/{plan.pk}/projects/"' in tabs, f'href="/buildout/plans/{plan.pk}/coverage/"' in tabs) == (False, True)
    assert client.get(f"/buildout/plans/{plan.pk}/projects/").status_code == 200
