import pytest

from weimin.buildout.rules_standard import Having, Held, RealRoom, compare, fit_score
from weimin.buildout.tests.plan_builders import plan_of

pytestmark = pytest.mark.req("N8")
STANDARD = plan_of("tupo").standard_of("centre")
SIX_ONES = ["党员群众服务中心标识", "村级组织标识", "国旗", "党务、村务公开栏", "活动场地"]


def lines(standard=STANDARD, **having):
    return {line.key: line for line in compare(standard, Having(**having))}


def test_an_empty_site_lacks_ten_rooms_and_six_ones():
    found = lines()
    assert len(found) == 16
    assert {line.state for line in found.values()} == {"missing"}
    assert [line.kind for line in found.values()].count("basic") == 6


def test_a_room_of_its_name_or_of_its_other_name_is_there():
    found = lines(rooms=[RealRoom("农家书屋"), RealRoom("为民服务室")])
    assert (found["library"].state, found["service_hall"].state, found["clinic"].state) == ("there", "there", "missing")


def test_one_room_serves_several_purposes():
    found = lines(rooms=[RealRoom("综合会议室", ("图书阅览室", "文化娱乐室"))])
    assert (found["meeting_room"].state, found["library"].state, found["culture_room"].state) == ("there", "shared", "shared")
    assert found["library"].where == "综合会议室"


def test_a_room_used_as_one_thing_only_is_its_own():
    assert lines(rooms=[RealRoom("东一间", ("谈心说事室",))])["talk_room"].state == "there"


def test_where_sharing_is_not_allowed_a_shared_room_counts_once():
    strict = STANDARD.model_copy(update={"sharing": STANDARD.sharing.model_copy(update={"allowed": False})})
    found = lines(strict, rooms=[RealRoom("综合会议室", ("图书阅览室",))])
    assert (found["meeting_room"].state, found["library"].state) == ("there", "missing")


def test_what_a_room_lacks_is_named():
    found = lines(
        rooms=[RealRoom("图书阅览室", boards=("图书借阅管理制度",))],
        equipment=[Held("阅读桌椅", 4, "图书阅览室"), Held("书柜（书架）", 1, "别的房间"), Held("图书报刊", 900)],
    )
    assert (found["library"].equipment, found["library"].boards, found["library"].complete) == (["书柜（书架）"], ["读书名言警句"], False)


def test_equipment_out_of_order_does_not_count_and_optional_equipment_is_not_missed():
    found = lines(rooms=[RealRoom("计生服务室", boards=("计生服务制度",))], equipment=[Held("药具柜", 1), Held("手术床", 1, working=False)])
    assert found["family_planning_room"].equipment == ["手术床"]
    assert "电脑" not in lines(rooms=[RealRoom("图书阅览室")])["library"].equipment


def test_the_six_ones_are_five_things_and_a_team():
    found = lines(signs=SIX_ONES, equipment=[Held("旗杆"), Held("篮球架"), Held("乒乓球桌"), Held("体育健身器材")], people=2)
    assert [found[key].state for key in ("centre_sign", "organisation_plates", "national_flag", "disclosure_board", "activity_ground", "serving_team")] == [
        "there"
    ] * 6
    assert lines(signs=["国旗"])["national_flag"].equipment == ["旗杆"]


def test_the_score_of_the_fit_out_counts_the_lines_that_look_at_the_standard():
    items = [{"key": "library", "weight": 8, "score": "6"}, {"key": "clinic", "weight": 3, "score": "0"}, {"key": "paper", "weight": 20, "score": "20"}]
    found = fit_score(items, {"library": "library", "clinic": "clinic", "paper": None})
    assert (found.points, found.weight, found.percent) == (6.0, 11, 54.5)
    assert fit_score(items, {}) is None
