"""The builders that other rooms stand on make every state there is."""

import pytest

from weimin.cases.models import Case, CaseState
from weimin.cases.tests.builders import make_case
from weimin.flows.models import Step
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


@pytest.mark.django_db
@pytest.mark.parametrize("state", CaseState.values)
def test_a_case_of_every_state_can_be_built(state, jurisdiction, places):
    with entered(system_actor()):
        case = make_case(places.village, state)
        case.refresh_from_db()
        assert Step.objects.filter(subject_type="cases.case", closed_at__isnull=True).count() == int(case.is_open)
    assert Case.objects.count() == 0  # outside any actor the wall shows nothing
