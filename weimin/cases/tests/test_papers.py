"""Every paper that a resident gets: what stands in it, on A5 and on the strip; a reprint is the same (S6)."""

import re
import subprocess
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from weimin.actions.act import act, new_key
from weimin.cases.issuing import Paper, papers_for_case
from weimin.cases.models import Case, CaseNotice, Delivery, IssuedPaper
from weimin.cases.papers_setting import to_paper
from weimin.cases.tests.agency_builders import make_held, make_mandate
from weimin.cases.tests.builders import make_case
from weimin.cases.tokens import case_of_token
from weimin.papers.pdf import to_pdf
from weimin.sites.tests.builders import make_site
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S6")]


@pytest.fixture
def world(jurisdiction, places):
    with entered(system_actor()):
        yield places


def words(content: bytes) -> str:
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s", "", out)


def issue(who, subject, kind, now, source=0):
    act(who, "cases.issue_paper", {}, new_key(), target=Paper(kind, subject, source).pk, now=now)
    return IssuedPaper.objects.latest("pk")


def notice(case, kind, now, **over):
    facts = {"issued_by": "张三", "issued_at": now, "reason": "户籍不在本县", "remedy": "可以在六十日内申请行政复议", "due_on": date(2026, 12, 23)}
    return CaseNotice.objects.create(case=case, region=case.region, kind=kind, **{**facts, **over})


@pytest.fixture
def clerk(world, actor):
    return actor("window", world.township, "田小红")


def test_an_acceptance_notice_carries_number_limits_day_and_who_to_ask(world, clerk, now):
    case = make_case(world.village, "decide", now=now)
    paper = issue(clerk, case, "acceptance", now)
    text = words(to_pdf(to_paper(paper.content, "A5", "https://x.example")))
    for part in (
        "受理通知书",
        f"{case.number}-SL01",
        case.number,
        "高龄津贴申领",
        "冉桂兰",
        "10个工作日",
        "20个工作日",
        "2026年12月7日",
        "经办人田小红",
        "居民户口簿",
    ):
        assert part in text
    assert ("11010519491231002X" in text, "13912345678" in text) == (False, False)


def test_a_day_that_rests_on_an_unpublished_calendar_is_marked_provisional(world, clerk, now):
    case = make_case(world.village, "decide", now=now)
    case.provisional = True
    case.save()
    assert "2026年12月7日（暂定：" in words(to_pdf(to_paper(issue(clerk, case, "acceptance", now).content, "80mm", "")))


def test_a_supplement_notice_tells_every_missing_paper_with_how_to_mend_it(world, clerk, now):
    case = make_case(world.village, "supplement", now=now)
    lines = [{"key": "household_book", "name": "居民户口簿", "due_on": ""}, {"key": "bank_card", "name": "本人银行账户", "due_on": ""}]
    row = notice(case, "supplement", now, lines=lines, reason="申请表漏填电话")
    text = words(to_pdf(to_paper(issue(clerk, case, "supplement", now, row.pk).content, "80mm", "")))
    for part in ("1.居民户口簿（怎么补：原件和复印件1份", "2.本人银行账户（怎么补：复印件1份", "申请表漏填电话", "补正期限2026年12月23日"):
        assert part in text


def test_a_refusal_says_the_reason_and_the_remedy(world, clerk, now):
    case = make_case(world.village, "declined", now=now)
    row = notice(case, "declined", now)
    text = words(to_pdf(to_paper(issue(clerk, case, "declined", now, row.pk).content, "A5", "")))
    assert ("户籍不在本县" in text, "可以在六十日内申请行政复议" in text, f"{case.number}-BS01" in text) == (True, True, True)


