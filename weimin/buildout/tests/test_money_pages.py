import io
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from weimin.actions.act import act
from weimin.buildout.models import Bulletin, Project
from weimin.buildout.papers_pressure import bulletin_paper, consequences_paper, payments_paper
from weimin.buildout.queries.money import filter_payments, traces
from weimin.buildout.queries.pressure import filter_consequences
from weimin.buildout.tests.money_builders import (
    NOW,
    ROBOT,
    put_accepted,
    put_allocation,
    put_centre,
    put_invoice,
    put_plan,
)
from weimin.papers.lint import lint
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db]
TOWNSHIPS = [500242101000, 500242102000, 500242103000]
PILOT = 341221203208


def pay_centres(finance, townships):
    for number, township in enumerate(townships):
        with entered(ROBOT):
            project = put_centre(township)
            put_invoice(project, 5_000_000 + number)
            source = put_allocation(township)
        act(
            finance, "buildout.disburse", {"allocation": source.pk, "voucher": f"PZ-{township // 1000 % 100 - 1}"}, f"pay{township}", target=project.pk, now=NOW
        )


@pytest.fixture
def paid(jurisdiction, actor, places):
    """Plan 1 with two paid centres."""
    with entered(ROBOT):
        plan = put_plan()
    pay_centres(actor("finance", places.county, "周会计"), TOWNSHIPS[:2])
    return plan


@pytest.fixture
def pressed(tupo, actor):
    """Plan 5 with a rewarded pilot, four late villages and an issued bulletin."""
    with entered(ROBOT):
        plan = put_plan("tupo-village-centres", "2026-03-01")
        put_accepted(Project.objects.select_related("plan").get(region=PILOT), date(2026, 6, 25))
    office = actor("lead_office", 341221203000, "韩学勇")
    act(office, "buildout.find_consequences", {}, "f", target=plan.pk, now=NOW)
    act(office, "buildout.issue_bulletin", {"bulletin": "second_stage", "on": "2026-11-23"}, "i", target=plan.pk, now=NOW)
    return plan


@pytest.mark.req("N6")
def test_the_money_page_shows_budgets_townships_and_payments(paid, client_as, places):
    text = client_as("finance", places.county).get(f"/buildout/plans/{paid.pk}/money/").content.decode()
    assert "逐笔相加与汇总一致" in text
    assert "PZ-1" in text
    assert "50,000.01" in text
    assert "龙潭镇" in text


def test_a_township_sees_its_own_payments_only(paid, client_as, places):
    text = client_as("township", places.township).get(f"/buildout/plans/{paid.pk}/money/").content.decode()
    assert "PZ-0" in text
    assert "PZ-1" not in text
    assert "预算是全辖区的" in text


@pytest.mark.parametrize("show", ["payments", "allocations", "rewards"])
def test_each_list_answers_with_filters(paid, client_as, places, show):
    address = f"/buildout/plans/{paid.pk}/money/?show={show}&budget=centre_other&township={places.township}&text=x"
    assert client_as("finance", places.county).get(address).status_code == 200


@pytest.mark.parametrize("query", ["?township=x", "?township=9999999999999999999999", "?cursor=abc", "?show=nothing", "?text=%00", "?budget=%F0"])
def test_odd_addresses_are_no_fault(paid, client_as, places, query):
    assert client_as("finance", places.county).get(f"/buildout/plans/{paid.pk}/money/{query}").status_code in (200, 400)


def test_the_workbook_traces_every_payment(paid, client_as, places):
    answer = client_as("finance", places.county).get(f"/buildout/plans/{paid.pk}/money/?excel=1")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][:4] == ("乡镇", "站点", "补助项目", "下达文号")
    assert sorted(row[12] for row in rows[3:]) == ["PZ-0", "PZ-1"]


def test_more_payments_take_no_more_queries(paid, actor, client_as, places, django_assert_max_num_queries, django_assert_num_queries):
    client, address = client_as("finance", places.county), f"/buildout/plans/{paid.pk}/money/"
    client.get(address)
    with django_assert_max_num_queries(45) as first:
        client.get(address)
    pay_centres(actor("finance", places.county, "周会计"), TOWNSHIPS[2:])
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(address)


