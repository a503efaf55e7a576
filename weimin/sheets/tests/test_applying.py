from collections.abc import Iterator

import pytest
from django import forms

from weimin.actions.forms import ActionForm
from weimin.actions.models import Receipt
from weimin.actions.registry import ACTIONS, Outcome, register
from weimin.sheets.applying import apply_rows
from weimin.sheets.tests.builders import make_file
from weimin.sheets.trial import dry_run
from weimin.walls.errors import RuleBroken

ACTION = "sheets.test_note"


class NoteForm(ActionForm):
    name = forms.CharField(label="姓名")
    count = forms.IntegerField(label="次数")


@pytest.fixture
def note_action(places) -> Iterator[None]:
    """An action for these tests only; it refuses the number 13."""

    @register(ACTION, label="记一条", form=NoteForm, roles=("township",), region=lambda target, data: places.township)
    def note(by, target, data, now):
        """Notes a name."""
        if data["count"] == 13:
            raise RuleBroken("13 次不能登记。")
        return Outcome(None, after={"name": data["name"]})

    yield
    del ACTIONS[ACTION]


def report_of(*rows):
    return dry_run(make_file(*rows, labels=["姓名", "次数"]), NoteForm)


@pytest.mark.req("X5")
def test_every_good_row_goes_through_the_one_write_path(jurisdiction, actor, places, now, note_action):
    by = actor("township", places.township)
    receipts = apply_rows(by, ACTION, report_of(["张三", 1], ["李四", 2]), "file-1", now=now)
    assert [(receipt.key, receipt.region) for receipt in receipts] == [
        ("file-1:2", places.township),
        ("file-1:3", places.township),
    ]


@pytest.mark.req("X5")
def test_the_same_file_twice_makes_no_duplicates(jurisdiction, actor, places, now, note_action):
    by = actor("township", places.township)
    first, second = (apply_rows(by, ACTION, report_of(["张三", 1], ["李四", 2]), "file-1", now=now) for _ in range(2))
    assert [receipt.pk for receipt in first] == [receipt.pk for receipt in second]


@pytest.mark.req("X5")
def test_a_row_refused_on_the_way_leaves_nothing_of_the_file(jurisdiction, actor, places, now, note_action):
    by = actor("township", places.township)
    with pytest.raises(RuleBroken, match="第 4 行：13 次不能登记。 整个文件都没有导入。"):
        apply_rows(by, ACTION, report_of(["张三", 1], ["李四", 2], ["王五", 13]), "file-1", now=now)
    assert Receipt.objects.filter(key__in=["file-1:2", "file-1:3", "file-1:4"]).count() == 0


def test_a_report_with_errors_is_not_applied(jurisdiction, actor, places, now, note_action):
    by = actor("township", places.township)
    with pytest.raises(RuleBroken, match="还有 1 处错误"):
        apply_rows(by, ACTION, report_of(["张三", 1], ["李四", "两"]), "file-1", now=now)
    assert Receipt.objects.filter(key="file-1:2").count() == 0