def test_a_reprint_is_the_same_whatever_happened_since(world, clerk, now):
    case = make_case(world.village, "decide", now=now)
    first = issue(clerk, case, "acceptance", now)
    case.applicant_name = "改名"
    case.save()
    again = issue(clerk, case, "acceptance", now)
    assert (again.pk, again.digest, IssuedPaper.objects.count()) == (first.pk, first.digest, 1)
    assert to_pdf(to_paper(again.content, "A5", "")) == to_pdf(to_paper(first.content, "A5", ""))


def test_a_paper_that_is_not_called_for_is_not_given(world, clerk, now):
    case = make_case(world.village, "received", now=now)
    with pytest.raises(RuleBroken, match="受理通知书"):
        issue(clerk, case, "acceptance", now)
    assert not IssuedPaper.objects.exists()


def test_a_delivered_case_calls_for_acceptance_result_and_delivery_receipt(world, now):
    case = make_case(world.village, "delivered", now=now)
    row = Delivery.objects.create(
        case=case, region=case.region, way="pickup", to="self", name="冉桂兰", proof="confirmed", delivered_by="张三", delivered_at=now
    )
    assert [paper.kind for paper in papers_for_case(system_actor(), case, [], [row])] == ["acceptance", "result", "delivery"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"proof": "drawn"}, "手写签名（电子）"), ({"proof": "slip"}, "签了名的签收单（照片）"),
        ({"proof": "witness", "witness": "冉小山", "unable": "不识字"}, "见证人冉小山，不能签名的原因：不识字"),
        ({"proof": "thumb", "unable": "右手残疾"}, "指印（照片），不能签名的原因：右手残疾"),
        ({"proof": "tracking", "way": "post", "carrier": "中国邮政 EMS", "tracking": "EX123456785CN"}, "中国邮政 EMS EX123456785CN"),
        ({"proof": "opened", "way": "online"}, "凭回执或者编号和证件号后四位在网上打开"), ({"proof": "confirmed"}, "核对姓名，没有留签收凭据"),
    ],
)  # fmt: skip
def test_the_delivery_receipt_says_what_proves_the_delivery(world, clerk, now, facts, words):
    case = make_case(world.village, "delivered", now=now)
    given = {"way": "pickup", "to": "self", "name": "冉桂兰", "delivered_by": "张三", "delivered_at": now, **facts}
    row = Delivery.objects.create(case=case, region=case.region, **given)
    content = issue(clerk, case, "delivery", now, row.pk).content
    assert words in str(content)
    assert ("签收人签名" in str(content)) == (given["way"] == "pickup")


def test_a_result_that_waits_on_the_net_calls_for_no_delivery_receipt(world, now):
    case = make_case(world.village, "deliver", now=now)
    row = Delivery.objects.create(case=case, region=case.region, way="online", to="self", name="冉桂兰", proof="awaited", delivered_by="张三", sent_at=now)
    assert "delivery" not in [paper.kind for paper in papers_for_case(system_actor(), case, [], [row])]


@pytest.mark.req("S7")
def test_the_code_on_a_receipt_opens_the_case_and_holds_nothing_of_the_person(world, clerk, now):
    case = make_case(world.village, "decide", now=now)
    path = next(row[1] for row in issue(clerk, case, "acceptance", now).content["blocks"] if row[0] == "code")
    assert case_of_token(system_actor(), path.partition("?receipt=")[2]) == case
    assert [word for word in (case.number, "冉", "002X", "5678") if word in path] == []


def test_the_slip_of_a_mandate_says_what_is_never_done_and_how_it_is_taken_back(world, clerk, now):
    mandate = make_mandate(world.village)
    text = words(to_pdf(to_paper(issue(clerk, mandate, "mandate", now).content, "A5", "")))
    for part in ("代办委托书", mandate.number, "高龄津贴申领", "代交申请材料", "可以随时撤销委托", "不得代领证件原件和款项"):
        assert part in text


def test_a_hand_over_list_names_every_paper_with_its_number(world, clerk, now):
    held = make_held(make_mandate(world.village), copies=2)
    text = words(to_pdf(to_paper(issue(clerk, held.collected, "collect", now).content, "A5", "")))
    assert ("材料收取单" in text, "户口簿原件2" in text) == (True, True)


