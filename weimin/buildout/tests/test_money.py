from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.buildout.models import Allocation, Budget, Disbursement, Invoice, Project
from weimin.buildout.queries.money import totals, traces
from weimin.buildout.tests.examples.money import SCAN
from weimin.buildout.tests.money_builders import NOW, ROBOT, put_allocation, put_centre, put_invoice, put_open, put_plan
from weimin.flows.models import Step
from weimin.regions.models import RegionFlag
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N6")]


@pytest.fixture
def plan(jurisdiction):
    with entered(ROBOT):
        return put_plan()


@pytest.fixture
def finance(actor, places):
    return actor("finance", places.county, "周会计")


def allocate(by, township, amount, number="酉财〔2026〕1号", key="k"):
    with entered(ROBOT):
        budget = Budget.objects.get(key="centre_other")
    return act(by, "buildout.allocate", {"township": township, "amount": amount, "document_number": number}, key, target=budget.pk, now=NOW)


def pay(by, project, key="pay", **over):
    with entered(ROBOT):
        source = Allocation.objects.filter(region=project.township).first()
    data = {"allocation": source.pk if source else "", "voucher": "PZ-1"} | over
    return act(by, "buildout.disburse", data, key, target=project.pk, now=NOW)


def accepted(township, invoices=(), given=6_000_000):
    with entered(ROBOT):
        project = put_centre(township)
        for amount in invoices:
            put_invoice(project, amount)
        if given:
            put_allocation(township, given)
        return project


def budget():
    with entered(ROBOT):
        return Budget.objects.get(key="centre_other")


def test_money_goes_to_a_township_under_its_document(plan, finance, places):
    receipt = allocate(finance, places.township, "60,000")
    assert receipt.message == "已下达 60,000.00 元。"
    with entered(ROBOT):
        row = Allocation.objects.get()
        assert (row.region, row.amount_fen, row.document_number, row.allocated_by) == (places.township, 6_000_000, "酉财〔2026〕1号", "周会计")
    assert budget().allocated_fen == 6_000_000


def test_no_township_gets_more_than_its_sites_are_worth(plan, finance, places):
    with pytest.raises(InputInvalid, match="的站点按标准最多还能下达 60,000.00 元"):
        allocate(finance, places.township, "60000.01")
    assert budget().allocated_fen == 0


def test_no_more_than_the_budget_has_is_allocated(plan, finance, places):
    with entered(ROBOT):
        Budget.objects.filter(key="centre_other").update(total_fen=5_000_000)
    with pytest.raises(InputInvalid, match="预算最多还能下达 50,000.00 元"):
        allocate(finance, places.township, "60000")
    assert budget().allocated_fen == 0


def test_the_same_document_gives_a_township_the_same_money_once(plan, finance, places):
    allocate(finance, places.township, "30000", key="k1")
    with pytest.raises(InputInvalid, match="这个文号已经给这个乡镇下达过"):
        allocate(finance, places.township, "30000", key="k2")
    assert budget().allocated_fen == 3_000_000


def test_what_was_not_paid_out_goes_back_to_the_budget(plan, finance, places):
    allocate(finance, places.township, "60000")
    with entered(ROBOT):
        row = Allocation.objects.get()
    act(finance, "buildout.withdraw_allocation", {"reason": "改由企业自建"}, "w", target=row.pk, now=NOW)
    with entered(ROBOT):
        row.refresh_from_db()
    assert (row.left_fen, row.withdrawn_fen, row.withdrawn_by, budget().allocated_fen) == (0, 6_000_000, "周会计", 0)


def test_nothing_is_withdrawn_twice(plan, finance, places):
    with entered(ROBOT):
        row = put_allocation(places.township)
    act(finance, "buildout.withdraw_allocation", {"reason": "改由企业自建"}, "w1", target=row.pk, now=NOW)
    with pytest.raises(RuleBroken, match="没有未拨付的部分"):
        act(finance, "buildout.withdraw_allocation", {"reason": "再收"}, "w2", target=row.pk, now=NOW)


