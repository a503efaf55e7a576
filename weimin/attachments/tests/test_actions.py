import pytest

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.attachments.queries import attachments_of, other_uses
from weimin.attachments.storage import digest, folder, path_of, thumbnail_path
from weimin.attachments.tests.builders import PDF, photo_from_a_phone, picture, upload
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

TOWNSHIP, OTHER = 500242101000, 500242102000


def infected(data, name):
    return "EICAR" if data.startswith(b"%PDF") else ""


@pytest.fixture
def clerk(jurisdiction, actor):
    return actor("township", TOWNSHIP)


def send(by, now, data=None, *, target="test.record:1", kind="photo", key="k1", name="照片.jpg"):
    act(
        by,
        "attachments.upload",
        {"kind": kind},
        key,
        target=target,
        files={"file": upload(data or photo_from_a_phone(), name)},
        now=now,
    )
    with entered(by):
        return Attachment.objects.latest("pk")


def count(by):
    with entered(by):
        return Attachment.objects.count()


@pytest.mark.req("X6")
def test_a_photo_is_kept_with_what_it_is(clerk, now):
    row = send(clerk, now)
    assert (row.region, row.subject_type, row.subject_id, row.kind) == (500242101200, "test.record", 1, "photo")
    assert (row.name, row.content_type, row.width, row.height, row.uploaded_by_id, row.uploaded_at) == (
        "照片.jpg",
        "image/jpeg",
        600,
        800,
        clerk.person,
        now,
    )
    assert path_of(row.sm3).read_bytes() == photo_from_a_phone()
    assert (row.sm3, folder().name, thumbnail_path(row.sm3).stat().st_size > 0) == (
        digest(photo_from_a_phone()),
        "j500242",
        True,
    )


def test_one_content_at_two_records_is_stored_once_and_seen(jurisdiction, actor, now):
    office = actor("lead_office", 500242000000)
    first = send(office, now, PDF, kind="invoice", name="发票.pdf")
    second = send(office, now, PDF, kind="invoice", name="另一张.pdf", target="test.record:2", key="k2")
    assert [path.name for path in folder().rglob("*") if path.is_file()] == [first.sm3]
    with entered(office):
        assert list(other_uses(office, second)) == [first]


def test_the_same_file_at_the_same_record_again_is_the_first_row(clerk, now):
    first = send(clerk, now)
    assert (send(clerk, now, key="k2").pk, count(clerk)) == (first.pk, 1)


@pytest.mark.parametrize("target", ["test.record:2", "test.record:9", "test.record:x", "test.record", "sites.nothing:1", ""])
def test_a_record_that_is_hidden_missing_or_malformed_takes_no_file(clerk, now, target):
    with pytest.raises(NotVisible):
        send(clerk, now, target=target)
    assert (count(clerk), folder().exists()) == (0, False)


def test_a_wrong_type_is_refused_and_nothing_is_stored(clerk, now):
    with pytest.raises(RuleBroken, match="这不是可以上传的文件"):
        send(clerk, now, b"MZ" * 100)
    assert (count(clerk), folder().exists()) == (0, False)


def test_a_kind_that_the_record_does_not_take_is_refused(clerk, now):
    with pytest.raises(InputInvalid, match="类别"):
        send(clerk, now, kind="table")
    assert count(clerk) == 0


def test_a_closed_record_takes_no_file(clerk, now, records):
    records.add(1)
    with pytest.raises(RuleBroken, match="已验收，不再收附件"):
        send(clerk, now)
    assert count(clerk) == 0


def test_a_scanner_refuses_an_infected_file(clerk, now, settings):
    settings.VIRUS_SCAN = f"{__name__}.infected"
    with pytest.raises(RuleBroken, match="没有通过病毒检查（EICAR）"):
        send(clerk, now, PDF, kind="document")
    assert (count(clerk), send(clerk, now, key="k2").kind) == (0, "photo")


def test_a_withdrawn_file_is_gone_from_the_record_but_stays_stored(clerk, now):
    row = send(clerk, now)
    act(clerk, "attachments.remove", {"reason": "照片不清楚"}, "r1", target=row.pk, now=now)
    with entered(clerk):
        row.refresh_from_db()
        assert (row.removed_at, row.removed_by_id, row.removed_reason) == (now, clerk.person, "照片不清楚")
        assert (list(attachments_of(clerk, "test.record", 1)), path_of(row.sm3).exists()) == ([], True)


def test_a_file_is_withdrawn_once(clerk, now):
    row = send(clerk, now)
    act(clerk, "attachments.remove", {"reason": "传错了"}, "r1", target=row.pk, now=now)
    with pytest.raises(RuleBroken, match="已经作废"):
        act(clerk, "attachments.remove", {"reason": "再来一次"}, "r2", target=row.pk, now=now)


def test_only_the_uploader_and_the_lead_office_withdraw_a_file(clerk, actor, now):
    row = send(clerk, now)
    with pytest.raises(RuleBroken, match="只有上传人或牵头部门"):
        act(actor("village", 500242101200), "attachments.remove", {"reason": "不好看"}, "r1", target=row.pk, now=now)
    act(actor("lead_office", 500242000000), "attachments.remove", {"reason": "重复"}, "r2", target=row.pk, now=now)
    with entered(clerk):
        assert Attachment.objects.get(pk=row.pk).removed_reason == "重复"


def test_a_stranger_does_not_find_the_file(clerk, actor, now):
    row = send(clerk, now)
    with pytest.raises(NotVisible):
        act(actor("township", OTHER), "attachments.remove", {"reason": "误"}, "r1", target=row.pk, now=now)


def test_the_same_key_again_stores_nothing_more(clerk, now):
    send(clerk, now, picture())
    send(clerk, now, picture())
    assert count(clerk) == 1
