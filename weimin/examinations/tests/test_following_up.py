"""What was found is called back, looked at again, closed (H5)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.examinations.models import AbnormalFollowUp, Examination
from weimin.examinations.papers import feedback_paper
from weimin.examinations.tests.builders import CRISIS, HIGH_PRESSURE, make_examination, make_follow_up
from weimin.examinations.tests.examples.examining import a_follow_up
from weimin.flows.models import Step
from weimin.health.tests.builders import act_now, make_record
from weimin.papers.content import Table, texts
from weimin.residents.tests.builders import TODAY
from weimin.walls.errors import InputInvalid, RuleBroken

VILLAGE = 500242101200
ALT = {"item": "alt", "value": "90", "why": "high", "level": "recheck", "within": "7—40"}
pytestmark = pytest.mark.req("H5")


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE)


@pytest.fixture
def row(everywhere, doctor):
    pk, _data = a_follow_up({}, items=(HIGH_PRESSURE, ALT))(doctor, VILLAGE)
    return AbnormalFollowUp.objects.get(pk=pk)


def again(doctor, row, key="r", **results):
    given = {"on": "2026-11-20", "note": "", **{f"result_{item}": result for item, result in results.items()}}
    act_now(doctor, "examinations.recheck", given, key, target=row.pk)
    row.refresh_from_db()
    return row


def test_who_is_told_waits_for_the_recheck(row, doctor):
    act_now(doctor, "examinations.recall", {"on": "2026-11-20", "note": "电话告知本人"}, target=row.pk)
    row.refresh_from_db()
    assert (row.state, row.recalled_on, row.recall_note) == ("recheck", date(2026, 11, 20), "电话告知本人")
    assert Step.objects.get(closed_at__isnull=True).state == "recheck"
    with pytest.raises(RuleBroken, match="已经通知过"):
        act_now(doctor, "examinations.recall", {"on": "2026-11-20", "note": "x"}, "b", target=row.pk)


def test_what_is_still_not_right_is_followed_on(row, doctor):
    again(doctor, row, pressure="still", alt="normal")
    assert (row.state, row.due_on) == ("recheck", date(2026, 12, 23))
    with pytest.raises(InputInvalid):
        again(doctor, row, "b")
    again(doctor, row, "c", pressure="treated")
    assert (row.state, row.closing, row.closed_on, len(row.rechecks)) == ("closed", "treated", date(2026, 11, 20), 2)
    assert not Step.objects.filter(closed_at__isnull=True).exists()


def test_when_everything_is_normal_again_it_is_closed(row, doctor):
    again(doctor, row, pressure="normal", alt="normal")
    assert (row.state, row.closing) == ("closed", "normal")
    with pytest.raises(RuleBroken, match="已经了结"):
        again(doctor, row, "b", pressure="normal", alt="normal")


def test_the_most_serious_result_is_the_end(row, doctor):
    assert again(doctor, row, pressure="referred", alt="normal").closing == "referred"


def test_a_refusal_closes_it_with_words(row, doctor):
    act_now(doctor, "examinations.close_follow_up", {"on": "2026-11-20", "closing": "refused", "note": "已告知后果"}, target=row.pk)
    row.refresh_from_db()
    assert (row.state, row.closing, row.closing_note) == ("closed", "refused", "已告知后果")


def test_nothing_happens_before_the_examination(row, doctor):
    with pytest.raises(InputInvalid, match="不能早于体检日期"):
        act_now(doctor, "examinations.recall", {"on": "2026-10-20", "note": "电话"}, target=row.pk)


def test_the_urgent_stand_first_and_others_see_nothing(row, client_as):
    make_follow_up(make_record(VILLAGE, "冉急"), (CRISIS,), due_on=TODAY)
    make_follow_up(make_record(500242102200, "田外"))
    page = client_as("doctor", VILLAGE).get("/examinations/abnormal/").content.decode()
    assert 0 < page.index("冉急") < page.index("冉桂兰") and "田外" not in page
    assert "冉桂兰" not in client_as("institution", 500242101000).get("/examinations/abnormal/?rank=0").content.decode()
    assert client_as("village", VILLAGE).get("/examinations/abnormal/").status_code == 403
    assert "血压偏高" in client_as("hospital", 500242000000).get(f"/examinations/abnormal/{row.pk}/").content.decode()


def test_the_sheet_says_what_to_do_in_plain_words(everywhere):
    row = make_examination(make_record(VILLAGE), abnormal=[CRISIS], findings={"smoking": "3"})
    words = " ".join(words for _where, words in texts(feedback_paper([row], TODAY)))
    assert "30 天内来复查" in " ".join(
        words for _where, words in texts(feedback_paper([make_examination(make_record(VILLAGE, "冉复"), abnormal=[ALT])], TODAY))
    )
    assert "186/112 mmHg" in words and "今天就去医院" in words and "烟要戒掉" in words and "128/78 mmHg" in words
    assert isinstance(feedback_paper([row], TODAY).blocks[-1], Table)  # no line alone on a second page
    healthy = make_examination(make_record(VILLAGE, "冉康"))
    words = " ".join(words for _where, words in texts(feedback_paper([row, healthy], TODAY)))
    assert "2027 年再来体检" in words and words.count("要注意的结果") == 2


def test_the_sheet_is_on_the_page_of_a_corrected_one_too(everywhere, client_as):
    old = make_examination(make_record(VILLAGE))
    make_examination(old.record, corrects=old)
    assert "以新的为准" in client_as("doctor", VILLAGE).get(f"/examinations/{old.pk}/").content.decode()
    assert Examination.objects.count() == 2
