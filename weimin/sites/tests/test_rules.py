import pytest

from weimin.regions.rules import Level
from weimin.sites.rules import fits_tier, life_stages, may_move, reopened_state, words

TIERS = [
    ("village_station", Level.VILLAGE, True),
    ("village_station", Level.TOWNSHIP, False),
    ("township_centre", Level.VILLAGE, True),
    ("county_centre", Level.VILLAGE, False),
]


@pytest.mark.parametrize(("tier", "level", "fits"), TIERS)
def test_a_tier_stands_on_its_own_level(tier, level, fits):
    assert fits_tier(tier, level) is fits


@pytest.mark.parametrize(
    ("now", "wanted", "allowed"), [("open", "suspended", True), ("closed", "open", False), ("open", "planned", False), ("suspended", "open", True)]
)
def test_moves_of_a_site(now, wanted, allowed):
    assert may_move(now, wanted) is allowed


def test_words_are_cut_at_every_separator_and_kept_once():
    assert words("会议室、阅览室，会议室; 调解室\n ") == ["会议室", "阅览室", "调解室"]


def test_a_site_that_never_opened_goes_back_to_being_built():
    assert (reopened_state(True), reopened_state(False)) == ("open", "building")


@pytest.mark.parametrize(
    ("state", "was_open", "how"),
    [
        ("planned", False, ["now", "todo", "todo"]),
        ("building", False, ["done", "now", "todo"]),
        ("open", True, ["done", "done", "done"]),
        ("suspended", True, ["done", "done", "failed"]),
        ("suspended", False, ["done", "failed", "todo"]),
        ("closed", False, ["failed", "todo", "todo"]),
    ],
)
def test_the_life_line_of_a_site(state, was_open, how):
    assert [stage for _name, stage in life_stages(state, was_open)] == how
