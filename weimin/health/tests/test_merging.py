"""Two entries of the register were one person, or were not (H1)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.attachments.models import Attachment
from weimin.health.carrying import carry
from weimin.health.models import Care, Due, RecordMerge, SelfCare, Visit, VisitOutcome
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_self_care, make_visit
from weimin.health.tests.examples.care import LOST, SUSPECTED
from weimin.messages.models import Message
from weimin.residents.models import Merge
from weimin.residents.tests.builders import NOW, make_resident

pytestmark = pytest.mark.req("H1")
VILLAGE, NEXT, TOWNSHIP = 500242101200, 500242101201, 500242101000


@pytest.fixture
def office(actor):
    return actor("township", TOWNSHIP)


def double(region):
    """Somebody who was entered a second time without papers."""
    return make_record(region, resident=make_resident(region, "冉桂兰", birth_on=date(1955, 3, 8), id_number=""))


def merge(office, gone, kept, key="m"):
    act_now(office, "residents.merge", {"into": str(kept.pk), "reason": "同一人登记两次"}, key, target=gone.pk)


def unmerge(office, key="u"):
    act_now(office, "residents.unmerge", {"reason": "不是同一人"}, key, target=Merge.objects.latest("pk").pk)


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.fixture
def two(everywhere):
    """(record of the one merged away, record kept): both hypertension, the first diabetes as well; a visit each."""
    gone, kept = double(VILLAGE), make_record(NEXT, "冉桂兰")
    for record in (gone, kept):
        make_care(record)
    make_care(gone, "diabetes")
    make_visit(gone, on=date(2026, 10, 1), programmes=["hypertension", "diabetes"], outcome="unsatisfied")
    make_visit(kept, on=date(2026, 8, 1))
    make_due(gone), make_due(kept)
    make_self_care(gone)
    return gone, kept


def test_the_only_record_goes_along_and_comes_back(everywhere, office):
    gone, kept = double(VILLAGE), make_resident(NEXT, "冉桂兰")
    care = make_care(gone)
    merge(office, gone.resident, kept)
    assert (fresh(gone).resident_id, gone.region, fresh(care).region, gone.state) == (kept.pk, NEXT, NEXT, "active")
    unmerge(office)
    assert (fresh(gone).resident_id == kept.pk, gone.region, fresh(care).region) == (False, VILLAGE, VILLAGE)


def test_two_records_become_one_that_has_everything(two, office):
    gone, kept = two
    merge(office, gone.resident, kept.resident)
    assert (fresh(gone).state, gone.inactive_reason, gone.inactive_note) == ("inactive", "other", kept.number)
    assert set(Visit.objects.values_list("record", "region")) == {(kept.pk, NEXT)} and SelfCare.objects.get().record == kept
    cares = Care.objects.filter(record=kept).exclude(state="ended")
    assert {care.programme: (care.last_on, care.last_outcome) for care in cares} == {
        "hypertension": (date(2026, 10, 1), "unsatisfied"), "diabetes": (date(2026, 10, 1), "unsatisfied"),
    }  # fmt: skip
    assert set(VisitOutcome.objects.values_list("care__record", flat=True)) == {kept.pk}
    due = Due.objects.get(state="open")
    assert (due.record, due.programmes) == (kept, ["diabetes", "hypertension"])


def photo_of(visit):
    return Attachment.objects.create(
        region=visit.region, subject_type="health.visit", subject_id=visit.pk, kind="photo", name="随访表照片.jpg", content_type="image/jpeg", size=9, sm3="0" * 64,
        uploaded_at=NOW,
    )  # fmt: skip


def test_photos_go_with_their_visits_and_come_back(two, office):
    gone, kept = two
    photo = photo_of(gone.visits.get())
    merge(office, gone.resident, kept.resident)
    assert fresh(photo).region == NEXT
    unmerge(office)
    assert fresh(photo).region == VILLAGE


def test_photos_go_with_a_record_that_is_carried_to_another_village(everywhere):
    record = make_record(VILLAGE)
    photo = photo_of(make_visit(record))
    carry(record, NEXT)
    assert fresh(photo).region == NEXT


def test_taken_apart_they_are_as_before(two, office):
    gone, kept = two
    before = [set(model.objects.values_list("pk", "record", "region")) for model in (Visit, Care, SelfCare)]
    merge(office, gone.resident, kept.resident)
    unmerge(office)
    assert [set(model.objects.values_list("pk", "record", "region")) for model in (Visit, Care, SelfCare)] == before
    assert (fresh(gone).state, gone.inactive_on, set(Care.objects.values_list("state", flat=True))) == ("active", None, {"managed"})
    assert {care.record_id: care.last_on for care in Care.objects.filter(programme="hypertension")} == {gone.pk: date(2026, 10, 1), kept.pk: date(2026, 8, 1)}
    assert {due.record_id for due in Due.objects.filter(state="open")} == {gone.pk, kept.pk}


def test_what_was_written_since_stays_with_the_record_that_was_kept(two, office):
    gone, kept = two
    merge(office, gone.resident, kept.resident)
    new = make_visit(kept, on=date(2026, 11, 10))
    unmerge(office)
    assert fresh(new).record == kept


@pytest.mark.parametrize("over", [SUSPECTED, LOST], ids=["suspected", "lost"])
def test_care_that_both_had_comes_back_as_it_was(everywhere, office, over):
    gone, kept = double(VILLAGE), make_record(NEXT)
    make_care(gone, **over), make_care(kept)
    merge(office, gone.resident, kept.resident)
    assert list(Care.objects.exclude(state="ended").values_list("record", "state")) == [(kept.pk, "managed")]
    unmerge(office)
    assert Care.objects.exclude(state="ended").get(record=gone).state == over["state"]


def test_the_merge_of_the_register_does_not_tell_that_there_is_a_record(two, office):
    gone, kept = two
    merge(office, gone.resident, kept.resident)
    assert Merge.objects.get().moved["rooms"]["health"] == [] and RecordMerge.objects.count() == 1


def test_both_pages_lead_to_each_other(two, office, client_as):
    gone, kept = two
    merge(office, gone.resident, kept.resident)
    client = client_as("institution", TOWNSHIP)
    assert gone.number in client.get(f"/health/{kept.pk}/").content.decode() and kept.number in client.get(f"/health/{gone.pk}/").content.decode()


@pytest.mark.req("H9")
def test_who_moves_away_leaves_a_record_that_is_to_be_handed_on(everywhere, office, client_as):
    record = make_record(VILLAGE)
    act_now(office, "residents.record_move_out", {"on": "2026-11-20", "proof": "迁移证", "to": "北京市"}, target=record.resident_id)
    message = Message.objects.get(role="institution")
    assert (fresh(record).inactive_reason, message.url, "导出档案" in message.text) == ("moved", f"/health/{record.pk}/", True)
    assert "交迁入地" in client_as("institution", TOWNSHIP).get(f"/health/{record.pk}/").content.decode()


@pytest.mark.req("H3")
def test_visits_of_both_are_one_chain_and_two_again(two, office):
    """One record has a bad visit of October, the kept one a bad visit of November: together the second in a row."""
    gone, kept = two
    later = make_visit(kept, on=date(2026, 11, 1), outcome="unsatisfied")
    refers = lambda: VisitOutcome.objects.get(visit=later).refer  # noqa: E731
    merge(office, gone.resident, kept.resident)
    assert refers() and Message.objects.filter(text__contains="改为建议转诊").count() == 1
    unmerge(office)
    assert not refers()


@pytest.mark.req("H4")
def test_the_day_that_a_hospital_wants_goes_along_and_comes_back(two, office):
    gone, kept = two
    wanted = {"ordered_on": date(2026, 12, 3), "ordered_since": date(2026, 11, 20), "ordered_from": "hospital", "ordered_referral": 5}
    Care.objects.filter(record=gone, programme="hypertension").update(**wanted)
    held = Care.objects.get(record=kept)
    merge(office, gone.resident, kept.resident)
    assert (fresh(held).next_on, held.next_from, held.ordered_referral) == (date(2026, 12, 3), "hospital", 5)
    unmerge(office)
    assert (fresh(held).next_from, held.ordered_on, held.ordered_referral) == ("rule", None, None)
    back = Care.objects.get(record=gone, programme="hypertension")
    assert (back.state, back.next_on, back.next_from) == ("managed", date(2026, 12, 3), "hospital")