def test_an_accepted_centre_is_paid_its_standard_to_the_township_government(plan, finance, places):
    project = accepted(places.township, [4_000_000, 2_500_000])
    receipt = pay(finance, project)
    assert receipt.message == "已向龙潭镇人民政府拨付 60,000.00 元。有效发票合计 65,000.00 元，不低于标准，按标准拨付。"
    with entered(ROBOT):
        project.refresh_from_db()
        row = Disbursement.objects.get()
        assert (project.state, project.subsidised_on) == ("subsidised", date(2026, 11, 23))
        assert (row.amount_fen, row.invoiced_fen, row.paid_by, row.allocation.allocated_by) == (6_000_000, 6_500_000, "周会计", "周会计")
        assert not Step.objects.filter(subject_id=project.pk, subject_type="buildout.project", closed_at=None).exists()
    assert (budget().allocated_fen, budget().disbursed_fen) == (6_000_000, 6_000_000)


def test_a_centre_with_fewer_invoices_is_paid_what_was_invoiced(plan, finance, places):
    project = accepted(places.township, [4_123_456])
    assert "低于标准 60,000.00 元，按发票额拨付。" in pay(finance, project).message
    with entered(ROBOT):
        row = Disbursement.objects.get()
        assert (row.amount_fen, row.standard_fen, row.capped) == (4_123_456, 6_000_000, True)
        assert Allocation.objects.get().left_fen == 1_876_544


def test_a_key_township_is_paid_by_its_own_standard(plan, finance, places):
    with entered(ROBOT):
        RegionFlag.objects.create(code=places.township, flag="key_township", value=True, since_on=date(2020, 1, 1), source="县政府文件")
        Budget.objects.filter(key="centre_key").update(total_fen=10_000_000, sites=1)
        project = put_centre(places.township)
        put_invoice(project, 12_000_000)
        put_allocation(places.township, 10_000_000, "centre_key")
    pay(finance, project)
    with entered(ROBOT):
        assert Disbursement.objects.get().amount_fen == 10_000_000


