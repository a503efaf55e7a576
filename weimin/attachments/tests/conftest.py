from types import SimpleNamespace

import pytest

from weimin.attachments.subjects import SUBJECTS, register_subject
from weimin.walls.errors import NotVisible, RuleBroken

RECORDS = {1: 500242101200, 2: 500242102200}
CLOSED = set()


def find_record(actor, pk):
    """Two records of the tests: 1 in the first village, 2 in another township."""
    if pk not in RECORDS or not actor.covers(RECORDS[pk]):
        raise NotVisible()
    return SimpleNamespace(pk=pk, region=RECORDS[pk])


def check_open(record, actor, now):
    if record.pk in CLOSED:
        raise RuleBroken("已验收，不再收附件。")


@pytest.fixture(autouse=True)
def records(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    register_subject("test.record", find=find_record, kinds=("photo", "document", "invoice"), check=check_open)
    yield CLOSED
    CLOSED.clear()
    SUBJECTS.pop("test.record")
