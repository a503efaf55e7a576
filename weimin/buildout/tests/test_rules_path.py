"""The way of a site through its plan, as tables."""

from pathlib import Path

import pytest
from django.conf import settings

from weimin.buildout.plan.read import read_plan
from weimin.buildout.rules import batch_named, check_next, desk_for, next_state, path_of, share_out
from weimin.walls.errors import RuleBroken

YOUYANG, TUPO = (read_plan((Path(settings.BASE_DIR) / "plans" / name).read_text()) for name in ("youyang-rural-ecommerce.yaml", "tupo-village-centres.yaml"))


@pytest.mark.req("N3")
@pytest.mark.parametrize(
    ("plan", "tier", "path"),
    [
        (YOUYANG, "township_centre", ["proposed", "filed", "building", "fitted", "open", "accepted", "subsidised"]),
        (YOUYANG, "village_station", ["proposed", "filed", "building", "fitted", "trained", "open", "accepted", "subsidised"]),
        (TUPO, "centre", ["proposed", "filed", "building", "fitted", "open", "accepted"]),
    ],
)
def test_each_plan_has_its_own_path(plan, tier, path):
    assert path_of(plan, tier) == path


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("wanted", "proposed"),
        ("fitted", "open"),
        ("open", "accepted"),
        ("applied", "accepted"),
        ("rectifying", "accepted"),
        ("failed", "accepted"),
        ("accepted", None),
    ],
)
def test_what_comes_next_in_plan_5(state, following):
    assert next_state(path_of(TUPO, "centre"), state) == following


@pytest.mark.req("N3", "N7")
@pytest.mark.parametrize(
    ("state", "role"),
    [("wanted", "village"), ("proposed", "lead_office"), ("fitted", "operator"), ("open", "village"), ("applied", "lead_office"), ("rectifying", "village")],
)
def test_the_desk_that_holds_a_centre_of_plan_5(state, role):
    assert desk_for(TUPO, "centre", state, batch_named(TUPO, "pilot"), None).role == role


def test_the_pilot_is_due_by_the_first_of_july():
    assert desk_for(TUPO, "centre", "applied", batch_named(TUPO, "pilot"), None).due_on.isoformat() == "2016-07-01"


def test_a_state_out_of_order_is_refused_in_words():
    with pytest.raises(RuleBroken, match="按顺序"):
        check_next(TUPO, "centre", "wanted", "building")


@pytest.mark.req("N6")
@pytest.mark.parametrize(
    ("wanted", "villages", "at_least", "shares"),
    [
        (230, {1: 100, 2: 170}, {}, {1: 85, 2: 145}),
        (3, {1: 2, 2: 2}, {}, {1: 2, 2: 1}),
        (2, {1: 3, 2: 3}, {1: 2}, {1: 2, 2: 0}),
        (9, {1: 2, 2: 3}, {}, {1: 2, 2: 3}),
        (0, {}, {}, {}),
    ],
)
def test_stations_are_shared_out_by_villages(wanted, villages, at_least, shares):
    assert share_out(wanted, villages, at_least) == shares