REFUSALS = {
    "no invoice": ([], 6_000_000, "还没有有效的发票"),
    "no money in the township": ([6_000_000], 0, "没有一笔还剩 60,000.00 元"),
    "too little left": ([6_000_000], 5_999_999, "没有一笔还剩 60,000.00 元"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_payment_is_refused_and_nothing_changes(plan, finance, places, case):
    invoices, given, sentence = REFUSALS[case]
    project = accepted(places.township, invoices, given)
    with pytest.raises(RuleBroken, match=sentence):
        pay(finance, project)
    with entered(ROBOT):
        project.refresh_from_db()
        assert (project.state, Disbursement.objects.count()) == ("accepted", 0)
    assert budget().disbursed_fen == 0


def test_a_site_is_never_paid_twice(plan, finance, places):
    project = accepted(places.township, [6_000_000])
    pay(finance, project, "p1")
    with pytest.raises(RuleBroken, match="当前状态是“已补助”"):
        pay(finance, project, "p2", voucher="PZ-2")
    assert budget().disbursed_fen == 6_000_000


def test_the_same_key_pays_once(plan, finance, places):
    project = accepted(places.township, [6_000_000])
    first = pay(finance, project)
    assert pay(finance, project).pk == first.pk
    assert budget().disbursed_fen == 6_000_000


def test_a_station_that_stood_before_the_plan_is_not_paid(plan, finance, places):
    project = accepted(places.township, [6_000_000])
    with entered(ROBOT):
        project.site.existing = True
        project.site.save()
    with pytest.raises(RuleBroken, match="方案执行前就有的站点"):
        pay(finance, project)


def test_a_site_that_was_not_accepted_is_not_paid(plan, finance, places):
    with entered(ROBOT):
        project = put_open(Project.objects.select_related("plan").get(tier="township_centre", region=places.township), date(2026, 11, 1))
        put_allocation(places.township)
    with pytest.raises(RuleBroken, match="当前状态是“已开业”"):
        pay(finance, project)


def test_a_voucher_pays_once(plan, finance, places):
    pay(finance, accepted(places.township, [6_000_000]), "p1")
    with pytest.raises(InputInvalid, match="凭证号“PZ-1”已经用过"):
        pay(finance, accepted(places.other_township, [6_000_000]), "p2")
    assert budget().disbursed_fen == 6_000_000


def test_money_of_another_township_pays_nothing(plan, finance, places):
    project = accepted(places.township, [6_000_000])
    with entered(ROBOT):
        other = put_allocation(places.other_township)
    with pytest.raises(InputInvalid):
        pay(finance, project, allocation=other.pk)
    assert budget().disbursed_fen == 0


@pytest.mark.parametrize("role", ["township", "leader", "supervisor", "administrator"])
def test_only_finance_and_the_lead_office_pay(plan, actor, places, role):
    project = accepted(places.township, [6_000_000])
    with pytest.raises(NotAllowed):
        pay(actor(role, places.county), project)


def test_the_database_refuses_more_than_the_allocation(plan, places):
    with entered(ROBOT):
        row = put_allocation(places.township)
        with pytest.raises(IntegrityError), transaction.atomic():
            Allocation.objects.filter(pk=row.pk).update(disbursed_fen=6_000_001)


INVOICE = {"number": "1234 5678 9012 3456 7890", "seller": "某店", "item": "电脑", "amount": "3500.50", "issued_on": "2026-10-08"}


def invoice(by, project, key="i", **over):
    files = {"scan": SimpleUploadedFile("fapiao.pdf", SCAN, "application/pdf")}
    return act(by, "buildout.record_invoice", INVOICE | over, key, target=project.pk, files=files, now=NOW)


def test_an_invoice_is_kept_with_its_scan(plan, actor, places):
    project = accepted(places.township, given=0)
    invoice(actor("township", places.township, "李四"), project)
    with entered(ROBOT):
        row = Invoice.objects.get()
        assert (row.number, row.amount_fen, row.recorded_by) == ("12345678901234567890", 350_050, "李四")
        assert Attachment.objects.get(subject_type="buildout.invoice", subject_id=row.pk).kind == "invoice"


def test_an_invoice_that_another_township_used_is_refused_with_the_place(plan, actor, places):
    invoice(actor("township", places.township), accepted(places.township, given=0), "i1")
    other = accepted(places.other_township, given=0)
    with pytest.raises(InputInvalid, match="这个发票号码已在龙潭镇的“.*”登记过"):
        invoice(actor("township", places.other_township), other, "i2")
    with entered(ROBOT):
        assert Invoice.objects.filter(project=other).count() == 0


def test_a_voided_number_can_be_recorded_again(plan, actor, places):
    clerk, project = actor("township", places.township, "李四"), accepted(places.township, given=0)
    row = invoice(clerk, project, "i1")
    act(clerk, "buildout.void_invoice", {"reason": "金额填错"}, "v", target=row.subject_id, now=NOW)
    invoice(clerk, project, "i2", amount="3600")
    with entered(ROBOT):
        assert list(Invoice.objects.order_by("pk").values_list("amount_fen", "voided_by")) == [(350_050, "李四"), (360_000, "")]


def test_an_invoice_that_was_paid_for_stays(plan, finance, actor, places):
    project = accepted(places.township, [6_000_000])
    pay(finance, project)
    with entered(ROBOT):
        row = Invoice.objects.get()
    with pytest.raises(RuleBroken, match="补助已按这张发票拨付"):
        act(actor("township", places.township), "buildout.void_invoice", {"reason": "错"}, "v", target=row.pk, now=NOW)


def test_another_township_does_not_see_the_project(plan, actor, places):
    with pytest.raises(NotVisible):
        invoice(actor("township", places.other_township), accepted(places.township, given=0))


def test_every_yuan_is_traced_and_the_sums_agree(plan, finance, places):
    project = accepted(places.township, [4_000_000])
    pay(finance, project)
    with entered(finance):
        found = totals(finance, plan, list(Budget.objects.filter(plan=plan)))
        trace = traces(finance, Disbursement.objects.select_related("project", "acceptance", "allocation"))[0]
    assert (found.allocated_fen, found.paid_fen, found.agree) == (6_000_000, 4_000_000, True)
    assert (trace.row.project_id, trace.step.outcome, trace.row.acceptance.score) == (project.pk, "buildout.disburse", 92)
