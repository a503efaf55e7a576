"""A bundle is looked at first: who it is, what is new, what differs; then taken in, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from weimin.actions.act import act
from weimin.exchange.models import Exchange, FormerNumber, Origin
from weimin.exchange.reviewing import review
from weimin.exchange.rules_bundle import build
from weimin.exchange.tests.builders import SENDER, bring, take_in
from weimin.exchange.tests.examples import BORN, KEYS, NUMBER, VISIT, a_bundle, content
from weimin.health.carrying import carry
from weimin.health.models import Care, Due, HealthRecord, Visit
from weimin.health.tests.builders import make_care, make_due, make_record, make_visit
from weimin.residents.tests.builders import NOW, make_resident
from weimin.trail.models import Entry
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, KeyReused, NotAllowed, NotVisible, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
VILLAGE = 500242101200
CARE: dict[str, Any] = {
    "key": f"{KEYS}care|1", "programme": "hypertension", "state": "managed", "grade": "2 级", "since_on": date(2024, 1, 1), "target": {}, "found_on": None, "confirmed_on": None,
}  # fmt: skip


@pytest.fixture
def doctor(everywhere: None, actor: Any) -> Actor:
    return actor("doctor", VILLAGE)


@pytest.fixture
def resident(everywhere: None) -> Any:
    return make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)


def conflicts(who: Actor, exchange: Exchange) -> list[Any]:
    found = review(who, exchange, None)
    assert found is not None and found.compared is not None
    return found.compared.plan.conflicts


def test_somebody_is_known_by_the_number_of_the_document(doctor: Actor, resident: Any) -> None:
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number="")
    found = review(doctor, bring(doctor, a_bundle()), None)
    assert found is not None
    assert (found.match.by, found.resident) == ("number", resident)


def test_without_a_number_those_of_the_name_and_birthday_are_asked_about(doctor: Actor) -> None:
    two = [make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number="") for _place in range(2)]
    exchange = bring(doctor, a_bundle(id_number=""))
    found = review(doctor, exchange, None)
    assert found is not None
    assert (found.match.by, found.resident, found.match.people) == ("name", None, two)
    with pytest.raises(InputInvalid):
        take_in(doctor, exchange)
    take_in(doctor, exchange, resident=two[1].pk)
    assert HealthRecord.objects.get().resident == two[1]


def test_somebody_of_the_same_name_and_birthday_with_another_number_is_another_person(doctor: Actor) -> None:
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number="11010519550308002X")
    found = review(doctor, bring(doctor, a_bundle()), None)
    assert found is not None
    assert found.match.people == []


def test_somebody_who_is_not_in_the_register_is_entered_there_first(doctor: Actor, client_as: Any) -> None:
    exchange = bring(doctor, a_bundle())
    page = client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()
    assert "居民登记里没有这个人" in page
    assert "exchange.apply_bundle" not in page
    with pytest.raises(InputInvalid, match="先在居民登记里核对或登记"):
        take_in(doctor, exchange)
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    assert "exchange.apply_bundle" in client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()


def test_a_record_that_comes_in_gets_a_number_of_here_and_keeps_the_old_one(doctor: Actor, resident: Any) -> None:
    take_in(doctor, bring(doctor, a_bundle()))
    record = HealthRecord.objects.get()
    assert (record.number, record.doctor, record.opened_on, record.opened_by) == ("50024210110100001", doctor.person, date(2020, 1, 1), "王医生")
    former = FormerNumber.objects.get()
    assert (former.number, former.place) == ("37140200100100001", "板溪镇卫生院")
    assert Origin.objects.values_list("key", flat=True).get() == f"{KEYS}visit|1"
    assert Exchange.objects.get().state == "applied"


def test_ours_stays_unless_theirs_is_chosen(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident, personal={"blood": "2", "contact": "冉大山"})
    exchange = bring(doctor, a_bundle(personal={"blood": "1", "rh": "2"}))
    assert [(one.part, one.ours, one.theirs) for one in conflicts(doctor, exchange)] == [("personal", {"blood": "2"}, {"blood": "1"})]
    take_in(doctor, exchange)
    record.refresh_from_db()
    assert record.personal == {"blood": "2", "contact": "冉大山", "rh": "2"}


def test_theirs_is_taken_field_by_field(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident, personal={"blood": "2", "rh": "1"})
    care = make_care(record, grade="1 级")
    bundle = with_care(personal={"blood": "1", "rh": "2"})
    exchange = bring(doctor, bundle)
    chosen = {one.name: "theirs" for one in conflicts(doctor, exchange) if one.fields in (("blood",), ("grade",))}
    take_in(doctor, exchange, **chosen)
    record.refresh_from_db()
    care.refresh_from_db()
    assert record.personal == {"blood": "1", "rh": "1"}
    assert (care.grade, str(care.since_on)) == ("2 级", "2025-11-23")


def with_care(**over: Any) -> dict[str, Any]:
    made = content(**over)
    made.rows["care"] = [CARE]
    return build(made, SENDER)


def test_what_is_empty_here_is_filled_and_what_is_empty_there_takes_nothing_away(doctor: Actor, resident: Any) -> None:
    care = make_care(make_record(VILLAGE, resident=resident), since_on=date(2024, 1, 1), confirmed_at="县医院")
    exchange = bring(doctor, with_care())
    assert [(one.fields, one.default) for one in conflicts(doctor, exchange)] == [(("grade",), "theirs")]
    take_in(doctor, exchange)
    care.refresh_from_db()
    assert (care.grade, care.confirmed_at) == ("2 级", "县医院")


def test_their_visit_of_the_same_day_takes_the_place_of_ours_as_a_correction(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident)
    ours = make_visit(record, on=date(2026, 10, 8), systolic=150, programmes=[])
    exchange = bring(doctor, a_bundle())
    (one,) = conflicts(doctor, exchange)
    assert (one.fields, one.ours["systolic"], one.theirs["systolic"]) == (("systolic", "findings"), 150, 132)
    take_in(doctor, exchange, **{one.name: "theirs"})
    theirs = Visit.objects.get(corrects=ours)
    ours.refresh_from_db()
    assert (ours.systolic, theirs.systolic, theirs.doctor_name) == (150, 132, "王医生")


def test_a_visit_of_theirs_in_the_place_of_ours_decides_what_is_due(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident)
    care = make_care(record, grade="2 级", last_on=date(2026, 10, 8), last_outcome="satisfied", next_on=date(2027, 1, 8))
    make_visit(record, on=date(2026, 10, 8), systolic=128, outcome="satisfied")
    made = content()
    said = {"care": CARE["key"], "programme": "hypertension", "on": date(2026, 10, 8), "outcome": "unsatisfied", "next_on": date(2026, 10, 22)}
    made.rows["care"] = [CARE]
    made.rows["visit"] = [
        VISIT
        | {
            "systolic": 165,
            "programmes": ["hypertension"],
            "outcomes": [said | {"refer": False, "emergency": False, "reasons": [], "standard_from": date(2017, 2, 28)}],
        }
    ]
    exchange = bring(doctor, build(made, SENDER))
    take_in(doctor, exchange, **{one.name: "theirs" for one in conflicts(doctor, exchange) if one.part == "visit"})
    care.refresh_from_db()
    assert (care.last_on, care.last_outcome, care.next_on) == (date(2026, 10, 8), "unsatisfied", date(2026, 10, 22))


def test_their_visit_of_the_same_day_stays_out_when_ours_is_kept(doctor: Actor, resident: Any) -> None:
    make_visit(make_record(VILLAGE, resident=resident), on=date(2026, 10, 8), systolic=150, programmes=[])
    exchange = bring(doctor, a_bundle())
    take_in(doctor, exchange)
    assert list(Visit.objects.values_list("systolic", flat=True)) == [150]
    assert Exchange.objects.get().content is not None


def test_a_corrected_visit_of_theirs_meets_ours_with_its_correction(doctor: Actor, resident: Any) -> None:
    ours = make_visit(make_record(VILLAGE, resident=resident), on=date(2026, 10, 8), systolic=150, programmes=[])
    corrected = VISIT | {"key": f"{KEYS}visit|2", "corrects": VISIT["key"], "systolic": 136}
    exchange = bring(doctor, a_bundle(visits=[VISIT, corrected]))
    (one,) = conflicts(doctor, exchange)
    assert (one.ours["systolic"], one.theirs["systolic"]) == (150, 136)
    take_in(doctor, exchange)
    assert list(Visit.objects.values_list("pk", flat=True)) == [ours.pk]
    again = bring(doctor, a_bundle(visits=[VISIT, corrected]) | {"identifier": {"system": "urn:x", "value": "2"}}, "again")
    take_in(doctor, again, "in again", **{one.name: "theirs" for one in conflicts(doctor, again)})
    assert Visit.objects.get(corrects=ours).systolic == 136


def test_two_corrections_of_one_visit_are_a_conflict(doctor: Actor, resident: Any) -> None:
    first = bring(doctor, a_bundle())
    take_in(doctor, first)
    theirs = Visit.objects.get()
    ours = make_visit(theirs.record, on=date(2026, 10, 8), systolic=128, corrects=theirs, programmes=[], findings={"remark": "好"})
    corrected = VISIT | {"key": f"{KEYS}visit|2", "corrects": VISIT["key"], "systolic": 136}
    second = bring(doctor, a_bundle(visits=[VISIT, corrected]) | {"identifier": {"system": "urn:x", "value": "2"}}, "second")
    (one,) = conflicts(doctor, second)
    assert (one.ours, one.theirs) == ({"systolic": 128}, {"systolic": 136})
    take_in(doctor, second, "in second", **{one.name: "theirs"})
    assert Visit.objects.get(corrects=ours).systolic == 136


def test_the_calendar_is_made_anew_when_care_arrives(doctor: Actor, resident: Any) -> None:
    take_in(doctor, bring(doctor, with_care()))
    due = Due.objects.get()
    assert (due.kind, due.programmes, due.state) == ("visit", ["hypertension"], "open")
    assert Care.objects.get().doctor == doctor.person


def test_a_bundle_is_taken_in_once(doctor: Actor, resident: Any) -> None:
    exchange = bring(doctor, a_bundle())
    take_in(doctor, exchange)
    assert bring(doctor, a_bundle(), "again") == exchange
    with pytest.raises(RuleBroken, match="已导入"):
        take_in(doctor, exchange, "once more")
    assert Visit.objects.count() == 1


def test_the_same_number_with_other_content_is_refused(doctor: Actor, resident: Any) -> None:
    bring(doctor, a_bundle())
    with pytest.raises(RuleBroken, match="编号相同的数据包 2026-11-23 已经来过，内容与这次不同"):
        bring(doctor, a_bundle(visits=[VISIT | {"systolic": 133}]), "other")


def test_sending_the_form_twice_is_sending_it_once(doctor: Actor, resident: Any) -> None:
    exchange = bring(doctor, a_bundle())
    first, second = take_in(doctor, exchange), take_in(doctor, exchange)
    assert (second.pk, second.replayed) == (first.pk, True)
    with pytest.raises(KeyReused):
        take_in(doctor, exchange, resident=resident.pk)


def test_what_changed_while_somebody_looked_is_shown_again(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident)
    exchange = bring(doctor, a_bundle())
    found = review(doctor, exchange, None)
    assert found is not None and found.compared is not None
    make_visit(record, on=date(2026, 10, 8), systolic=150, programmes=[])
    with pytest.raises(InputInvalid, match="您核对期间档案有了变化"):
        take_in(doctor, exchange, seen=found.compared.plan.digest)
    assert Visit.objects.count() == 1


def test_a_record_at_rest_takes_nothing_in(doctor: Actor, resident: Any) -> None:
    make_record(VILLAGE, resident=resident, state="inactive", inactive_reason="missing", inactive_on=date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="失踪"):
        take_in(doctor, bring(doctor, a_bundle()))


def test_a_due_of_here_that_is_open_is_not_doubled(doctor: Actor, resident: Any) -> None:
    record = make_record(VILLAGE, resident=resident)
    make_care(record)
    make_due(record)
    take_in(doctor, bring(doctor, with_care()))
    assert Due.objects.filter(state="open", kind="visit").count() == 1


@pytest.mark.parametrize("role", ["village", "township", "hospital", "health_bureau", "lead_office", "administrator"])
def test_only_who_keeps_records_takes_one_in(everywhere: None, actor: Any, role: str) -> None:
    with pytest.raises(NotAllowed):
        bring(actor(role, VILLAGE), a_bundle())


def test_a_bundle_that_waits_elsewhere_is_missing(doctor: Actor, resident: Any, actor: Any, client_as: Any) -> None:
    exchange = bring(doctor, a_bundle())
    with pytest.raises(NotVisible):
        take_in(actor("doctor", 500242102200), exchange)
    client: Client = client_as("doctor", 500242102200)
    assert client.get(f"/exchange/{exchange.pk}/").status_code == 404


def test_giving_it_up_leaves_nothing_of_it(doctor: Actor) -> None:
    exchange = bring(doctor, a_bundle())
    act(doctor, "exchange.drop_bundle", {}, "drop", target=exchange.pk, now=NOW)
    exchange.refresh_from_db()
    assert (exchange.state, exchange.content) == ("dropped", None)


def test_the_trail_names_nobody_in_full(doctor: Actor, resident: Any) -> None:
    take_in(doctor, bring(doctor, a_bundle()))
    entry = Entry.objects.get(action="exchange.apply_bundle")
    assert entry.after["name"] == "冉*兰"
    assert NUMBER not in str(entry.after)


def test_what_was_exchanged_goes_wherever_the_record_is_carried(doctor: Actor, resident: Any) -> None:
    exchange = bring(doctor, a_bundle())
    take_in(doctor, exchange)
    record = HealthRecord.objects.get()
    carry(record, VILLAGE + 1)
    assert {model.objects.values_list("region", flat=True).get() for model in (Exchange, Origin, FormerNumber)} == {VILLAGE + 1}
