"""Referrals follow the life of the person: a move, a death, two records that become one (H4)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.flows.models import Step
from weimin.flows.steps import current_step
from weimin.health.models import Due
from weimin.health.tests.builders import act_now, make_record
from weimin.messages.models import Message
from weimin.referrals.actions.base import tell_community
from weimin.referrals.flow import REFERRAL
from weimin.referrals.models import Referral
from weimin.referrals.tests.builders import make_referral
from weimin.referrals.tests.examples.referrals import UP
from weimin.residents.duplicates import everything_back, everything_moved
from weimin.residents.life_events import happened, touched_by
from weimin.residents.models import Merge
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H4")
VILLAGE, NEW, TOWNSHIP = 500242101200, 500242102200, 500242101000


def event(who, kind, resident):
    with entered(who):
        return happened(kind, who, resident, TODAY, NOW)


def test_a_move_takes_referral_summary_and_step_along(everywhere, actor):
    record = make_record(VILLAGE)
    old = make_referral(record, "closed")
    act_now(actor("doctor", VILLAGE), "referrals.refer_up", UP, target=record.resident_id)
    record.resident.region = NEW
    record.resident.save()
    event(actor("township", NEW // 1000 * 1000), "move_home", record.resident)
    assert set(Referral.objects.values_list("region", flat=True)) == {NEW}
    old.summary.refresh_from_db()
    assert (old.summary.region, set(Step.objects.filter(flow=REFERRAL).values_list("region", flat=True))) == (NEW, {NEW})


def test_after_a_move_the_new_desk_is_told_and_not_the_doctor_who_sent(everywhere, actor, make_post):
    sender = make_post("doctor", VILLAGE, "李医生")
    told = []
    for region in (VILLAGE, NEW):
        referral = make_referral(region, doctor=sender.person_id)
        tell_community(referral, "有一位病人", NOW, TODAY)
        told.append(Message.objects.values_list("person", "role").latest("pk"))
    assert told == [(sender.person_id, ""), (None, "institution")]


@pytest.mark.parametrize(
    ("state", "end"), [("sent", "cancelled"), ("accepted", "cancelled"), ("missed", "closed"), ("arrived", "closed"), ("received", "closed")]
)
def test_nobody_waits_for_the_dead(everywhere, actor, state, end):
    referral = make_referral(VILLAGE, state)
    lines = event(actor("township", TOWNSHIP), "death", referral.resident).facts["lines"]
    referral.refresh_from_db()
    assert (referral.state, referral.end_reason, referral.closed_on) == (end, "dead", TODAY)
    assert [line for line in lines if "转诊" in line or "医院" in line] == []


def test_the_step_of_the_dead_is_closed(everywhere, actor):
    record = make_record(VILLAGE)
    act_now(actor("doctor", VILLAGE), "referrals.refer_up", UP, target=record.resident_id)
    event(actor("township", TOWNSHIP), "death", record.resident)
    assert current_step(Referral.objects.get(), REFERRAL) is None


def test_a_death_is_announced_alike_of_everybody(everywhere, actor):
    sick, well = make_referral(VILLAGE, "arrived").resident, make_resident(VILLAGE, "田健康")
    clerk = actor("township", TOWNSHIP)
    with entered(clerk):
        assert touched_by("death", clerk, sick, TODAY) == touched_by("death", clerk, well, TODAY)


def test_two_records_of_one_person_become_one_and_part_again(everywhere, actor):
    gone, kept = make_record(VILLAGE, "冉重一").resident, make_resident(VILLAGE, "冉重二")
    referral = make_referral(gone.health_record, "closed")
    clerk = actor("township", TOWNSHIP)
    with entered(clerk):
        moved = everything_moved(gone, kept, TODAY)
    assert moved["rooms"]["referrals"] == []  # whoever reads the merge does not learn of it
    referral.refresh_from_db()
    assert referral.resident_id == kept.pk
    merge = Merge(region=VILLAGE, gone=gone, kept=kept, moved=moved)
    with entered(clerk):
        everything_back(merge)
    referral.refresh_from_db()
    assert (referral.resident_id, referral.merged_from) == (gone.pk, None)


def test_of_two_on_the_way_one_stays_behind(everywhere, actor):
    gone, kept = make_record(VILLAGE, "冉重一"), make_record(VILLAGE, "冉重二")
    make_referral(gone, "arrived")
    make_referral(gone, "closed", arrived_on=date(2026, 3, 1), returned_on=date(2026, 3, 9))
    make_referral(kept)
    with entered(system_actor()):
        everything_moved(gone.resident, kept.resident, TODAY)
    assert sorted(Referral.objects.values_list("resident_id", "state")) == sorted(
        [(gone.resident_id, "arrived"), (kept.resident_id, "closed"), (kept.resident_id, "sent")]
    )


def test_a_referral_is_asked_after_at_the_record_that_has_it(everywhere, actor):
    gone, kept = make_record(VILLAGE, "冉重一"), make_record(VILLAGE, "冉重二")
    act_now(actor("doctor", VILLAGE), "referrals.refer_up", UP, target=gone.resident_id)
    asked = Due.objects.get(kind="referral")
    with entered(actor("township", TOWNSHIP)):
        moved = everything_moved(gone.resident, kept.resident, TODAY)
    referral = Referral.objects.get()
    due = Due.objects.get(kind="referral", state="open")
    assert (referral.resident_id, referral.record_id, due.record_id, due.due_on, due.urgent) == (kept.resident_id, kept.pk, kept.pk, asked.due_on, asked.urgent)
    with entered(actor("township", TOWNSHIP)):
        everything_back(Merge(region=VILLAGE, gone=gone.resident, kept=kept.resident, moved=moved))
    referral.refresh_from_db()
    assert (referral.resident_id, referral.record_id) == (gone.resident_id, gone.pk)
    assert Due.objects.get(kind="referral", state="open").record_id == gone.pk
