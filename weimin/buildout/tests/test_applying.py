from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from weimin.actions.act import act
from weimin.buildout.models import Batch, Budget, Goal, Plan, Project, Quota
from weimin.buildout.queries.plans import goal_lines
from weimin.flows.models import Step
from weimin.indicators.registry import INDICATORS
from weimin.indicators.storing import store_day
from weimin.sites.tests.builders import make_site
from weimin.staffing.models import GroupMember
from weimin.walls.errors import InputInvalid, NotAllowed, RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db
PLANS = Path(settings.BASE_DIR) / "plans"
YOUYANG, TUPO = (PLANS / name for name in ("youyang-rural-ecommerce.yaml", "tupo-village-centres.yaml"))


def apply(actor, path, key, **data):
    return act(actor, "buildout.apply_plan", {"text": path.read_text(), **data}, key)


@pytest.mark.req("N2", "N6")
def test_plan_1_makes_39_centres_and_quotas_for_230_stations(jurisdiction, actor, places):
    office = actor("lead_office", places.county)
    apply(office, YOUYANG, "k1")
    with entered(office):
        assert Project.objects.filter(tier="township_centre").count() == 39
        assert sum(Quota.objects.filter(tier="village_station").values_list("wanted", flat=True)) == 230
        assert Quota.objects.count() == 39
        assert Step.objects.filter(closed_at=None).count() == 39 + 39
        budgets = dict(Budget.objects.values_list("key", "total_fen"))
    assert budgets == {"centre_key": 0, "centre_other": 39 * 6_000_000, "station": 230 * 600_000}


@pytest.mark.req("N2")
def test_applying_twice_changes_nothing(jurisdiction, actor, places):
    office = actor("lead_office", places.county)
    apply(office, YOUYANG, "k1")
    again = apply(office, YOUYANG, "k2")
    assert Plan.objects.get().version == 1
    assert again.message == "方案已经是最新，没有变化。"


@pytest.mark.req("N2", "N9", "N11")
def test_plan_5_makes_twelve_centres_in_three_batches_and_the_leading_group(tupo, actor):
    office = actor("lead_office", 341221203000)
    apply(office, TUPO, "k1")
    with entered(office):
        batches = dict(Project.objects.values_list("region", "batch"))
        assert len(batches) == 12
        assert batches[341221203208] == "pilot"
        assert sorted(code for code, batch in batches.items() if batch == "second") == [
            341221203202,
            341221203203,
            341221203204,
            341221203212,
        ]
        assert list(Batch.objects.values_list("due_on", flat=True)) == [
            date(2016, 7, 1),
            date(2016, 10, 1),
            date(2016, 12, 31),
        ]
        assert GroupMember.objects.filter(seat="leader").get().name == "韩永辉"


def test_every_date_moves_by_the_same_distance(jurisdiction, actor, places):
    office = actor("lead_office", places.county)
    apply(office, YOUYANG, "k1", issued_on="2026-09-21")
    plan = Plan.objects.get()
    assert (plan.issued_on, plan.original_issued_on, plan.shifted_days) == (date(2026, 9, 21), date(2016, 3, 21), 3836)
    assert plan.content.tier("township_centre").steps[0].due_on == date(2016, 3, 31) + (date(2026, 9, 21) - date(2016, 3, 21))


def test_a_plan_of_another_place_is_refused_and_nothing_is_written(tupo, actor):
    with pytest.raises(RuleBroken, match="不是本辖区") if False else pytest.raises(Exception) as caught:
        apply(actor("lead_office", 341221203000), YOUYANG, "k1")
    assert type(caught.value).__name__ in ("RuleBroken", "NotVisible")
    assert Plan.objects.count() == 0


def test_a_broken_file_names_its_lines(jurisdiction, actor, places):
    with pytest.raises(InputInvalid) as caught:
        act(actor("lead_office", places.county), "buildout.apply_plan", {"text": "meta: {code: x}"}, "k1")
    assert "第 1 行" in str(caught.value)
    assert Goal.objects.count() == 0


def test_a_township_may_not_apply_a_plan(jurisdiction, actor, places):
    with pytest.raises(NotAllowed):
        apply(actor("township", places.township), YOUYANG, "k1")


def test_applying_takes_the_same_queries_for_one_township_and_for_a_county(jurisdiction, actor, places, django_assert_max_num_queries):
    office = actor("lead_office", places.county)
    with django_assert_max_num_queries(65 + len(INDICATORS)):  # the day's figures at the end: seven that gather, one for each, what a process asks once
        apply(office, YOUYANG, "k1")


@pytest.mark.req("N9", "C2")
def test_the_goal_of_a_batch_counts_only_the_sites_of_that_batch(tupo, actor, now):
    office = actor("lead_office", 341221203000)
    apply(office, TUPO, "k1")
    with entered(office):
        for project in Project.objects.filter(batch__in=["second", "rest"]):
            project.site, project.state, project.opened_on = make_site(region=project.region), "open", now.date()
            project.save()
        store_day(now.date(), now)
        done = {line.goal.key: line.done for line in goal_lines(office, Plan.objects.get(), now)}
    assert (done["pilot"], done["second_batch"]) == (0, 4)
