"""On the way, at the end, around the clock."""

from datetime import timedelta
from typing import Any

from weimin.actions.examples import Example
from weimin.cases.models import CasePause, Delivery
from weimin.cases.tests.agency_builders import drawn
from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.cases.tests.examples.making import RECEIVED, answered, asked_extension, asked_office, in_state, published
from weimin.sites.tests.examples import village

CHECKED = {"checked_on": "2026-11-23", "people": "张三、李四", "passed": "yes", "findings": "独居，住房两间"}
HANDED = {"way": "pickup", "to": "self", "name": "", "detail": "", "signature": drawn()}
WHY = {"reason": "材料需要核实"}


def all_answered(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    case = make_case(village(region), "joint_review")
    answered(case)
    return case.pk, {"opinion": "各部门同意"}


def second_stage(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    return make_case(village(region), "site_check").pk, {"stage": "0", "reason": "家庭人口没有核清"}


def paused(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    case = make_case(village(region), "review", now=NOW - timedelta(days=7))
    since = NOW - timedelta(days=4)
    CasePause.objects.create(case=case, region=case.region, kind="appraisal", since=since)
    case.paused_since = since
    case.save()
    return case.pk, {"reason": "鉴定结论已出"}


def not_supplied(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    return make_case(village(region), "supplement", now=NOW - timedelta(days=60)).pk, {}


def sent_by_post(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    case = make_case(village(region), "delivered")
    facts = {"way": "post", "to": "self", "name": "冉桂兰", "proof": "tracking", "carrier": "中国邮政 EMS", "tracking": "EX123456785CN"}
    Delivery.objects.create(case=case, region=case.region, delivered_by="石玲", delivered_at=NOW, **facts)
    return case.pk, {"arrived_on": "2026-11-23"}


def instant(actor: Any, region: int) -> tuple[Any, dict[str, Any]]:
    version = make_item_version(code="CV0003", name="婚育证明", handling="instant")
    return make_case(village(region), "received", version=version, desk_now="window").pk, {**RECEIVED, **HANDED}


EXAMPLES = {
    "cases.pass_on": Example("township", in_state("review", {"opinion": "符合条件"}), wrong=in_state("decide", {})),
    "cases.send_back": Example("township", second_stage),
    "cases.check_site": Example("township", in_state("site_check", CHECKED)),
    "cases.ask_offices": Example("township", in_state("joint_review", {"office": "县自然资源局", "role": "county_office"}), wrong=in_state("review", {})),
    "cases.answer_office": Example("county_office", asked_office()),
    "cases.sum_up": Example("township", all_answered),
    "cases.post_notice": Example("township", in_state("public_notice", {"place": "村务公开栏", "text": "冉桂兰：特困供养", "days": "7"})),
    "cases.close_notice": Example("township", published),
    "cases.decide": Example("township", in_state("decide", {"outcome": "granted", "result": "每月 50 元", "reason": ""})),
    "cases.make_result": Example("county_office", in_state("certificate", {"result": "特困证第 12 号"})),
    "cases.deliver": Example("window", in_state("deliver", HANDED)),
    "cases.post_arrived": Example("window", sent_by_post),
    "cases.send_online": Example("window", in_state("deliver", {"note": "款项三日内到账"})),
    "cases.tell_ready": Example("window", in_state("deliver", {"told_how": "phone", "said": "本人接听，周五来领"}), wrong=in_state("review", {})),
    "cases.finish": Example("window", instant),
    "cases.settle": Example("window", in_state("delivered", {"note": "满意"})),
    "cases.reopen": Example("window", in_state("delivered", {"reason": "金额不对"})),
    "cases.pause": Example("township", in_state("review", {"kind": "appraisal", **WHY})),
    "cases.resume": Example("township", paused),
    "cases.ask_extension": Example("township", in_state("review", {"value": "5", **WHY})),
    "cases.grant_extension": Example("lead_office", asked_extension),
    "cases.deny_extension": Example("lead_office", asked_extension),
    "cases.transfer": Example("township", in_state("review", {"role": "county_office", "person": "", **WHY}), wrong=in_state("archived", {})),
    "cases.withdraw": Example("window", in_state("review", {"reason": "不想办了"})),
    "cases.lapse": Example("township", not_supplied),
    "cases.show_identity": Example("window", in_state("review", WHY), wrong=in_state("review", WHY, applicant_id_number=None, applicant_phone=None)),
}
