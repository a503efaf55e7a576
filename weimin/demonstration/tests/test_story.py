from collections import Counter
from datetime import date

import pytest

from weimin.buildout.models import Project
from weimin.demonstration import tupo as story
from weimin.demonstration import youyang
from weimin.demonstration.stage import Stage
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
