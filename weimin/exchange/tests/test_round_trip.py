"""A record goes from 酉阳 to 土陂 and back: nothing is lost, nothing comes twice (decision 0008)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from proofs.databases import TUPO, YOUYANG, inside

from weimin.examinations.models import AbnormalFollowUp, Examination
from weimin.exchange.models import FormerNumber, Origin
from weimin.exchange.packing import to_json
from weimin.exchange.rules_bundle import parse
from weimin.exchange.rules_plan import plan_of
from weimin.exchange.rules_reading import read_bundle
from weimin.exchange.rules_release import to_r4
from weimin.exchange.tests.builders import SENDER, bring, bundle_of, content_of, make_full_record, take_in
from weimin.exchange.tests.test_mapping import without_places
from weimin.flows.models import Step
from weimin.health.models import Care, Due, HealthRecord, SelfCare, Visit, VisitOutcome
from weimin.health.tests.builders import make_care, make_record, make_visit
from weimin.referrals.models import Referral, Summary
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
NUMBER, PHONE = "110105194912310021", "13900001111"
THERE = 341221203200  # a village of 土陂
PERSON = {"id_number": NUMBER, "phone": PHONE, "ethnicity": "土家族", "marital": "married", "address": "3组12号"}
LOCAL = ("number", "former", "registered", "address")


def doctor(low: int) -> Actor:
    return Actor(7, "杨医生", None, "doctor", low, low, frozenset({"residents", "health"}))


def seen(content: Any) -> dict[str, Any]:
    """A content without what belongs to the place."""
    found = without_places(content)
    found["person"] = {name: value for name, value in found["person"].items() if name not in LOCAL}
    found["record"] = {name: value for name, value in found["record"].items() if name != "key"}
    found["rows"] = {name: [{key: value for key, value in row.items() if key != "pk"} for row in rows] for name, rows in found["rows"].items()}
    return found


@pytest.fixture
def sent(db: None) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A record of 酉阳: its bundle, what it holds, its number."""
    with inside(YOUYANG), entered(system_actor()):
        record = make_full_record(500242101200, resident=make_resident(500242101200, "冉桂兰", **PERSON))
        return bundle_of(record), seen(content_of(record)), record.number


@pytest.mark.parametrize("release", ["R5", "R4"])
def test_a_record_arrives_complete_under_a_number_of_the_new_place(sent: Any, release: str) -> None:
    bundle, held, number = sent
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        take_in(doctor(THERE), bring(doctor(THERE), to_r4(bundle) if release == "R4" else bundle))
        record = HealthRecord.objects.get()
        assert seen(content_of(record)) == held
        assert record.number == "34122120310100001"
        assert [(row.number, row.place) for row in FormerNumber.objects.all()] == [(number, "板溪镇卫生院")]
        counts = {
            model.__name__: model.objects.count() for model in (Care, Visit, VisitOutcome, Due, SelfCare, Examination, AbnormalFollowUp, Referral, Summary)
        }
        assert counts == {
            "Care": 3, "Visit": 3, "VisitOutcome": 5, "Due": 2, "SelfCare": 1, "Examination": 2, "AbnormalFollowUp": 1, "Referral": 1, "Summary": 1,
        }  # fmt: skip
        assert Origin.objects.count() == 13


def test_the_same_record_a_second_time_changes_nothing(sent: Any) -> None:
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        who = doctor(THERE)
        take_in(who, bring(who, sent[0]))
        again = bundle_again(sent[0])
        plan = plan_of_bundle(again)
        assert {status for found in plan.counts.values() for status in found} == {"same"}
        take_in(who, bring(who, again, "up2"), "in2")
        assert (Visit.objects.count(), Care.objects.count(), Origin.objects.count()) == (3, 3, 13)


def bundle_again(bundle: dict[str, Any]) -> dict[str, Any]:
    return bundle | {"identifier": bundle["identifier"] | {"value": "another"}}


def plan_of_bundle(bundle: dict[str, Any]) -> Any:
    return plan_of(parse(read_bundle(to_json(bundle))), content_of(HealthRecord.objects.get()), TUPO)


def test_there_and_back_again_adds_only_what_is_new(sent: Any) -> None:
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        take_in(doctor(THERE), bring(doctor(THERE), sent[0]))
        record = HealthRecord.objects.get()
        Visit.objects.create(region=THERE, record=record, on="2026-11-20", way="phone", doctor_name="杨医生", entered_at=SENDER.at, findings={"remark": "好"})
        back = bundle_again(bundle_of(record))
    with inside(YOUYANG), entered(system_actor()):
        who = doctor(500242101200)
        take_in(who, bring(who, back))
        record = HealthRecord.objects.get()
        assert [str(on) for on in Visit.objects.order_by("on", "pk").values_list("on", flat=True)] == ["2026-08-01", "2026-08-01", "2026-11-01", "2026-11-20"]
        assert (
            Origin.objects.values_list("key", flat=True).get() == f"urn:weimin:{TUPO}:visit|{Visit.objects.using('default').count()}"
            or Origin.objects.count() == 1
        )
        assert record.number == sent[2]
        assert Care.objects.count() == 3


def test_who_made_a_visit_elsewhere_is_kept_by_name(sent: Any) -> None:
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        take_in(doctor(THERE), bring(doctor(THERE), sent[0]))
        visit = Visit.objects.order_by("pk").first()
        assert visit is not None
        assert (visit.doctor, visit.doctor_name) == (None, "李医生")


def test_a_referral_that_is_not_over_stands_on_the_desk_of_the_new_place(sent: Any) -> None:
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        take_in(doctor(THERE), bring(doctor(THERE), sent[0]))
        referral = Referral.objects.get()
        step = Step.objects.get(subject_type="referrals.referral", subject_id=referral.pk)
        assert (referral.attended, step.role, step.state, step.title) == (False, "institution", "received", "上转冉*兰")


@pytest.mark.req("H4")
def test_the_day_that_a_hospital_wants_arrives_with_the_referral_it_comes_from(sent: Any) -> None:
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", **PERSON)
        take_in(doctor(THERE), bring(doctor(THERE), sent[0]))
        care = Care.objects.get(programme="hypertension")
        assert (str(care.next_on), care.next_from, care.ordered_referral) == ("2026-12-03", "hospital", Referral.objects.get().pk)
        assert Due.objects.get(kind="visit").source == "hospital"


@pytest.mark.req("H3", "H4")
def test_visits_that_come_to_a_record_of_here_are_judged_with_its_own(sent: Any) -> None:
    """Here a bad visit of 20 August; theirs of 1 August was bad as well: ours is the second in a row, and their hospital's day holds."""
    with inside(TUPO), entered(system_actor()):
        who, record = doctor(THERE), make_record(THERE, resident=make_resident(THERE, "冉桂兰", **PERSON))
        care = make_care(record)
        ours = make_visit(record, on=date(2026, 8, 20), outcome="unsatisfied")
        take_in(who, bring(who, sent[0]))
        care.refresh_from_db()
        assert VisitOutcome.objects.get(visit=ours).refer
        assert (str(care.last_on), str(care.next_on), care.next_from) == ("2026-11-01", "2026-12-03", "hospital")
        assert care.ordered_referral == Referral.objects.get().pk
