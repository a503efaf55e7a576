from datetime import date

import pytest

from weimin.actions.act import act
from weimin.flows.models import Step
from weimin.sites.tests.builders import make_site
from weimin.staffing.models import Appointment, Nomination, Worker
from weimin.staffing.tests.builders import NOMINATED, examined, make_candidates, make_nomination, make_worker, station
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township, "李四")


@pytest.fixture
def partner(jurisdiction, actor, places):
    return actor("partner", places.township, "张合伙")


def states():
    return sorted(Nomination.objects.values_list("state", flat=True))


def open_steps():
    return list(Step.objects.filter(flow="nomination", closed_at=None).order_by("pk").values_list("state", "role", "due_on"))


def test_a_partner_nominates_and_the_township_has_to_examine(town, partner, places, now):
    site = station(places.village)
    act(partner, "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)
    found = Nomination.objects.select_related("worker").get()
    assert (found.nominated_by, found.worker.name, found.worker.phone, found.worker.roles) == ("张合伙", "冉小红", "13912345678", ["helper", "jd_buyer"])
    assert open_steps() == [("nominated", "township", date(2026, 10, 1))]


def test_a_sixth_candidate_is_refused(town, partner, places, now):
    site = station(places.village)
    make_candidates(site, *["nominated"] * 5)
    with pytest.raises(RuleBroken, match="最多推荐 5 人"):
        act(partner, "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)
    assert (Nomination.objects.count(), Worker.objects.count()) == (5, 5)


def test_nobody_is_nominated_twice_for_a_site(town, partner, places, now):
    site = station(places.village)
    act(partner, "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)
    with pytest.raises(RuleBroken, match="已经推荐过"):
        act(partner, "staffing.nominate", NOMINATED, "k2", target=site.pk, now=now)
    assert (Nomination.objects.count(), Worker.objects.count()) == (1, 1)


def test_one_phone_belongs_to_one_person(town, partner, places, now):
    site = station(places.village)
    make_worker(places.village, "别人", "13912345678")
    with pytest.raises(RuleBroken, match="另一个人名下"):
        act(partner, "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"phone": "1391234567"}, {"name": ""}, {"opinion": ""}, {"roles": ["king"]}, {"birth_year": "1800"}])
def test_odd_input_is_refused_and_nobody_is_entered(town, partner, places, now, wrong):
    site = station(places.village)
    with pytest.raises(InputInvalid):
        act(partner, "staffing.nominate", {**NOMINATED, **wrong}, "k", target=site.pk, now=now)
    assert Worker.objects.count() == 0


def test_the_partner_of_another_township_finds_no_site(town, actor, places, now):
    site = station(places.village)
    with pytest.raises(NotVisible):
        act(actor("partner", places.other_township), "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)


def test_an_examination_marks_every_point_of_the_plan(town, places, now):
    row = make_nomination(station(places.village))
    act(town, "staffing.examine", examined(fit="fair"), "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert {key: (entry["label"], entry["mark"]) for key, entry in row.marks.items()} == {
        "willingness": ("从业意愿", "good"), "fit": ("能否融入乡镇电商网", "fair"), "accepts_management": ("能否服从政府统一管理", "good"),
    }  # fmt: skip
    assert (row.state, row.examined_by, [state for state, _role, _due in open_steps()]) == ("examined", "李四", ["examined"])


def test_a_poor_mark_needs_a_remark(town, places, now):
    row = make_nomination(station(places.village))
    data = {**examined(fit="poor"), "remark_fit": ""}
    with pytest.raises(InputInvalid, match="请写明情况"):
        act(town, "staffing.examine", data, "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert (row.state, row.marks) == ("nominated", {})


def test_a_partner_does_not_examine(town, partner, places, now):
    row = make_nomination(station(places.village))
    with pytest.raises(NotAllowed):
        act(partner, "staffing.examine", examined(), "k", target=row.pk, now=now)


def test_one_is_chosen_and_serves_and_the_others_are_refused_in_the_same_act(town, places, now):
    first, *_others = make_candidates(station(places.village), "examined", "examined", "nominated")
    act(town, "staffing.choose", {"reason": "最合适"}, "k", target=first.pk, now=now)
    held = Appointment.objects.get()
    assert (held.worker_id, held.job, held.starts_on, states()) == (first.worker_id, "淘帮手", date(2026, 11, 23), ["chosen", "refused", "refused"])


def test_a_choice_leaves_nothing_to_do_about_the_others(town, places, now):
    first, *_others = make_candidates(station(places.village), "examined", "examined", "nominated")
    act(town, "staffing.choose", {"reason": ""}, "k", target=first.pk, now=now)
    assert open_steps() == []


@pytest.mark.parametrize(
    ("candidates", "sentence"),
    [(("examined", "nominated"), "至少推荐 3 人"), (("nominated", "examined", "examined"), "已推荐"), (("examined", "examined", "chosen"), "一村一点一人")],
)
def test_a_choice_against_the_rules_changes_nothing(town, places, now, candidates, sentence):
    first, *_others = make_candidates(station(places.village), *candidates)
    before = states()
    with pytest.raises(RuleBroken, match=sentence):
        act(town, "staffing.choose", {"reason": ""}, "k", target=first.pk, now=now)
    assert (states(), Appointment.objects.count()) == (before, 0)


def test_who_is_chosen_in_another_township_is_not_chosen_again(town, places, now):
    phone = "13700001111"
    make_nomination(station(places.other_village), "chosen", make_worker(places.other_village, "冉小红", phone))
    site = station(places.village)
    row = make_nomination(site, "examined", make_worker(places.village, "冉小红", phone))
    make_candidates(site, "examined", "examined")
    with pytest.raises(RuleBroken, match="别的站点"):
        act(town, "staffing.choose", {"reason": ""}, "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert row.state == "examined"


def test_a_refusal_gives_its_reason_and_closes_the_step(town, places, now):
    row = make_nomination(station(places.village), "examined")
    act(town, "staffing.refuse", {"reason": "在外务工"}, "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by, open_steps()) == ("refused", "在外务工", "李四", [])


def test_who_was_not_examined_is_not_refused(town, places, now):
    row = make_nomination(station(places.village))
    with pytest.raises(RuleBroken, match="还没有考察"):
        act(town, "staffing.refuse", {"reason": "不合适"}, "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert row.state == "nominated"


def test_a_withdrawn_candidate_makes_room_for_another(town, partner, places, now):
    site = station(places.village)
    first, *_others = make_candidates(site, *["nominated"] * 5)
    act(partner, "staffing.withdraw", {"reason": "本人放弃"}, "k", target=first.pk, now=now)
    act(partner, "staffing.nominate", NOMINATED, "k2", target=site.pk, now=now)
    assert states() == ["nominated"] * 5 + ["withdrawn"]


def test_a_site_outside_any_plan_takes_no_nomination(town, partner, places, now):
    site = make_site()
    with pytest.raises(RuleBroken, match="没有规定推荐"):
        act(partner, "staffing.nominate", NOMINATED, "k", target=site.pk, now=now)
