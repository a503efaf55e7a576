"""Each way of delivery asks for its own evidence, and nothing goes round it (S3)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from weimin.actions.act import new_key
from weimin.attachments.models import Attachment
from weimin.cases.models import Delivery
from weimin.cases.rules_delivery import Handed, lacking, proof_of
from weimin.cases.tests.agency_builders import drawn
from weimin.cases.tests.builders import NOW, make_case
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.demonstration.files import picture_bytes
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
SELF = {"way": "pickup", "to": "self"}
POST = {"way": "post", "to": "self", "carrier": "中国邮政 EMS", "tracking": "EX123456785CN"}


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.jpg", picture_bytes("before"), "image/jpeg")


@pytest.fixture
def case(built):
    return built(make_case, VILLAGE, "deliver", desk_now="window")


def deliveries():
    with entered(system_actor()):
        return list(Delivery.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("handed", "fields"),
    [
        (Handed("pickup"), ["signature"]), (Handed("home"), ["signature"]), (Handed("home", "family"), ["signature"]),
        (Handed("pickup", signature=True), []), (Handed("pickup", slip=True), []),
        (Handed("home", unable="不识字"), ["thumb"]), (Handed("home", thumb=True), ["unable"]), (Handed("home", witness="冉小山"), ["unable"]),
        (Handed("home", unable="不识字", thumb=True), []), (Handed("home", unable="不识字", witness="冉小山"), []),
        (Handed("pickup", "agent"), ["signature"]), (Handed("pickup", "agent", unable="不识字", witness="冉小山"), ["signature"]),
        (Handed("pickup", "agent", slip=True), []), (Handed("post"), ["carrier", "tracking"]), (Handed("post", carrier="EMS"), ["tracking"]),
        (Handed("post", signature=True), ["carrier", "tracking"]), (Handed("post", carrier="EMS", tracking="EX1"), []), (Handed("online", signature=True), ["way"]),
    ],
)  # fmt: skip
def test_each_way_says_what_it_lacks(handed, fields):
    assert [field for field, _sentence in lacking(handed)] == fields


def test_the_strongest_evidence_is_the_one_that_is_kept():
    assert proof_of(Handed("home", signature=True, slip=True)) == "drawn"
    assert proof_of(Handed("home", thumb=True, witness="冉小山", unable="不识字")) == "thumb"
    assert proof_of(Handed("post", signature=True)) == "tracking"


@pytest.mark.parametrize(("given", "field"), [(SELF, "signature"), ({**POST, "tracking": ""}, "tracking"), ({**SELF, "way": "online"}, "way")])
def test_a_delivery_without_its_evidence_is_not_taken_and_changes_nothing(case, do, case_of, given, field):
    with pytest.raises(InputInvalid) as refused:
        do("window", "cases.deliver", case.pk, **given)
    assert list(refused.value.form.errors) == [field]
    assert (case_of(case.pk).state, case_of(case.pk).delivered_at, deliveries()) == ("deliver", None, [])


@pytest.mark.parametrize(
    ("given", "files", "proof"),
    [
        ({**SELF, "signature": drawn()}, [], "drawn"), (SELF, ["photo"], "slip"), ({**SELF, "unable": "右手残疾"}, ["thumb"], "thumb"),
        ({**SELF, "unable": "不识字", "witness": "冉小山"}, [], "witness"), (POST, [], "tracking"),
    ],
)  # fmt: skip
def test_the_evidence_is_kept_with_the_delivery(case, do, case_of, given, files, proof):
    do("window", "cases.deliver", case.pk, files={name: picture() for name in files}, **given)
    (row,) = deliveries()
    assert (row.proof, row.delivered_at, case_of(case.pk).state) == (proof, NOW, "delivered")
    with entered(system_actor()):
        kept = Attachment.objects.filter(subject_type="cases.delivery", subject_id=row.pk).count()
        assert kept == len(files) + ("signature" in given)
        assert Entry.objects.get(action="cases.deliver").after["proof"] == proof


def test_when_the_post_arrived_is_written_down_once_and_not_before_it_was_sent(case, do, client_as):
    do("window", "cases.deliver", case.pk, **POST)
    assert "登记邮件签收" in client_as("window", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()
    with pytest.raises(RuleBroken, match="不能早于寄出"):
        do("window", "cases.post_arrived", case.pk, arrived_on="2026-11-22")
    do("window", "cases.post_arrived", case.pk, arrived_on="2026-11-25", now=NOW + timedelta(days=3))
    assert [str(row.arrived_on) for row in deliveries()] == ["2026-11-25"]
    with pytest.raises(RuleBroken, match="没有等着签收的邮件"):
        do("window", "cases.post_arrived", case.pk, arrived_on="2026-11-25", now=NOW + timedelta(days=3))


def test_who_hands_over_is_no_witness(case, do):
    do("window", "cases.tell_ready", case.pk, told_how="phone", said="周五来")
    with entered(system_actor()):
        name = Entry.objects.get(action="cases.tell_ready").person_name
    with pytest.raises(RuleBroken, match="见证人不能是送达人自己"):
        do("window", "cases.deliver", case.pk, **SELF, unable="不识字", witness=name)


def test_who_was_told_by_telephone_has_nothing_in_hand_yet(case, do, case_of):
    do("window", "cases.tell_ready", case.pk, told_how="phone", said="本人接听，周五来领")
    assert (case_of(case.pk).state, deliveries()) == ("deliver", [])
    do("window", "cases.deliver", case.pk, **SELF, signature=drawn())
    assert case_of(case.pk).state == "delivered"


def test_a_result_on_the_net_is_not_delivered_before_it_is_opened(case, do, case_of):
    do("window", "cases.send_online", case.pk)
    with pytest.raises(RuleBroken, match="等居民打开"):
        do("window", "cases.send_online", case.pk)
    assert (case_of(case.pk).state, [row.proof for row in deliveries()]) == ("deliver", ["awaited"])


def test_who_comes_before_opening_it_signs_and_nothing_waits_any_more(case, do):
    do("window", "cases.send_online", case.pk)
    do("window", "cases.deliver", case.pk, **SELF, signature=drawn())
    assert [(row.way, row.proof) for row in deliveries()] == [("pickup", "drawn")]


def test_the_database_keeps_no_delivery_that_contradicts_itself(case, built):
    facts = {"case": case, "region": VILLAGE, "way": "pickup", "to": "self", "name": "冉桂兰", "delivered_by": "石玲"}
    for wrong in ({"proof": "awaited", "delivered_at": NOW}, {"proof": "drawn"}, {"proof": "thumb", "delivered_at": NOW}):
        with entered(system_actor()), pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(**facts, **wrong)
    assert deliveries() == []


def test_a_refused_page_keeps_the_signature_and_what_was_chosen(case, client_as):
    sent = {"key": new_key(), "way": "home", "to": "family", "signature": drawn(), "detail": "送到家里"}
    answer = client_as("window", TOWNSHIP).post(f"/act/cases.deliver/{case.pk}/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "请填签收人姓名" in page) == (422, True)
    assert f'value="{drawn()}"' in page and 'value="送到家里"' in page


def test_a_link_cannot_sign_for_anybody(case, client_as):
    page = client_as("window", TOWNSHIP).get(f"/act/cases.deliver/{case.pk}/", {"signature": drawn()}).content.decode()
    assert "data:image/png" not in page


def test_a_row_from_before_says_that_no_evidence_was_kept(case, built, client_as):
    built(lambda: Delivery.objects.create(case=case, region=VILLAGE, **SELF, name="冉桂兰", proof="confirmed", delivered_by="石玲", delivered_at=NOW))
    assert "核对姓名，没有留签收凭据" in client_as("window", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()


def test_every_action_that_delivers_books_it_in_the_one_place_that_asks():
    """Deliveries are written in `actions/delivering.py` and, unopened, in `send_online`: a new way has to come through there."""
    room = Path(__file__).parent.parent
    writers = {path.name for path in room.rglob("*.py") if "Delivery.objects.create" in path.read_text() and "tests" not in path.parts}
    assert writers == {"delivering.py", "handing.py"}