@pytest.mark.req("N6")
def test_the_project_page_shows_its_money(paid, client_as, places):
    with entered(ROBOT):
        project = Project.objects.get(tier="township_centre", region=places.township)
    text = client_as("township", places.township).get(f"/buildout/projects/{project.pk}/").content.decode()
    assert "向龙潭镇人民政府拨付 50,000.00 元，凭证号 PZ-0" in text
    assert "有效发票合计 50,000.00 元" in text


@pytest.mark.req("N9")
def test_the_lists_name_the_rewarded_and_the_late(pressed, client_as):
    client = client_as("lead_office", 341221203000)
    assert "李楼村村民委员会" in client.get(f"/buildout/plans/{pressed.pk}/consequences/").content.decode()
    text = client.get(f"/buildout/plans/{pressed.pk}/consequences/?kind=accountability").content.decode()
    assert "土北村支部书记" in text
    assert "逾期 53 天" in text


@pytest.mark.req("N9")
def test_a_bulletin_page_names_who_is_late(pressed, client_as):
    client = client_as("village", PILOT)
    text = client.get(f"/buildout/plans/{pressed.pk}/bulletins/").content.decode()
    assert "关于农村党员群众服务中心建设进度情况的通报" in text
    text = client.get(f"/buildout/bulletins/{Bulletin.objects.get().pk}/").content.decode()
    assert "土北村" in text


def test_an_unknown_bulletin_is_not_found(pressed, client_as):
    assert client_as("village", PILOT).get("/buildout/bulletins/999999/").status_code == 404


FILES = [
    "plans/{plan}/consequences.docx",
    "plans/{plan}/consequences.pdf",
    "plans/{plan}/money/payments.docx",
    "bulletins/{bulletin}/bulletin.docx",
    "bulletins/{bulletin}/bulletin.pdf",
]


@pytest.mark.req("N13")
@pytest.mark.parametrize("address", FILES)
def test_papers_are_real_files(pressed, client_as, address):
    path = address.format(plan=pressed.pk, bulletin=Bulletin.objects.get().pk)
    content = client_as("lead_office", 341221203000).get(f"/buildout/{path}").content
    assert content.startswith(b"%PDF" if path.endswith("pdf") else b"PK")


def test_another_ending_is_not_found(pressed, client_as):
    assert client_as("lead_office", 341221203000).get(f"/buildout/plans/{pressed.pk}/consequences.exe").status_code == 404


def test_anonymous_people_are_sent_to_sign_in(paid, client):
    client.cookies["weimin_jurisdiction"] = "500242000000"
    assert client.get(f"/buildout/plans/{paid.pk}/money/").status_code == 302


@pytest.mark.req("N13")
def test_a_bulletin_follows_the_form_of_official_papers(pressed):
    paper = bulletin_paper(Bulletin.objects.select_related("plan").get())
    assert lint(paper) == []
    assert (paper.kind, paper.addressee) == ("通报", "各村（社区）：")


def test_a_bulletin_that_was_issued_before_eight_bears_the_day_here(pressed):
    row = Bulletin.objects.select_related("plan").get()
    row.issued_at = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert bulletin_paper(row).signed_on == date(2026, 11, 23)


@pytest.mark.req("N13")
def test_the_payment_list_follows_the_form_of_official_papers(paid):
    with entered(ROBOT):
        assert lint(payments_paper(paid, traces(ROBOT, filter_payments(ROBOT, paid, {})), date(2026, 11, 23))) == []


def test_the_consequence_paper_names_both_lists(pressed):
    with entered(ROBOT):
        paper = consequences_paper(pressed, list(filter_consequences(ROBOT, pressed, {})), date(2026, 11, 23))
    assert lint(paper) == []
    assert [block.text for block in paper.blocks if hasattr(block, "level")] == ["奖励名单", "问责名单"]


def test_the_paper_is_chinese_for_an_english_reader(pressed, client_as):
    client = client_as("lead_office", 341221203000)
    client.cookies["weimin_language"] = "en"
    with translation.override("zh-hans"):  # a request in English leaves its language behind in this thread
        content = client.get(f"/buildout/plans/{pressed.pk}/consequences.docx", headers={"accept-language": "en"}).content
    assert "奖励名单" in "".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
