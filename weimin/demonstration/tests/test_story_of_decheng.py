"""The story of plan 3: the plan, the institutions with their people, residents of two streets."""

from datetime import date

import pytest
from django.db.models import F
from django_tenants.utils import tenant_context

from weimin.buildout.models import Goal, Plan
from weimin.demonstration import decheng
from weimin.demonstration.stage import Stage
from weimin.education.models import Activity, KitHandout, Letter, Quiz
from weimin.epidemics.models import Alert, CaseReport, DailyReport, Measure, Outbreak
from weimin.examinations.models import AbnormalFollowUp, Examination, ExaminationPlan
from weimin.exchange.models import Exchange
from weimin.health.models import Care, HealthRecord, Visit
from weimin.indicators.storing import store_day
from weimin.institutions.models import Catchment, InspectionRound, MonthlyReport, NamedStar, QuarterBulletin, Rating
from weimin.jurisdictions.creation import create_jurisdiction
from weimin.referrals.models import Pairing, Referral
from weimin.residents.models import Resident
from weimin.residents.tests.builders import NOW
from weimin.sites.models import Site
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def wall_from_outside(stage):
    """What the secretary of a community and the clerk at the window see of records, and of residents."""
    outside = [who for (role, _region), who in stage.seats.items() if role == "window" or (role == "village" and who.post.title == "社区党委书记")]
    found = []
    for who in outside:
        with entered(who.actor):
            found.append((who.post.role, HealthRecord.objects.count() + Visit.objects.count() + CaseReport.objects.count(), Resident.objects.count()))
    return found


def outbreaks():
    """One of last month, done in time and closed; one that is being dealt with."""
    assert (Alert.objects.filter(state="handled").count(), DailyReport.objects.count()) == (1, 7)
    assert list(Outbreak.objects.order_by("pk").values_list("name", "state")) == [
        ("社区聚餐诺如病毒感染", "closed"),
        ("新湖中心幼儿园手足口病", "open"),
    ]
    assert not Measure.objects.filter(outbreak__state="closed").exclude(state="done", done_at__lte=F("due_at")).exists()
    assert list(CaseReport.objects.order_by("pk").values_list("state", "outbreak__name")) == [
        ("reported", "社区聚餐诺如病毒感染"),
        ("reported", "新湖中心幼儿园手足口病"),
        ("due", "新湖中心幼儿园手足口病"),
    ]


def conclude(stage):
    """A district's quarter: with the figures stored, one centre has its stars, another waits for the bureau, the bulletin is out."""
    for on in (date(2026, 9, 20), stage.today):
        store_day(on, NOW)
    decheng.conclude(stage)
    with entered(stage.whole):
        assert list(Rating.objects.order_by("pk").values_list("institution__site__name", "state")) == [
            ("新湖社区卫生服务中心", "published"), ("天衢社区卫生服务中心", "applied"),
        ]  # fmt: skip
        assert all(row.points > 0 for row in Rating.objects.all())
        bulletin = QuarterBulletin.objects.get()
        assert (bulletin.year, bulletin.quarter, len(bulletin.figures["rows"])) == (2026, 3, 8)


@pytest.mark.req("H8", "N2")
def test_the_district_has_its_plan_its_institutions_and_people_to_care_for():
    jurisdiction = create_jurisdiction(decheng.CODE, demonstration=True)
    with tenant_context(jurisdiction):
        stage = Stage(jurisdiction, date(2026, 11, 23))
        decheng.tell(stage)
        with entered(stage.whole):
            assert Plan.objects.get().code == "decheng-community-health"
            assert Goal.objects.count() == 15
            sites = list(Site.objects.filter(tier="institution").values_list("name", flat=True))
            assert len(sites) == 8
            assert {"新湖社区卫生服务中心", "天衢社区卫生服务中心", "永庆社区卫生服务站"} <= set(sites)
            assert Resident.objects.count() == 480
            assert sorted(Referral.objects.values_list("state", flat=True)) == ["arrived", "received", "returned", "sent"]
            assert set(Pairing.objects.values_list("institution", flat=True)) == {"新湖社区卫生服务中心", "天衢社区卫生服务中心"}
            assert (HealthRecord.objects.count(), Care.objects.count(), Visit.objects.count()) == (40, 15, 34)
            assert (ExaminationPlan.objects.count(), Examination.objects.count()) == (1, 3)
            assert sorted(AbnormalFollowUp.objects.values_list("state", "rank")) == [("closed", 1), ("recall", 0)]
            assert Care.objects.get(state="suspected").programme == "diabetes"
            assert (Activity.objects.count(), Activity.objects.filter(state="held").count()) == (9, 3)
            outbreaks()
            assert (KitHandout.objects.count(), Quiz.objects.count(), Letter.objects.count()) == (3, 1, 1)
            assert dict(InspectionRound.objects.values_list("institution__site__name", "result")) == {
                "新湖社区卫生服务中心": "passed", "天衢社区卫生服务中心": "rectify",
            }  # fmt: skip
            assert list(NamedStar.objects.values_list("institution__site__name", flat=True)) == ["新湖社区卫生服务中心"]
            assert Catchment.objects.count() == 7
            assert sorted(Exchange.objects.values_list("way", "state")) == [("in", "waiting"), ("out", "made")]
            assert MonthlyReport.objects.count() == 6
        conclude(stage)
        assert wall_from_outside(stage) == [("village", 0, 60), ("window", 0, 240)]
    assert {"village", "window", "doctor", "institution", "hospital", "health_bureau", "administrator"} <= {card["role"] for card in stage.cards}
