import pytest

from weimin.papers.content import Heading, Paper, Paragraph
from weimin.papers.lint import lint
from weimin.papers.tests.builders import make_notice, make_record


def codes(paper: Paper) -> list[str]:
    return [finding.code for finding in lint(paper)]


def test_a_clean_notice_has_no_findings():
    assert lint(make_notice()) == []


def test_a_record_is_not_held_to_the_form_of_official_papers():
    assert lint(make_record()) == []


@pytest.mark.req("N13")
@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        ("确保20xx年底全部建成使用", "blank_year", "20xx"),
        ("截止xxxx年底", "blank_year", "xxxx"),
        ("覆盖率达xx.x%", "blank_number", "xx.x"),
        ("目前，全市有x个街道", "blank_number", "x"),
        ("一个党员群众服务中心标识□“中心”", "lost_character", "□"),
        ("贯彻\\_关于深化", "lost_character", "\\_"),
        ("二〇一六年三月一日前", "chinese_date", "二〇一六年三月一日"),
        ("2026年03月1日", "padded_date", "2026年03月1日"),
        ("洪办发[2016]第12号", "number_brackets", "[2016]第12号"),
        ("社区卫生服务体系建设和不断完善", "mishap", "建设和不断"),
        ("社区卫生服务体系强力推进", "mishap", "强力推进"),
    ],
)
def test_the_faults_of_the_seed_papers_are_found(words, code, found):
    findings = lint(make_notice(blocks=(Paragraph(words),)))
    assert [(finding.code, finding.found, finding.where) for finding in findings] == [(code, found, "block 1")]


@pytest.mark.parametrize("words", ["配有 xls 文件", "全镇126人", "2026年12月31日", "〔2026〕38号", "十一个村", "box个", "十月一日前"])
def test_good_words_are_left_alone(words):
    assert codes(make_notice(blocks=(Paragraph(words),))) == []


def test_the_same_number_twice_under_one_heading_is_found():
    blocks = (Heading("一、考核标准"), Heading("一、规章制度"), Heading("二、机构标牌"))
    findings = lint(make_notice(blocks=blocks))
    assert [(f.code, f.where, f.found) for f in findings] == [("doubled_number", "block 2", "一、")]


def test_the_same_number_under_another_heading_is_good():
    blocks = (Heading("一、甲"), Heading("（一）乙", 2), Heading("二、丙"), Heading("（一）丁", 2))
    assert codes(make_notice(blocks=blocks)) == []


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"kind": "方案"}, "kind"),
        ({"title": "关于走访的方案"}, "title_kind"),
        ({"number": "青政发[2026]38号"}, "number_brackets"),
        ({"number": "青政发〔2026〕038号"}, "number"),
        ({"addressee": "各村"}, "addressee"),
        ({"signed_on": None}, "date"),
        ({"kind": "请示", "title": "关于走访的请示"}, "signatory"),
        ({"attachments": ("名册。",)}, "attachment"),
    ],
)
def test_the_form_of_an_official_paper_is_checked(over, code):
    assert code in codes(make_notice(**over))
