"""The forms of the standard on paper (H1)."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from weimin.health.joining import FORMS, forms
from weimin.health.models import SelfCare
from weimin.health.queries.printing import WHOLE, offered, paper_of, printed
from weimin.health.tests.builders import make_care, make_record, make_visit
from weimin.papers.content import Heading, Table, texts
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.trail.models import Entry
from weimin.walls.errors import NotVisible

pytestmark = pytest.mark.req("H1")
VILLAGE, OTHER = 500242101200, 500242102200
OWN = ["cover", "personal", "hypertension", "diabetes", "mental", "self_care"]


@pytest.fixture
def record(everywhere):
    """Under care for hypertension with five visits, the fourth without height."""
    found = make_record(VILLAGE, "冉桂兰", personal={"blood": "2", "illness": ["2", "3"]}, personal_on=date(2026, 5, 1))
    make_care(found)
    for month in (1, 3, 5, 7, 9):
        make_visit(
            found,
            on=date(2026, month, 8),
            weight=Decimal("64.0"),
            findings={"height": 160, "weight_target": 60, "adherence": "1", "salt": "2"} if month != 7 else {},
        )
    return found


def said(paper):
    return "\n".join(words for _where, words in texts(paper))


def tables(paper):
    return [block for block in paper.blocks if isinstance(block, Table)]


def row(table, label):
    return next(line[1:] for line in table.rows if line[0].startswith(label))


def test_there_is_an_empty_form_of_each(jurisdiction):
    assert [one.name for one in forms() if one.name in OWN] == OWN
    for name in OWN:
        words = said(paper_of(name, None))
        assert "〔　〕" in words or name in ("cover", "self_care")
    assert "1 控制满意　2 控制不满意　3 不良反应　4 并发症" in said(paper_of("hypertension", None))
    assert row(tables(paper_of("hypertension", None))[0], "血压") == ("　/　",) * 4


def test_the_cover_carries_the_number_as_the_standard_divides_it(record, actor):
    words = said(paper_of("cover", printed(actor("doctor", VILLAGE), record, full=False)))
    assert f"编号　{record.number[:6]} - {record.number[6:9]} - {record.number[9:12]} - {record.number[12:]}" in words and "李医生" in words


def test_the_personal_form_answers_with_the_codes(record, actor):
    table = tables(paper_of("personal", printed(actor("doctor", VILLAGE), record, full=False)))[0]
    assert row(table, "血型") == ("1 A 型　2 B 型　3 O 型　4 AB 型　5 不详　〔2〕",)
    assert row(table, "既往疾病")[0].endswith("13 其他　〔2〕〔3〕") and row(table, "性别")[0].endswith("〔2〕")
    assert record.resident.id_number not in said(paper_of("personal", printed(actor("doctor", VILLAGE), record, full=False)))
    assert row(tables(paper_of("personal", printed(actor("doctor", VILLAGE), record, full=True)))[0], "身份证号") == (record.resident.id_number,)


def test_four_visits_stand_side_by_side_and_the_fifth_begins_a_page(record, actor):
    first, second = tables(paper_of("hypertension", printed(actor("doctor", VILLAGE), record, full=False)))
    assert (first.columns[1:], second.columns[1]) == (("2026-01-08", "2026-03-08", "2026-05-08", "2026-07-08"), "2026-09-08")
    assert row(first, "体重") == ("64.0 / 60",) * 3 + ("64.0 / ",) and row(first, "体质指数") == ("25.0",) * 3 + ("",)
    assert row(first, "此次随访分类") == ("〔1〕",) * 4 and row(first, "随访方式") == ("〔2〕",) * 4 and row(first, "摄盐情况")[3] == "〔　〕"


def test_the_whole_record_has_every_form_that_has_something_to_say(record, actor):
    about = printed(actor("doctor", VILLAGE), record, full=False)
    SelfCare.objects.create(region=VILLAGE, record=record, on=date(2026, 5, 1), scores={"eating": 3}, total=3, grade="independent", assessed_by="李医生")
    paper = paper_of(WHOLE, about)
    heads = [paper.title, *(str(block.text) for block in paper.blocks if isinstance(block, Heading))]
    assert heads[:4] == ["居民健康档案封面", "个人基本信息表", "高血压患者随访服务记录表", "高血压患者随访服务记录表"] and "老年人生活自理能力评估表" in heads
    assert "diabetes" not in [one.name for one in offered(about)]
    with pytest.raises(NotVisible):
        paper_of("diabetes", about)


def test_one_tree_gives_word_and_pdf(record, actor):
    paper = paper_of(WHOLE, printed(actor("doctor", VILLAGE), record, full=False))
    assert to_pdf(paper).startswith(b"%PDF-")
    inside = zipfile.ZipFile(io.BytesIO(to_docx(paper))).read("word/document.xml").decode()
    assert all(words in inside for words in ("个人基本信息表", "冉桂兰", "64.0 / 60"))


def test_printing_is_on_the_trail_and_tells_no_illness(record, client_as):
    answer = client_as("doctor", VILLAGE).get(f"/health/{record.pk}/forms/?form=hypertension&ending=pdf&reason=交上级医院")
    entry = Entry.objects.get(action="health.print")
    assert (answer.status_code, answer["Content-Type"], entry.reason, entry.after) == (200, "application/pdf", "交上级医院", {"full": True})


@pytest.mark.parametrize(("who", "path", "status"), [
    (("doctor", VILLAGE), "forms/", 200), (("doctor", OTHER), "forms/", 404), (("village", VILLAGE), "forms/", 404),
    (("doctor", VILLAGE), "forms/?form=diabetes&ending=pdf", 422), (("doctor", VILLAGE), "forms/?form=cover&ending=exe", 422),
])  # fmt: skip
def test_the_forms_of_a_record_open_to_whoever_cares_for_it(record, client_as, who, path, status):
    assert client_as(*who).get(f"/health/{record.pk}/{path}").status_code == status


def test_empty_forms_need_no_record(jurisdiction, client_as):
    client = client_as("doctor", VILLAGE)
    assert client.get("/health/forms/").status_code == 200
    assert all(client.get(f"/health/forms/?form={name}&ending=docx").status_code == 200 for name in FORMS)