@pytest.mark.parametrize(("size", "points"), [("", "419.528"), ("80mm", "226.772")])
def test_a_paper_opens_as_pdf_in_both_sizes(world, client_as, clerk, now, size, points):
    paper = issue(clerk, make_case(world.village, "decide", now=now), "acceptance", now)
    answer = client_as("window", world.township).get(reverse("cases:paper", args=[paper.pk]), {"size": size} if size else {})
    info = subprocess.run(["pdfinfo", "-"], input=answer.content, capture_output=True, check=True).stdout.decode()
    assert (answer["Content-Type"], points in info) == ("application/pdf", True)


def test_a_paper_of_another_township_is_not_there(world, client_as, clerk, now):
    paper = issue(clerk, make_case(world.village, "decide", now=now), "acceptance", now)
    assert client_as("window", world.other_township).get(reverse("cases:paper", args=[paper.pk])).status_code == 404


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        ([], "龙潭镇便民服务中心"),
        ([{"name": "龙潭镇电商中心", "tier": "township_centre", "purposes": ["youyang-rural-ecommerce"]}], "龙潭镇便民服务中心"),
        ([{"name": "电商中心", "tier": "township_centre"}, {"name": "龙潭镇办事大厅", "tier": "township_centre", "purposes": ["便民服务"]}], "龙潭镇办事大厅"),
    ],
)  # fmt: skip
def test_a_paper_names_the_service_centre_and_no_other_site(world, clerk, now, sites, said):
    for facts in sites:
        make_site(region=world.township, **facts)
    text = words(to_pdf(to_paper(issue(clerk, make_case(world.village, "decide", now=now), "acceptance", now).content, "A5", "")))
    assert (f"{said}（盖章）" in text, "电商" in text) == (True, False)


def test_a_village_gives_its_own_stations_papers(world, actor, now):
    make_site(region=world.township, name="镇便民服务中心", tier="township_centre")
    make_site(region=world.village, name="大坡村便民服务站")
    row = issue(actor("village", world.village), make_case(world.village, "decide", now=now), "acceptance", now)
    assert "大坡村便民服务站（盖章）" in words(to_pdf(to_paper(row.content, "A5", "")))


def test_a_case_that_lapsed_says_in_writing_what_did_not_come(world, clerk, now):
    case = make_case(world.village, "supplement", now=now)
    with translation.override("en"):
        act(clerk, "cases.lapse", {}, new_key(), target=case.pk, now=now + timedelta(days=40))
    row = CaseNotice.objects.get(case=case, kind="lapsed")
    text = words(to_pdf(to_paper(issue(clerk, Case.objects.get(pk=case.pk), "lapsed", now, row.pk).content, "A5", "")))
    for part in ("视为撤回告知书", f"{case.number}-CH01", "补正期限已过", "居民户口簿", "随时重新申请"):
        assert part in text


def test_a_notice_is_chinese_whatever_the_clerk_reads(world, actor, now):
    case = make_case(world.village, "decide", now=now)
    with translation.override("en"):
        act(actor("township", world.township), "cases.pause", {"kind": "hearing", "reason": "十二月三日听证"}, new_key(), target=case.pk, now=now)
    assert CaseNotice.objects.get().reason == "听证：十二月三日听证"


def test_a_long_number_does_not_run_into_the_next_cell(world, clerk, now):
    held = make_held(make_mandate(world.village, number="WT5002422026112000000034"))
    row = issue(clerk, held.collected, "collect", now)
    lines = subprocess.run(["pdftotext", "-layout", "-", "-"], input=to_pdf(to_paper(row.content, "A5", "")), capture_output=True, check=True).stdout.decode()
    assert [line for line in lines.splitlines() if "委托编号" in line and "委托事项" in line] == []
