"""Who ends a referral, and what is still owed then (H4)."""

from __future__ import annotations

import pytest

from weimin.health.models import Due
from weimin.health.tests.builders import act_now
from weimin.messages.models import Message
from weimin.referrals.tests.test_way import go
from weimin.residents.tests.builders import TODAY
from weimin.walls.errors import RuleBroken

pytestmark = pytest.mark.req("H4")


def test_what_the_hospital_ends_the_community_is_told_and_still_asks_about(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="send_back")
    Message.objects.all().delete()
    act_now(hospital, "referrals.close", {"why": "gone_home", "note": "自行出院"}, target=referral.pk)
    assert (Message.objects.get().person_id, Due.objects.get(kind="referral").state) == (doctor.person, "open")
    act_now(doctor, "referrals.follow_up", {"on": "2026-11-23", "result": "treated", "note": "在家吃药"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, referral.followed_on, Due.objects.get(kind="referral").state) == ("closed", TODAY, "done")


def test_who_is_back_or_did_not_come_is_not_the_hospitals_to_end(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="receive")
    with pytest.raises(RuleBroken, match="请由社区医生结束"):
        act_now(hospital, "referrals.close", {"why": "gone_home", "note": ""}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.state, Due.objects.get(kind="referral").state) == ("returned", "open")


def test_whoever_ends_it_in_the_community_knows_what_became_of_the_patient(record, doctor, hospital):
    referral = go(record, doctor, hospital, until="arrive")
    act_now(hospital, "referrals.miss", {"note": "没有来"}, target=referral.pk)
    act_now(doctor, "referrals.close", {"why": "gone_home", "note": "本人不去"}, target=referral.pk)
    referral.refresh_from_db()
    assert (referral.followed_on, referral.follow_result, Due.objects.get(kind="referral").state) == (TODAY, "not_gone", "done")
